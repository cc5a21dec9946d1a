import * as vscode from 'vscode';
import { AwaitedDownloads } from './media/awaitedDownloads.ts';
import { BotList } from './bots/botList.ts';
import { BotRecords } from './bots/botRecords.ts';
import { BotStore } from './bots/botStore.ts';
import { ExpiryWarnings } from './media/expiryWarnings.ts';
import { MediaDownloads } from './media/mediaDownloads.ts';
import { OutageWaits } from './media/outage.ts';
import { PausedDownloads } from './media/pausedDownloads.ts';
import { ResumeOffers } from './media/resumeOffers.ts';
import { isOnDisk, stillOnDisk } from './media/savedFiles.ts';
import { nodeStateFiles } from './state/stateFiles.ts';
import type { RecallApi } from './api.ts';
import { botNameFor } from './commands/calling/botTarget.ts';
import { tellKeyChangedElsewhere } from './commands/account/keyChangedElsewhere.ts';
import { openExtensionUri } from './commands/openExtensionUri.ts';
import { goOnFromBefore } from './commands/media/goOnFromBefore.ts';
import { tellOfFollowedBots } from './commands/media/recordingReady.ts';
import type { Parts } from './commands/calling/parts.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { createDownloader, nodeFileSystem } from './download/download.ts';
import { probeMedia } from './download/mediaProbe.ts';
import { systemProcesses } from './download/processes.ts';
import { DownloadQueue } from './download/queue.ts';
import { exportedApi } from './exportedApi.ts';
import { Account } from './host/account.ts';
import { createApi } from './host/api.ts';
import { ApiKeys, createSharedKeys } from './host/apiKeys.ts';
import { ContextKeys } from './host/contextKeys.ts';
import { DisposableList } from './host/disposables.ts';
import { Following } from './host/following.ts';
import { createLogChannel, extensionVersion } from './host/logChannel.ts';
import { inBackground } from './host/progress.ts';
import { returnSigns } from './host/returnSigns.ts';
import { OptionalFeatures } from './host/optionalFeatures.ts';
import { RecentMeetings } from './host/recentMeetings.ts';
import { settings } from './host/settings.ts';
import { WorkspaceTarget } from './host/workspaceTarget.ts';
import { setDisplayLanguage } from './language/displayLanguage.ts';
import { systemClock } from './network/clock.ts';
import { createRedactor } from './network/redaction.ts';
import type { Tools } from './tools/registerTools.ts';
import { createTools, registerTools } from './tools/registerTools.ts';
import { BotsTree } from './views/botsTree.ts';
import { BotsView } from './views/botsView.ts';
import { LiveStatus } from './views/liveStatus.ts';
import { MeetingLinkContext } from './views/meetingLinkContext.ts';
import { registerMeetingLinkHover } from './views/meetingLinkHover.ts';
import { meetingLinksInTerminal } from './views/meetingLinksInTerminal.ts';

/** What tests inside VS Code get to see; nobody else does. */
export interface TestAccess extends RecallApi {
  readonly secrets: vscode.SecretStorage;
  readonly globalStorageUri: vscode.Uri;
  readonly logUri: vscode.Uri;
  /** What happens when somebody opens a link to this extension. */
  readonly openUri: (uri: vscode.Uri) => Promise<void>;
  readonly tools: Tools;
  readonly tree: BotsTree;
  /** What happens when the window closes or the extension is disabled. */
  readonly end: () => Promise<void>;
}

// VS Code gives `deactivate` nothing to work with.
let endFollowing: () => Promise<void> = () => Promise.resolve();

/** Called when the window closes. Hands the following of bots to the next window at once. */
export function deactivate(): Promise<void> {
  return endFollowing();
}

/**
 * Makes the parts and hands them to each other. Does no network and waits for nothing.
 *
 * @returns what other extensions may use
 */
export function activate(context: vscode.ExtensionContext): RecallApi | TestAccess {
  setDisplayLanguage({ tag: vscode.env.language, messages: vscode.l10n.bundle });
  const owned = new DisposableList();
  context.subscriptions.push(owned);
  const redactor = createRedactor();
  const log = owned.add(createLogChannel(context, redactor));
  const optional = new OptionalFeatures(owned, log);
  const clock = systemClock;
  const random = Math.random;
  // Looked up at each call: VS Code puts its proxy and certificates into the global fetch, and may do so later.
  const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
  const fs = nodeFileSystem;
  const sharedFolder = context.globalStorageUri.fsPath;

  const sharedKeys = owned.add(
    createSharedKeys({
      secrets: context.secrets,
      redactor,
      windowState: context.workspaceState,
      sharedFolder,
      clock,
      log,
    }),
  );
  const keys = new ApiKeys(sharedKeys, context.globalState);
  const account = new Account(keys);
  const api = createApi({ account, fetch, clock, random, log, extensionVersion: extensionVersion(context) });
  const { client, transport, serverTime } = api;
  // For what Recall decides, such as what has expired: this computer's clock may be wrong.
  const recallClock = serverTime.clock(clock);

  const records = () => new BotRecords(sharedFolder, settings.apiOrigin(), nodeStateFiles, log);
  const store = new BotStore();
  const list = new BotList({ client, store, clock });
  const signs = returnSigns(api.reachability);
  const downloader = createDownloader({ fetch, fs, clock, random, log, signs });
  const queue = new DownloadQueue();
  const outages = new OutageWaits({ clock, random, signs, log });
  const awaited = new AwaitedDownloads({ processes: systemProcesses, log });
  const origin = () => settings.apiOrigin();
  const fileExists = isOnDisk;
  const downloads = owned.add(
    new MediaDownloads({
      ...{ client, store, records, log, downloader, queue, fileExists, outages, awaited, origin },
      clock: recallClock,
      clientWithoutRetries: api.watchClient,
    }),
  );
  const target = new WorkspaceTarget(context.workspaceState, fs);
  const paused = new PausedDownloads({
    ...{ fs, log },
    folders: () => target.downloadFolders(),
    discardPart: (unfinished) => downloader.discard(unfinished),
  });
  const resumeOffers = new ResumeOffers({
    ...{ folder: sharedFolder, files: nodeStateFiles, processes: systemProcesses },
    session: vscode.env.sessionId,
  });

  const defaultBotName = () => settings.botName();
  const tree = owned.add(
    new BotsTree({ store, list, downloads, clock: recallClock, stillOnDisk, paused, defaultBotName }),
  );
  const contextKeys = new ContextKeys();
  const hasKey = () => account.hasKey();
  const loadOwnState = async () => {
    for (const record of await records().all()) store.putRecord(record);
    await paused.look();
  };
  const view = owned.add(
    new BotsView({
      ...{ tree, list, store, contextKeys, clock, log, hasKey, loadOwnState },
      apiIsBack: api.reachability.back,
    }),
  );
  optional.add('status bar', () => new LiveStatus(store));
  const attention = {
    isFocused: () => vscode.window.state.focused,
    onDidChangeFocus: (listener: () => void) => vscode.window.onDidChangeWindowState(listener),
    isViewVisible: () => tree.view.visible,
    onDidChangeVisibility: (listener: () => void) => tree.view.onDidChangeVisibility(listener),
  };
  const following = owned.add(
    new Following({
      ...{ store, list, records, clock, random, log, signs, sharedFolder, attention },
      client: api.watchClient,
    }),
  );

  endFollowing = () => following.end();

  // One change of the account after the other: a region and its key often change within a moment.
  let switched: Promise<void> = Promise.resolve();
  const parts: Parts = {
    ...{
      client,
      transport,
      keys,
      store,
      list,
      downloads,
      paused,
      resumeOffers,
      target,
      serverTime,
      clock: recallClock,
      log,
      redactor,
      records,
      view,
    },
    onDisk: stillOnDisk,
    follow: async (bot) => {
      await switched;
      await following.follow(bot);
    },
    probeMedia: (url, signal) => probeMedia({ fetch, clock, log }, url, signal),
    reveal: (botId) => tree.reveal(botId),
    bringIntoSight: (botId) => tree.bringIntoSight(botId),
    recentMeetings: new RecentMeetings(context.secrets, clock, log),
  };
  const surroundings = { log, redactor };
  for (const command of registerCommands(parts, surroundings)) owned.add(command);
  const exported = exportedApi(parts, surroundings, owned);
  const openUri = openExtensionUri(parts, surroundings);
  optional.add('links to extensions', () => vscode.window.registerUriHandler({ handleUri: openUri }));
  const nameOf = (botId: string): string => botNameFor(parts, botId);
  const tools = createTools({ api: exported, defaultBotName, nameOf });
  optional.add('language model tools', () => registerTools(tools));
  optional.add('text in sight', () => new MeetingLinkContext(contextKeys, clock));
  optional.add('hovers', () => registerMeetingLinkHover());
  optional.add('links in terminals', () =>
    vscode.window.registerTerminalLinkProvider(meetingLinksInTerminal),
  );

  owned.add(
    downloads.changes((botId) => {
      if (store.get(botId)?.record.saved.length) contextKeys.set('recall.hasSavedMp3', true);
      if (downloads.progressOf(botId) === undefined) inBackground(log, paused.look());
    }),
  );
  const expiryWarnings = owned.add(new ExpiryWarnings({ records, stillOnDisk, clock: recallClock, log }));
  for (const notice of tellOfFollowedBots(parts, following, expiryWarnings)) owned.add(notice);
  const switchAccount = (): void => {
    // At once, so that nothing the old account says can arrive in the new one's tree.
    following.dispose();
    switched = switched.then(async () => {
      const isUsable = await view.accountChanged();
      following.restart(isUsable);
      if (isUsable) {
        inBackground(log, goOnFromBefore(parts));
        inBackground(log, expiryWarnings.look());
      }
    });
  };
  owned.add(account.onDidChange(switchAccount));
  owned.add(
    attention.onDidChangeFocus(() => {
      sharedKeys.look();
    }),
  );
  owned.add(tellKeyChangedElsewhere({ account, attention, log }));
  switchAccount();
  // Only VS Code itself sets this mode, when it was started to run tests of this extension.
  if (context.extensionMode !== vscode.ExtensionMode.Test) return exported;
  const { secrets, globalStorageUri, logUri } = context;
  const end = async (): Promise<void> => {
    await deactivate();
    owned.dispose();
  };
  return { ...exported, secrets, globalStorageUri, logUri, openUri, tools, tree, end };
}
