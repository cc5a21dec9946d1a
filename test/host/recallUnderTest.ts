import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { type ShownToUser, watchWhatIsShown } from './shownToUser.ts';

/** The API key that the tests use; nothing else looks like it. */
export const testKey = 'canary0key0A1b2C3d4E5f6G7h8I9j0';

/** The installed extension, its Recall and its workspace, as a suite finds them while its tests run. */
export interface RecallUnderTest {
  readonly simulator: Simulator;
  readonly access: TestAccess;
  readonly shown: ShownToUser;
  /** Absolute path of the first workspace folder. */
  readonly workspaceFolder: string;
}

/** How a suite wants it. */
export interface RecallOptions {
  readonly simulator?: SimulatorOptions;
  /** Whether there is an API key; there is one if left out. */
  readonly withKey?: boolean;
}

/** A value of a setting that lasts for one test. */
type SettingTarget = 'user' | 'workspace' | 'folder';

const quietSettings = { 'recall.whenRecordingIsReady': 'nothing' };

/**
 * Gives the suite that calls it a Recall of its own: the extension is active and uses a simulator of this suite; each
 * test begins without bots, files and messages. Everything is put back at the end.
 */
export function useRecall({ simulator: options, withKey = true }: RecallOptions = {}): RecallUnderTest {
  const parts: { current?: RecallUnderTest } = {};
  const current = (): RecallUnderTest => {
    assert.ok(parts.current, 'only tests can use it');
    return parts.current;
  };
  before(async () => {
    const simulator = await startSimulator(options);
    for (const [name, value] of Object.entries(quietSettings)) await setUserSetting(name, value);
    await setUserSetting('recall.apiBaseUrl', simulator.apiOrigin);
    const extension = theExtension();
    const access = await extension.activate();
    if (withKey) await access.secrets.store(secretName(simulator.apiOrigin), testKey);
    const shown = watchWhatIsShown(extension);
    parts.current = { simulator, access, shown, workspaceFolder: firstFolder() };
  });
  beforeEach(() => {
    current().simulator.reset();
    current().shown.clear();
  });
  afterEach(async () => {
    await undoSettings();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await emptyFolders();
  });
  after(async () => {
    const { simulator, access, shown } = current();
    shown.stop();
    await access.secrets.delete(secretName(simulator.apiOrigin));
    for (const name of ['recall.apiBaseUrl', ...Object.keys(quietSettings)]) {
      await setUserSetting(name, undefined);
    }
    await simulator.close();
  });
  return {
    get simulator() {
      return current().simulator;
    },
    get access() {
      return current().access;
    },
    get shown() {
      return current().shown;
    },
    get workspaceFolder() {
      return current().workspaceFolder;
    },
  };
}

/** The extension as VS Code knows it. */
export function theExtension(): vscode.Extension<TestAccess> {
  const extension = vscode.extensions.getExtension<TestAccess>('meeting-audio.recall-meeting-audio');
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

/** The name under which the key of an API lies in the secret storage. */
export function secretName(apiOrigin: string): string {
  return `recall.apiKey:${apiOrigin}`;
}

/** Runs a command as a script does, and answers with what it resolves to. */
export function run(command: string, ...args: unknown[]): Promise<unknown> {
  return Promise.resolve(vscode.commands.executeCommand(command, ...args));
}

/** Runs `recall.downloadMp3` as a script does. @returns the absolute paths of the files */
export async function download(botId: string): Promise<string[]> {
  const uris = await run('recall.downloadMp3', botId);
  assert.ok(Array.isArray(uris), 'the result is no array');
  return uris.map((uri: unknown) => {
    assert.ok(uri instanceof vscode.Uri);
    assert.equal(uri.scheme, 'file');
    return uri.fsPath;
  });
}

/** What a script gets when a command fails. */
export interface CommandFailure {
  readonly code: unknown;
  readonly message: string;
}

/** Runs a command that has to reject. @throws AssertionError when it resolves, or its error is not fit for a script */
export async function failureOf(command: string, ...args: unknown[]): Promise<CommandFailure> {
  const error = await run(command, ...args).then(
    (result) => assert.fail(`${command} resolved to ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, 'what it rejected with is no Error');
  // Some begin with the path that they are about.
  assert.match(error.message, /^[A-Z0-9/].*[.!?]$/s, `this is no sentence: ${error.message}`);
  assert.doesNotMatch(error.message, /\n|undefined|\[object|Error:/, 'the message is not made for people');
  return { code: 'code' in error ? error.code : undefined, message: error.message };
}

const changedSettings: { name: string; target: SettingTarget; before: unknown }[] = [];

/** Sets a setting for the test that is running. `undefined` takes it out. */
export async function setSetting(
  name: string,
  value: unknown,
  target: SettingTarget = 'folder',
): Promise<void> {
  changedSettings.push({ name, target, before: readSetting(name, target) });
  await writeSetting(name, value, target);
}

async function undoSettings(): Promise<void> {
  for (const { name, target, before } of changedSettings.splice(0).toReversed()) {
    await writeSetting(name, before, target);
  }
}

async function setUserSetting(name: string, value: unknown): Promise<void> {
  await writeSetting(name, value, 'user');
}

function readSetting(name: string, target: SettingTarget): unknown {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const values = vscode.workspace.getConfiguration(undefined, folder?.uri).inspect(name);
  const byTarget = {
    user: values?.globalValue,
    workspace: values?.workspaceValue,
    folder: values?.workspaceFolderValue,
  };
  return byTarget[target];
}

async function writeSetting(name: string, value: unknown, target: SettingTarget): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const targets = {
    user: vscode.ConfigurationTarget.Global,
    workspace: vscode.ConfigurationTarget.Workspace,
    folder: vscode.ConfigurationTarget.WorkspaceFolder,
  };
  await vscode.workspace.getConfiguration(undefined, folder?.uri).update(name, value, targets[target]);
}

function firstFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return folder.uri.fsPath;
}

async function emptyFolders(): Promise<void> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    const names = (await readdir(uri.fsPath)).filter((name) => name !== '.vscode');
    for (const name of names) await rm(join(uri.fsPath, name), { recursive: true, force: true });
  }
}

/** The files in a folder and below it, relative to it, with `/`, in order, save VS Code's own; none without the folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith('.vscode/'))
    .sort();
}

let openedTexts = 0;

/**
 * Opens a text as a file of its own. An untitled document can have the name of one that was just closed, and for a moment
 * its text as well.
 */
export async function openText(
  { workspaceFolder }: Pick<RecallUnderTest, 'workspaceFolder'>,
  text: string,
  extension = 'txt',
): Promise<vscode.TextDocument> {
  const path = join(workspaceFolder, `text-${++openedTexts}.${extension}`);
  await writeFile(path, text);
  return vscode.workspace.openTextDocument(path);
}

/** Asserts that a file holds these bytes and no others. */
export async function assertSameBytes(path: string | undefined, expected: Buffer): Promise<void> {
  assert.ok(path !== undefined, 'there is no file');
  const found = await readFile(path);
  assert.equal(found.length, expected.length, `${path} has another length`);
  assert.ok(found.equals(expected), `${path} has other bytes`);
}

/** Waits until a condition holds; for what VS Code does in its own time. @throws Error after 90 seconds */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
