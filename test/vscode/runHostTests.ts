import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleHostTests } from './hostBundle.ts';
import { packageExtension } from './packaged.ts';
import { editorsFolder, outputFolder } from './repository.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

const { values: flags } = parseArgs({
  options: {
    /** Run in the oldest VS Code that is supported. */
    floor: { type: 'boolean', default: false },
    /** Leave Workspace Trust on: the folder opens in Restricted Mode. */
    trust: { type: 'boolean', default: false },
    /** Open a workspace of two folders instead of one folder. */
    several: { type: 'boolean', default: false },
    /** Open a workspace whose only folder is not on disk. */
    virtual: { type: 'boolean', default: false },
  },
});

const runName = [
  flags.floor ? 'floor' : 'current',
  ...(flags.trust ? ['trust'] : []),
  ...(flags.several ? ['several'] : []),
  ...(flags.virtual ? ['virtual'] : []),
].join('-');
const launcher = join(import.meta.dirname, 'launcher.ts');

// The test launcher ends its child on this signal only.
process.on('SIGTERM', () => process.emit('SIGINT', 'SIGINT'));

process.exitCode = await runHostTests();

/** Runs the tests of `test/host` in a VS Code; returns the exit code. */
async function runHostTests(): Promise<number> {
  const { folder: extension } = await packageExtension();
  const extensionTestsPath = await bundleHostTests();
  const resultsFile = join(outputFolder, 'results', `host-${runName}.json`);
  await rm(resultsFile, { force: true });
  const temporary = makeTemporaryFolder('host');
  try {
    const folders = await makeFolders(temporary.path);
    const succeeded = await runOnce(extension, extensionTestsPath, folders, resultsFile);
    return await report(resultsFile, succeeded);
  } finally {
    temporary.remove();
  }
}

interface Folders {
  /** What is opened: a folder, or a workspace file. */
  workspace: string;
  userData: string;
  extensions: string;
}

async function makeFolders(parent: string): Promise<Folders> {
  const userData = join(parent, 'user');
  const extensions = join(parent, 'ext');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(extensions);
  const settings = { 'security.workspace.trust.startupPrompt': 'never', 'telemetry.telemetryLevel': 'off' };
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  return { workspace: await makeWorkspace(parent), userData, extensions };
}

async function makeWorkspace(parent: string): Promise<string> {
  if (flags.virtual) return makeWorkspaceFile(parent, [{ uri: 'tmp:/meetings', name: 'meetings' }]);
  const names = flags.several ? ['first', 'second'] : ['workspace'];
  for (const name of names) await mkdir(join(parent, name));
  if (!flags.several) return join(parent, 'workspace');
  return makeWorkspaceFile(
    parent,
    names.map((path) => ({ path })),
  );
}

async function makeWorkspaceFile(parent: string, folders: readonly unknown[]): Promise<string> {
  const file = join(parent, 'folders.code-workspace');
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

async function runOnce(
  extensionDevelopmentPath: string,
  extensionTestsPath: string,
  folders: Folders,
  resultsFile: string,
): Promise<boolean> {
  const desktop = await desktopExecutable();
  try {
    await runTests({
      // Only the launcher can keep Workspace Trust on: the official one always turns it off.
      vscodeExecutablePath: desktop === undefined || flags.trust ? launcher : desktop,
      extensionDevelopmentPath,
      extensionTestsPath,
      launchArgs: [
        folders.workspace,
        `--user-data-dir=${folders.userData}`,
        `--extensions-dir=${folders.extensions}`,
        ...(flags.trust ? ['--keep-workspace-trust'] : []),
      ],
      extensionTestsEnv: {
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        RECALL_TEST_RESULTS: resultsFile,
        RECALL_TEST_TRUST: flags.trust ? 'ask' : 'off',
        RECALL_TEST_FOLDERS: flags.virtual ? 'virtual' : flags.several ? 'several' : 'one',
        RECALL_TEST_VERSION: flags.floor ? 'floor' : 'current',
        RECALL_TEST_DESKTOP: desktop,
      },
    });
    return true;
  } catch (error) {
    if (error instanceof TestRunFailedError) return false;
    throw error;
  }
}

/** The desktop VS Code to run in, when one is asked for: by its path, or to be downloaded. */
async function desktopExecutable(): Promise<string | undefined> {
  const chosen = process.env.VSCODE_EXECUTABLE;
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.env.RECALL_TEST_VSCODE !== 'desktop') return undefined;
  return downloadAndUnzipVSCode({ version: flags.floor ? '1.105.1' : 'stable', cachePath: editorsFolder });
}

async function report(resultsFile: string, succeeded: boolean): Promise<number> {
  const results = existsSync(resultsFile)
    ? await readFile(resultsFile, 'utf8')
    : JSON.stringify({ passed: 0, failed: 1, skipped: 0 });
  await mkdir(dirname(resultsFile), { recursive: true });
  await writeFile(resultsFile, results);
  console.log(`host-${runName} ${results}`);
  return succeeded ? 0 : 1;
}
