import type * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { botNameFor } from '../commands/calling/botTarget.ts';
import type { Parts } from '../commands/calling/parts.ts';
import { openExtensionUri } from '../commands/openExtensionUri.ts';
import type { CommandRunner } from '../commands/calling/command.ts';
import { commandRunners } from '../commands/commandRunners.ts';
import { probeMedia } from '../download/mediaProbe.ts';
import { exportedApi, knownBots } from '../exportedApi.ts';
import type { BotListeners } from '../host/botListeners.ts';
import type { Following } from '../host/following.ts';
import { RecentMeetings } from '../host/recentMeetings.ts';
import { settings } from '../host/settings.ts';
import { stillOnDisk } from '../media/savedFiles.ts';
import { isPaid } from '../media/transcriptSource.ts';
import type { PlayerEditor } from '../player/playerEditor.ts';
import type { Tools } from '../tools/tools.ts';
import { createTools } from '../tools/tools.ts';
import type { AccountFeature } from './account.ts';
import type { BotsFeature } from './bots.ts';
import type { Foundation } from './foundation.ts';
import type { MediaFeature } from './media.ts';
import { isBotsTreeNode } from '../views/treeNodes.ts';
import type { ViewFeature } from './view.ts';

/** What people, scripts, links, other extensions and language models can ask for. */
export interface CommandsFeature {
  readonly parts: Parts;
  /** By the ids of the commands. */
  readonly runners: ReadonlyMap<string, CommandRunner>;
  readonly exported: RecallApi;
  readonly tools: Tools;
  readonly openUri: (uri: vscode.Uri) => Promise<void>;
}

/** The features that commands work with. */
export interface CommandsNeeds {
  readonly account: AccountFeature;
  readonly bots: BotsFeature;
  readonly media: MediaFeature;
  readonly player: PlayerEditor;
  readonly view: ViewFeature;
  readonly following: Following;
  /** Resolves when the account that was chosen last is in use. */
  readonly accountInUse: () => Promise<void>;
}

/** Makes it all. */
export function addCommands(
  foundation: Foundation,
  botListeners: BotListeners,
  needs: CommandsNeeds,
): CommandsFeature {
  const { owned, log, redactor } = foundation;
  const parts = partsOf(foundation, needs);
  const surroundings = { log, redactor };
  const exported = exportedApi(parts, surroundings, botListeners.event);
  owned.add(
    parts.store.changes(() => {
      botListeners.tell(() => knownBots(parts));
    }),
  );
  const nameOf = (botId: string): string => botNameFor(parts, botId);
  return {
    ...{ parts, exported },
    runners: commandRunners(parts, surroundings),
    openUri: openExtensionUri(parts, surroundings),
    tools: createTools({
      ...{ api: exported, nameOf },
      defaultBotName: () => settings.botName(),
      isTranscriptPaid: () => isPaid(settings.transcript()),
      playLink: needs.media.playLink,
    }),
  };
}

function partsOf(
  { context, log, redactor, clock, fetch }: Foundation,
  { account, bots, media, player, view, following, accountInUse }: CommandsNeeds,
): Parts {
  const { client, transport, serverTime } = account.api;
  const { fs, downloads, paused, resumeOffers, target, people, spoken, details } = media;
  return {
    ...{ client, transport, serverTime, keys: account.keys, clock: account.recallClock, log, redactor },
    ...bots,
    ...{ downloads, paused, resumeOffers, target, people, spoken, details, view: view.view },
    ...{ onDisk: stillOnDisk, player },
    follow: async (bot) => {
      await accountInUse();
      await following.follow(bot);
    },
    probeMedia: (url, signal) => probeMedia({ fetch, clock, log }, url, signal),
    reveal: (botId) => view.view.reveal(botId),
    bringIntoSight: (botId) => view.tree.bringIntoSight(botId),
    recentMeetings: new RecentMeetings(context.secrets, clock, log),
    moving: { fs, clock },
    selectedNodes: () => view.tree.view.selection.filter(isBotsTreeNode),
  };
}
