import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { outputFolder, repositoryRoot } from './repository.ts';
import { unzip } from './unzip.ts';

/** The extension as users get it. */
export interface PackagedExtension {
  /** The file that the Marketplace would be given. */
  vsix: string;
  /** The same, unpacked. */
  folder: string;
}

/** Thrown when the extension cannot be built or packaged; the message holds what the tool wrote. */
export class PackagingError extends Error {
  readonly code = 'PACKAGING';
}

/** Set to `1` for tests that run beside others: they take the package that was built for all of them. */
export const packagedVariable = 'RECALL_TEST_PACKAGED';

const run = promisify(execFile);
const vsix = join(outputFolder, 'recall-meeting-audio.vsix');
const vsceFlags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
const folder = join(outputFolder, 'packaged', 'extension');

/**
 * Builds the extension for production, packages it and unpacks the result. When nothing has changed since the last
 * time, what is there stays untouched, since another VS Code may be running from it.
 * @param options `reuse`: take the package that is there, if there is one. So does an
 *   environment with `packagedVariable`
 * @throws PackagingError when it does not build
 */
export async function packageExtension(options: { reuse?: boolean } = {}): Promise<PackagedExtension> {
  const reuse = options.reuse === true || process.env[packagedVariable] === '1';
  if (reuse && existsSync(vsix) && existsSync(folder)) return { vsix, folder };
  await mkdir(outputFolder, { recursive: true });
  const fresh = await mkdtemp(join(outputFolder, 'package-'));
  try {
    const freshVsix = join(fresh, 'extension.vsix');
    const readme = join(fresh, 'README.md');
    await writeFile(readme, readmeOfPackage(await readFile(join(repositoryRoot, 'README.md'), 'utf8')));
    await runNode('esbuild.mjs', '--production');
    await runNode(
      join('node_modules', '@vscode', 'vsce', 'vsce'),
      'package',
      ...vsceFlags,
      '--readme-path',
      relative(repositoryRoot, readme),
      '--out',
      freshVsix,
    );
    await unzip(freshVsix, 'extension/', join(fresh, 'extension'));
    if (!(await isSame(join(fresh, 'extension'), folder))) await putInPlace(fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return { vsix, folder };
}

/**
 * The README as the page of the extension shows it. The repository has no public address that pictures and links to
 * other files could be turned into, so the page would show them broken: the pictures are left out, and of the links the
 * words stay.
 */
export function readmeOfPackage(readme: string): string {
  return readme
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n/gm, '')
    .replace(/\[([^\]]+)\]\((?!https:|#)[^)]*\)/g, '$1');
}

async function isSame(one: string, other: string): Promise<boolean> {
  if (!existsSync(other) || !existsSync(vsix)) return false;
  const [names, otherNames] = await Promise.all([filesBelow(one), filesBelow(other)]);
  if (names.join('\n') !== otherNames.join('\n')) return false;
  const equal = await Promise.all(
    names.map(async (name) => (await readFile(join(one, name))).equals(await readFile(join(other, name)))),
  );
  return equal.every(Boolean);
}

async function filesBelow(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(parent, join(entry.parentPath, entry.name)))
    .sort();
}

async function putInPlace(fresh: string): Promise<void> {
  await rename(join(fresh, 'extension.vsix'), vsix);
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await rename(join(fresh, 'extension'), folder);
}

async function runNode(...args: string[]): Promise<void> {
  try {
    await run(process.execPath, args, { cwd: repositoryRoot });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error && 'stderr' in error ? error : undefined;
    const text = output === undefined ? String(error) : `${String(output.stdout)}${String(output.stderr)}`;
    throw new PackagingError(`node ${args.join(' ')} failed:\n${text}`, { cause: error });
  }
}
