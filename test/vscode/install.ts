import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureFolder } from './finishedFolder.ts';
import { editorsFolder, projectNode } from './repository.ts';
import { replaceNativeModules } from './standIns.ts';

/** `floor` is the oldest release that package.json allows, `current` the newest that is tested. */
export type VsCodeVersion = 'current' | 'floor';

/** A VS Code on disk that runs as a server and is used through a browser. */
export interface ServedVsCode {
  /** As VS Code tells it, for example `1.105.1`. */
  version: string;
  /** The Node to run it with. */
  node: string;
  /** The bare server: takes a test `payload` in the page's address. */
  serverMain: string;
  /** The front: keeps secrets over reloads and shows toasts. */
  frontEntry: string;
}

interface Release {
  vsCode: string;
  /** Version of the npm package `code-server` that contains it. */
  package: string;
  /** Packages that have to stand beside it. */
  companions: readonly string[];
}

const releases: Record<VsCodeVersion, Release> = {
  current: { vsCode: '1.139.1', package: '4.139.1', companions: [] },
  floor: {
    vsCode: '1.105.1',
    package: '4.105.1',
    companions: ['argon2@0.44.0', `${nodePackage()}@22.23.3`],
  },
};

/** Raised when what an installation consists of changes, so that older ones are made anew. */
const recipe = 2;

const run = promisify(execFile);

/**
 * Puts a VS Code into `.vscode-test`, or takes the one that is there. Several processes may do so at the same
 * time; an interrupted installation is not taken for a finished one.
 * @throws Error with npm's output when a package cannot be had
 */
export async function installServedVsCode(version: VsCodeVersion): Promise<ServedVsCode> {
  const target = join(editorsFolder, `served-${version}`);
  const contents = JSON.stringify({ recipe, ...releases[version] });
  await ensureFolder(target, contents, (folder) => fill(folder, releases[version]));
  const server = join(target, 'node_modules', 'code-server');
  return {
    version: releases[version].vsCode,
    node: version === 'floor' ? join(target, 'node_modules', nodePackage(), 'bin', 'node') : projectNode,
    serverMain: join(server, 'lib', 'vscode', 'out', 'server-main.js'),
    frontEntry: join(server, 'out', 'node', 'entry.js'),
  };
}

/** The npm package that holds nothing but the Node binary of this platform. */
function nodePackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  return platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`;
}

async function fill(folder: string, release: Release): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, [`code-server@${release.package}`, ...release.companions]);
  const server = join(folder, 'node_modules', 'code-server');
  if (release.companions.length > 0) await makeFloorInstallable(server);
  await npmInstall(join(server, 'lib', 'vscode'), ['--omit=dev']);
  await replaceNativeModules(join(server, 'lib', 'vscode', 'node_modules'));
  await prune(join(server, 'lib', 'vscode'));
}

/** The older release asks for a git dependency, and for a native package without a prebuilt binary. */
async function makeFloorInstallable(server: string): Promise<void> {
  await rm(join(server, 'node_modules', 'argon2'), { recursive: true, force: true });
  const vsCode = join(server, 'lib', 'vscode');
  await rm(join(vsCode, 'npm-shrinkwrap.json'));
  const manifestFile = join(vsCode, 'package.json');
  const manifest = await readFile(manifestFile, 'utf8');
  await writeFile(manifestFile, manifest.replace(/("@parcel\/watcher":\s*)"[^"]*"/, '$1"^2.5.1"'));
}

/** Takes out large parts that no test needs. */
async function prune(vsCode: string): Promise<void> {
  for (const part of ['extensions/copilot', 'node_modules/@github']) {
    await rm(join(vsCode, part), { recursive: true, force: true });
  }
}

async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const all = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args];
  try {
    await run('npm', all, { cwd: folder, env: npmEnvironment(), maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`npm ${all.join(' ')} failed: ${String(error)}`, { cause: error });
  }
}

/** An outer `npm run` hands its own settings down; only those that say how to reach the registry may count here. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const wanted =
    /^npm_config_(registry|cache|userconfig|globalconfig|(https?[_-])?proxy|noproxy|ca|cafile|strict[_-]ssl|fetch[_-].*|@.*|\/\/.*)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || wanted.test(name)),
  );
}
