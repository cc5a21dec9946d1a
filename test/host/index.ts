import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import { collectUnhandledRejections } from './unhandledRejections.ts';

/** A test that takes longer hangs; in ms. Generous, since it is spent only when one does and computers are slow. */
const timeoutMs = 300_000;

/** How a run went, as counts of tests. */
interface Results {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs test files in the extension host and writes the counts to the file that `RECALL_TEST_RESULTS` names.
 * @param load one function per file, which loads it; mocha's functions are global by then
 * @throws Error when a test failed or was skipped, when there was none, or when a promise was rejected unseen
 */
export async function runSuites(load: readonly (() => Promise<unknown>)[]): Promise<void> {
  const rejections = collectUnhandledRejections();
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: timeoutMs,
    forbidOnly: true,
  });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  for (const loadFile of load) await loadFile();
  const results = await runAll(mocha);
  const unseen = await rejections.stop();
  for (const reason of unseen) console.error('Rejected, and nobody noticed:', reason);
  await report({ ...results, failed: results.failed + unseen.length });
}

function runAll(mocha: Mocha): Promise<Results> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}

async function report(results: Results): Promise<void> {
  const file = process.env.RECALL_TEST_RESULTS;
  if (file !== undefined) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(results));
  }
  const { passed, failed, skipped } = results;
  if (failed > 0 || skipped > 0 || passed === 0) {
    throw new Error(`${passed} tests passed, ${failed} failed, ${skipped} were skipped.`);
  }
}
