import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { BotList } from './bots/botList.ts';
import { BotRecords } from './bots/botRecords.ts';
import { BotStore } from './bots/botStore.ts';
import { Mp3Downloads } from './bots/mp3Downloads.ts';
import { PausedDownloads } from './bots/pausedDownloads.ts';
import { isOnDisk, stillOnDisk } from './bots/savedFiles.ts';
import { nodeStateFiles } from './bots/stateFiles.ts';
import type { Parts } from './commands/parts.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { createDownloader, nodeFileSystem } from './download/download.ts';
import { DownloadQueue } from './download/queue.ts';
import { Account } from './host/account.ts';
import { ApiKeys } from './host/apiKeys.ts';
import { ContextKeys } from './host/contextKeys.ts';
import { DisposableList } from './host/disposables.ts';
import { createLogChannel, extensionVersion } from './host/logChannel.ts';
import { settings } from './host/settings.ts';
import { WorkspaceTarget } from './host/workspaceTarget.ts';
import { systemClock } from './network/clock.ts';
import { createRedactor } from './network/redaction.ts';
import { RecallClient } from './recall/client.ts';
import { ApiTransport } from './recall/transport.ts';
import { BotsTree } from './views/botsTree.ts';
import { BotsView } from './views/botsView.ts';

/** What tests inside VS Code get to see; nobody else does. */
export interface TestAccess {
  readonly secrets: vscode.SecretStorage;
  readonly globalStorageUri: vscode.Uri;
  readonly logUri: vscode.Uri;
}

/** Makes the parts and hands them to each other. Does no network and waits for nothing. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const owned = new DisposableList();
  context.subscriptions.push(owned);
  const redactor = createRedactor();
  const log = owned.add(createLogChannel(context, redactor));
  const clock = systemClock;
  const random = Math.random;
  // Looked up at each call: VS Code puts its proxy and certificates into the global fetch, and may do so later.
  const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
  const remoteName = vscode.env.remoteName;

  const keys = owned.add(new ApiKeys(context.secrets, context.globalState, redactor));
  const account = new Account(keys);
  const userAgent = `recall-meeting-audio/${extensionVersion(context)} (VS Code ${vscode.version})`;
  const transport = new ApiTransport({ fetch, clock, random, log, userAgent, remoteName });
  const client = new RecallClient({
    transport,
    access: () => account.access(),
    clock,
    randomUuid: randomUUID,
    log,
  });

  const records = () =>
    new BotRecords(context.globalStorageUri.fsPath, settings.apiOrigin(), nodeStateFiles, log);
  const store = new BotStore();
  const list = new BotList({ client, store, clock });
  const downloads = new Mp3Downloads({
    client,
    clock,
    store,
    records,
    log,
    downloader: createDownloader({ fetch, fs: nodeFileSystem, clock, random, log }),
    queue: new DownloadQueue(),
    fileExists: isOnDisk,
  });

  const target = new WorkspaceTarget(context.workspaceState, nodeFileSystem);
  const paused = new PausedDownloads({ fs: nodeFileSystem, folders: () => target.downloadFolders(), log });
  owned.add(
    downloads.changes((botId) => {
      if (downloads.progressOf(botId) === undefined) void paused.look();
    }),
  );

  const tree = owned.add(
    new BotsTree({
      store,
      list,
      downloads,
      clock,
      stillOnDisk,
      paused,
      defaultBotName: () => settings.botName(),
    }),
  );
  const view = owned.add(
    new BotsView({
      tree,
      list,
      store,
      contextKeys: new ContextKeys(),
      clock,
      log,
      hasKey: () => account.hasKey(),
      loadOwnState: async () => {
        for (const record of await records().all()) store.putRecord(record);
        await paused.look();
      },
    }),
  );

  const parts: Parts = {
    client,
    transport,
    keys,
    store,
    list,
    downloads,
    target,
    clock,
    log,
    records,
    onDisk: stillOnDisk,
    follow: () => Promise.resolve(),
    reveal: (botId) => tree.reveal(botId),
  };
  for (const command of registerCommands(parts, { log, redactor })) owned.add(command);
  owned.add(account.onDidChange(() => void view.accountChanged()));
  void view.accountChanged();
  // Only VS Code itself sets this mode, when it was started to run tests of this extension.
  return context.extensionMode === vscode.ExtensionMode.Test ? context : undefined;
}
