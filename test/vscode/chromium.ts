import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureFolder } from './finishedFolder.ts';
import { editorsFolder, repositoryRoot } from './repository.ts';

/** A browser that can be started without a screen. */
export interface Chromium {
  /** Undefined: the Chrome that is installed on the computer. */
  executablePath: string | undefined;
  /** What its environment needs besides the usual, so that it finds libraries and fonts. */
  env: Record<string, string>;
}

/** Thrown when the browser cannot start because a part of the system is missing. */
export class ChromiumUnusableError extends Error {
  readonly code = 'CHROMIUM_UNUSABLE';
}

const run = promisify(execFile);

/** Debian's packages for the libraries that the browser takes from the system. */
const debianPackages: Record<string, string> = {
  'libnspr4.so': 'libnspr4',
  'libplc4.so': 'libnspr4',
  'libplds4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libexpat.so.1': 'libexpat1',
  'libgcc_s.so.1': 'libgcc-s1',
};

/**
 * Finds a browser: the one that the environment variable `CHROMIUM_PATH` names, else the one from npm, which is
 * for Linux on x64 and is unpacked into `.vscode-test`, else Chrome as it is installed.
 * @throws ChromiumUnusableError when a system library is missing or `CHROMIUM_PATH` names no file
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const chosen = env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new ChromiumUnusableError(`CHROMIUM_PATH names no file: ${chosen}`);
    return { executablePath: chosen, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { executablePath: undefined, env: {} };
  const folder = await unpackedFolder();
  const executablePath = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const libraries = await librarySearchPath(executablePath, join(folder, 'al2023', 'lib'), env);
  return { executablePath, env: { ...fonts, ...libraries } };
}

async function unpackedFolder(): Promise<string> {
  const manifestFile = join(repositoryRoot, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const manifest: unknown = JSON.parse(await readFile(manifestFile, 'utf8'));
  const version = hasVersion(manifest) ? manifest.version : 'unknown';
  const target = join(editorsFolder, 'chromium');
  await ensureFolder(target, version, async (folder) => {
    await unpack(folder);
    await writeFile(join(folder, 'fonts.conf'), fontConfiguration(join(target, 'fonts')));
  });
  return target;
}

function hasVersion(manifest: unknown): manifest is { version: string } {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest;
}

/** The package unpacks into the folder for temporary files, and its libraries only where it finds this name. */
async function unpack(folder: string): Promise<void> {
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: repositoryRoot,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
}

function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
</fontconfig>
`;
}

async function librarySearchPath(
  executable: string,
  supplied: string,
  env: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  if ((await missingLibraries(executable, env)).length === 0) return {};
  const searchPath = [supplied, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const missing = await missingLibraries(executable, { ...env, LD_LIBRARY_PATH: searchPath });
  if (missing.length > 0) throw new ChromiumUnusableError(missingLibrariesMessage(missing));
  return { LD_LIBRARY_PATH: searchPath };
}

async function missingLibraries(executable: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { stdout } = await run('ldd', [executable], { env });
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].flatMap((match) => match[1] ?? []);
}

function missingLibrariesMessage(missing: readonly string[]): string {
  const packages = [...new Set(missing.flatMap((library) => debianPackages[library] ?? []))];
  const hint = packages.length > 0 ? ` On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}.` : '';
  return (
    `The browser for the tests misses ${missing.join(', ')}.${hint} ` +
    'Or set CHROMIUM_PATH to a Chromium or Chrome that is installed.'
  );
}
