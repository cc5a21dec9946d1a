import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { repositoryRoot } from '../vscode/repository.ts';
import type { Equivalent } from './equivalent.ts';
import { keys } from './equivalents/keys.ts';
import { network } from './equivalents/network.ts';

const equivalents: readonly Equivalent[] = [...keys, ...network];

/** The share of mutants with an effect that the tests of a folder have to notice. */
const wantedShare = 0.95;

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** They start processes of their own, which no mutant reaches, or move hundreds of files. */
const testsOfWholeRuns = /[\\/](kill|soak|large)\.test\.ts$/;

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only the files of the folder whose names match, as a glob without the ending. */
    files: { type: 'string', default: '*' },
  },
});

process.exitCode = await main(positionals);

/** Changes a folder of `src` in small ways, one at a time, and shows which changes its unit tests do not notice. */
async function main(folders: readonly string[]): Promise<number> {
  const [folder, ...more] = folders;
  if (folder === undefined || more.length > 0 || testsOf(folder).length === 0) {
    console.error('Name one folder of src that has unit tests: npm run mutate -- download');
    return 2;
  }
  return report(await mutate(folder), folder);
}

function testsOf(folder: string): string[] {
  const files = globSync(`test/unit/${folder}/**/*.test.ts`, { cwd: repositoryRoot });
  return files.filter((file) => !testsOfWholeRuns.test(file));
}

async function mutate(folder: string): Promise<MutantResult[]> {
  // Whoever forgets that computers have other time zones is not to be lucky.
  process.env.TZ = 'America/New_York';
  const mochaOptions = { config: '.mocharc.json', spec: testsOf(folder) };
  const stryker = new Stryker({
    mutate: [`src/${folder}/${flags.files}.ts`],
    // Sentences are looked at by people, and codes by the compiler.
    mutator: { plugins: [], excludedMutations: ['StringLiteral'] },
    testRunner: 'mocha',
    plugins: ['@stryker-mutator/mocha-runner', join(import.meta.dirname, 'logLines.ts')],
    ignorers: ['log-lines'],
    mochaOptions,
    coverageAnalysis: 'perTest',
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
    concurrency: 2,
    // A busy computer must not pass for tests that noticed something.
    timeoutMS: 30_000,
    tempDirName: 'out/mutation',
    ignorePatterns: ['.vscode-test', 'out', 'dist', 'coverage', '.demo'],
  });
  return stryker.runMutationTest();
}

function report(mutants: readonly MutantResult[], folder: string): number {
  const judged = mutants.filter(({ status }) => /Killed|Timeout|Survived|NoCoverage/.test(status));
  const unnoticed = judged.filter(({ status }) => /Survived|NoCoverage/.test(status)).map(inWords);
  const isEqual = (mutant: Unnoticed): boolean => equivalents.some((one) => isSame(one, mutant));
  const survivors = unnoticed.filter((mutant) => !isEqual(mutant));
  for (const { file, row, line, change } of survivors)
    console.log(`src/${file}:${row}\n  ${line}\n  ${change}`);
  const changedFiles = new Set(mutants.map(({ fileName }) => belowSrc(fileName)));
  for (const equivalent of equivalents)
    if (changedFiles.has(equivalent.file) && !unnoticed.some((mutant) => isSame(equivalent, mutant)))
      console.log(`No longer there, or noticed: ${equivalent.file}: ${equivalent.change}`);

  const withoutEffect = unnoticed.length - survivors.length;
  const withEffect = judged.length - withoutEffect;
  const noticed = withEffect - survivors.length;
  const share = withEffect === 0 ? 0 : noticed / withEffect;
  console.log(
    `${folder}: ${noticed} of ${withEffect} mutants with an effect were noticed ` +
      `(${(share * 100).toFixed(1)} %), ${withoutEffect} have none.`,
  );
  return share >= wantedShare ? 0 : 1;
}

interface Unnoticed extends Omit<Equivalent, 'why'> {
  /** From 1. */
  row: number;
}

function inWords({ fileName, location: { start, end }, replacement }: MutantResult): Unnoticed {
  // Lines and columns count from 1.
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const line = (lines[0] ?? '').trim();
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return {
    file: belowSrc(fileName),
    row: start.line,
    line,
    change: `${oneLine(lines.join('\n'))} → ${oneLine(replacement)}`,
  };
}

/** As `Equivalent.file`. */
function belowSrc(fileName: string): string {
  return relative(join(repositoryRoot, 'src'), fileName).replaceAll('\\', '/');
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}

function isSame(equivalent: Equivalent, mutant: Unnoticed): boolean {
  const { file, line, change } = mutant;
  return equivalent.file === file && equivalent.line === line && equivalent.change === change;
}
