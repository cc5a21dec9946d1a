import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder, repositoryRoot } from '../vscode/repository.ts';
import { speeds, speedVariable } from './speed.ts';

/** How one round of all UI tests went. */
interface Round {
  readonly round: number;
  readonly speed: string;
  readonly minutes: number;
  readonly passed: number;
  readonly failed: readonly string[];
}

const rounds = Number(process.argv[2] ?? 5);
const folder = join(outputFolder, 'stress');
await mkdir(folder, { recursive: true });

const played: Round[] = [];
for (let round = 1; round <= rounds; round++) {
  const names = Object.keys(speeds);
  const speed = names[(round - 1) % names.length] ?? '';
  console.log(`Round ${round} of ${rounds}, ${speed}…`);
  played.push(await play(round, speed));
}

console.table(
  played.map(({ round, speed, minutes, passed, failed }) => ({
    round,
    speed,
    minutes,
    passed,
    failed: failed.length,
  })),
);
for (const { round, speed, failed } of played) {
  for (const title of failed) console.log(`round ${round}, ${speed}: ${title}`);
}
process.exitCode = played.every(({ passed, failed }) => passed > 0 && failed.length === 0) ? 0 : 1;

/** Runs all UI tests once. What they write is kept in `out/stress`. */
async function play(round: number, speed: string): Promise<Round> {
  const report = join(folder, `round-${round}.json`);
  const log = await open(join(folder, `round-${round}.log`), 'w');
  const startedAt = Date.now();
  const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [
    '--config',
    '.mocharc.ui.json',
    '--reporter',
    'json',
    '--reporter-option',
    `output=${report}`,
  ];
  const exit = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [mocha, ...args, 'test/ui/**/*.test.ts'], {
      cwd: repositoryRoot,
      env: { ...process.env, [speedVariable]: speed },
      stdio: ['ignore', log.fd, log.fd],
    });
    child.on('error', reject);
    child.on('exit', resolve);
  });
  await log.close();
  const { passes, failures } = JSON.parse(await readFile(report, 'utf8')) as Record<
    'passes' | 'failures',
    readonly { readonly fullTitle: string }[]
  >;
  const failed = failures.map(({ fullTitle }) => fullTitle);
  // A run that ends badly without a failing test has failed all the same.
  if (exit !== 0 && failed.length === 0) failed.push(`(the run ended with ${exit ?? 'a signal'})`);
  const minutes = Math.round((Date.now() - startedAt) / 6_000) / 10;
  return { round, speed, minutes, passed: passes.length, failed };
}
