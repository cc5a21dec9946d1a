import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension.ts';
import { run, secretName, testKey, theExtension } from '../host/recallUnderTest.ts';
import { type ShownToUser, watchWhatIsShown } from '../host/shownToUser.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { apiHost, mediaHost, trustedIdentity, untrustedIdentity } from './conditions.ts';
import { type RunningProxy, startProxy } from './proxy.ts';
import { type TlsFront, startTlsFront } from './tlsFront.ts';

/** The address of the API as the extension knows it. */
export const apiOrigin = `https://${apiHost}`;

/** The extension, and a Recall that it can reach through the proxy only. */
export interface RecallBehindProxy {
  readonly simulator: Simulator;
  readonly proxy: RunningProxy;
  readonly front: TlsFront;
  readonly access: TestAccess;
  readonly shown: ShownToUser;
  /** Absolute. */
  readonly workspaceFolder: string;
}

/** Every setting that a test here may change. */
const settingNames = [
  'recall.apiBaseUrl',
  'recall.whenRecordingIsReady',
  'http.proxy',
  'http.noProxy',
  'http.proxySupport',
  'http.systemCertificates',
];

/** Gives the suite a Recall behind TLS behind a proxy; each test begins with the proxy set and no trouble. */
export function useRecallBehindProxy(): RecallBehindProxy {
  const parts: { current?: RecallBehindProxy } = {};
  const current = (): RecallBehindProxy => {
    assert.ok(parts.current, 'only tests can use it');
    return parts.current;
  };
  before(async () => {
    const simulator = await startSimulator({ publicMediaOrigin: `https://${mediaHost}` });
    const identity = trustedIdentity ?? untrustedIdentity;
    const front = await startTlsFront({
      [apiHost]: { port: portOf(simulator.apiOrigin), identity },
      [mediaHost]: { port: portOf(simulator.mediaOrigin), identity },
    });
    const proxy = await startProxy({ [apiHost]: front.port, [mediaHost]: front.port });
    const extension = theExtension();
    const access = await extension.activate();
    const shown = watchWhatIsShown(extension);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    parts.current = { simulator, proxy, front, access, shown, workspaceFolder: folder.uri.fsPath };
    await setUserSetting('recall.whenRecordingIsReady', 'nothing');
    await setUserSetting('recall.apiBaseUrl', apiOrigin);
    await access.secrets.store(secretName(apiOrigin), testKey);
  });
  beforeEach(async () => {
    const { simulator, proxy, front, shown } = current();
    await useProxy(proxy.url);
    for (const hostName of [apiHost, mediaHost]) front.show(hostName, trustedIdentity ?? untrustedIdentity);
    await proxy.hangUp();
    simulator.reset();
    proxy.reset();
    shown.clear();
  });
  afterEach(async () => {
    const kept = ['recall.apiBaseUrl', 'recall.whenRecordingIsReady'];
    for (const name of settingNames.filter((each) => !kept.includes(each))) {
      await setUserSetting(name, undefined);
    }
    const { workspaceFolder } = current();
    for (const name of await readdir(workspaceFolder)) {
      await rm(join(workspaceFolder, name), { recursive: true, force: true });
    }
  });
  after(async () => {
    const { simulator, proxy, front, access, shown } = current();
    shown.stop();
    await access.secrets.delete(secretName(apiOrigin));
    for (const name of settingNames) await setUserSetting(name, undefined);
    await Promise.all([proxy.close(), front.close(), simulator.close()]);
  });
  return {
    get simulator() {
      return current().simulator;
    },
    get proxy() {
      return current().proxy;
    },
    get front() {
      return current().front;
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

let proxyInUse: string | undefined;

/**
 * Sets `http.proxy` until the end of the test. VS Code 1.105 holds on to the first proxy that it used until it is
 * restarted, or `http.systemCertificates` changes between two requests.
 */
export async function useProxy(url: string): Promise<void> {
  await setUserSetting('http.proxy', url);
  if (url === proxyInUse) return;
  await setUserSetting('http.systemCertificates', false);
  await run('recall.testConnection', {});
  await setUserSetting('http.systemCertificates', undefined);
  proxyInUse = url;
}

/** Sets a user setting until the end of the test. `undefined` takes it out. */
export async function setUserSetting(name: string, value: unknown): Promise<void> {
  assert.ok(settingNames.includes(name), `${name} would not be put back`);
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

function portOf(origin: string): number {
  return Number(new URL(origin).port);
}
