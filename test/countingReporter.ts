import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Mocha's own report, and the counts as `out/results/<room>.json` for whoever adds up several runs. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const folder = join(import.meta.dirname, '..', 'out', 'results');
      mkdirSync(folder, { recursive: true });
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const { room } = options.reporterOptions as { readonly room: string };
      writeFileSync(join(folder, `${room}.json`), JSON.stringify({ passed, failed, skipped }));
    });
  }
}

// Mocha loads a reporter as CommonJS and takes what it is given for the class.
export { CountingReporter as 'module.exports' };
