import { startOwnedProcess } from './vscode/ownedProcess.ts';
import { packagedVariable, packageExtension } from './vscode/packaged.ts';
import { repositoryRoot } from './vscode/repository.ts';

/**
 * The scripts of `package.json` that make up the test command. Those of a row run one after the other, the rows beside
 * each other: the tests in VS Code mostly wait.
 */
const rows = [['check', 'test:unit'], ['test:host'], ['test:ui']] as const;

/** How one of them went. */
interface Step {
  readonly script: string;
  readonly seconds: number;
  readonly exitCode: number | null;
}

const startedAt = Date.now();
await packageExtension();
const steps = (await Promise.all(rows.map(runRow))).flat();
for (const { script, seconds, exitCode } of steps) {
  console.log(`${exitCode === 0 ? 'passed' : 'FAILED'}  ${script}, ${seconds} s`);
}
console.log(`${secondsSince(startedAt)} s in all`);
process.exitCode = steps.every(({ exitCode }) => exitCode === 0) ? 0 : 1;

async function runRow(scripts: readonly string[]): Promise<Step[]> {
  const done: Step[] = [];
  for (const script of scripts) done.push(await runStep(script));
  return done;
}

/** Runs a script to its end, also when one before it failed, and then prints what it wrote, so that nothing mixes. */
async function runStep(script: string): Promise<Step> {
  const since = Date.now();
  console.log(`${script} has begun`);
  // The npm that runs this, since a program of that name cannot be started as such everywhere.
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const program = await startOwnedProcess(command, [...args, 'run', script], {
    cwd: repositoryRoot,
    env: { ...process.env, [packagedVariable]: '1' },
  });
  const exitCode = await program.ended;
  await program.stop();
  const step = { script, seconds: secondsSince(since), exitCode };
  console.log(`\n== ${script}\n${program.log()}`);
  return step;
}

function secondsSince(ms: number): number {
  return Math.round((Date.now() - ms) / 1_000);
}
