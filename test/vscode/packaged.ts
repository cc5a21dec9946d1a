import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
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

const run = promisify(execFile);
const vsix = join(outputFolder, 'recall-meeting-audio.vsix');
const folder = join(outputFolder, 'packaged', 'extension');

/**
 * Builds the extension for production, packages it and unpacks the result. Not for two processes at the same time.
 * @param options `reuse`: take the package that is there, if there is one
 * @throws PackagingError when it does not build
 */
export async function packageExtension(options: { reuse?: boolean } = {}): Promise<PackagedExtension> {
  if (options.reuse === true && existsSync(vsix) && existsSync(folder)) return { vsix, folder };
  await mkdir(outputFolder, { recursive: true });
  await runNode('esbuild.mjs', '--production');
  const vsce = join('node_modules', '@vscode', 'vsce', 'vsce');
  await runNode(vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsix);
  await rm(folder, { recursive: true, force: true });
  await unzip(vsix, 'extension/', folder);
  return { vsix, folder };
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
