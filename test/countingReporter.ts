import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Mocha's own report, and the counts as `out/results/<name>.json` for whoever adds up several runs. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const folder = join(import.meta.dirname, '..', 'out', 'results');
      mkdirSync(folder, { recursive: true });
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      writeFileSync(join(folder, `${this.#name(runner)}.json`), JSON.stringify({ passed, failed, skipped }));
    });
  }

  /** The room of the tests: `unit` or `ui`. */
  #name(runner: Mocha.Runner): string {
    const [file = ''] = runner.suite.suites.map((suite) => suite.file ?? '');
    return /[\\/]test[\\/](\w+)[\\/]/.exec(file)?.[1] ?? 'other';
  }
}

// Mocha loads a reporter as CommonJS and takes what it is given for the class.
export { CountingReporter as 'module.exports' };
