import { COMMANDS } from '../host/names.ts';
import { cancelDownload } from './media/cancelDownload.ts';
import { cancelScheduledBot } from './bot/cancelScheduledBot.ts';
import type { Caller } from './calling/caller.ts';
import { byPerson, orOfSelection } from './calling/caller.ts';
import { commandRunner } from './calling/command.ts';
import type { CommandHandler, CommandRunner, CommandSurroundings } from './calling/command.ts';
import { copyBot } from './bot/copyBot.ts';
import { copyBotId } from './bot/copyBotId.ts';
import { copyMeetingLink } from './bot/copyMeetingLink.ts';
import { deleteMedia } from './media/deleteMedia.ts';
import { clearFilter, filterBots, setScope, stopSearch } from './view/filterBots.ts';
import { groupByDay } from './view/groupByDay.ts';
import { leaveCall } from './bot/leaveCall.ts';
import { loadMoreBots } from './view/loadMoreBots.ts';
import { openInDashboard } from './bot/openInDashboard.ts';
import type { Parts } from './calling/parts.ts';
import { refreshBots } from './view/refreshBots.ts';
import { removeApiKey } from './account/removeApiKey.ts';
import { removeBot } from './bot/removeBot.ts';
import { renameMeeting } from './bot/renameMeeting.ts';
import { revealMp3 } from './media/revealMp3.ts';
import { selectRegion } from './account/selectRegion.ts';
import { sendBot } from './send/sendBot.ts';
import { sendBotToLink } from './send/sendBotToLink.ts';
import { setApiKey } from './account/setApiKey.ts';
import { showLog } from './view/showLog.ts';
import { testConnection } from './account/testConnection.ts';
import { transcribeBots } from './media/transcribe.ts';
import { mediaKinds } from '../media/kinds.ts';
import { downloadMedia } from './media/downloadMedia.ts';
import { openLine } from './media/openLine.ts';
import { openMedia } from './media/openMedia.ts';

/** What every command of the manifest does, by id. */
export function commandRunners(
  parts: Parts,
  surroundings: CommandSurroundings,
): ReadonlyMap<string, CommandRunner> {
  const handlers: Record<keyof typeof COMMANDS, CommandHandler> = {
    setApiKey: setApiKey(parts),
    removeApiKey: removeApiKey(parts),
    selectRegion: selectRegion(parts),
    sendBot: sendBot(parts),
    sendBotToLink: sendBotToLink(parts),
    refreshBots: refreshBots(parts),
    loadMoreBots: loadMoreBots(parts),
    filterBots: filterBots(parts),
    clearFilter: clearFilter(parts),
    stopSearch: stopSearch(parts),
    groupBotsByDay: groupByDay(parts, true),
    ungroupBots: groupByDay(parts, false),
    showAllBots: setScope(parts, false),
    showBotsSentFromHere: setScope(parts, true),
    cancelDownload: cancelDownload(parts),
    leaveCall: leaveCall(parts),
    cancelScheduledBot: cancelScheduledBot(parts),
    deleteMedia: deleteMedia(parts),
    openLine: openLine(parts),
    revealMp3: revealMp3(parts),
    copyBot: copyBot(parts),
    copyBotId: copyBotId(parts),
    copyMeetingLink: copyMeetingLink(parts),
    openInDashboard: openInDashboard(parts),
    renameMeeting: renameMeeting(parts),
    removeBot: removeBot(parts),
    showLog: showLog(parts),
    testConnection: testConnection(parts),
    transcribe: transcribeBots(parts),
  };
  const byId = [
    ...Object.entries(handlers).map(
      ([name, handler]) => [COMMANDS[name as keyof typeof COMMANDS], handler] as const,
    ),
    ...mediaKinds.flatMap((kind) => [
      [kind.commands.download, downloadMedia(parts, kind)] as const,
      [kind.commands.open, openMedia(parts, kind)] as const,
    ]),
  ];
  const readers = new Map<string, (args: readonly unknown[]) => Caller>([
    [COMMANDS.sendBotToLink, byPerson],
    [COMMANDS.renameMeeting, orOfSelection(parts.selectedNodes)],
    [COMMANDS.copyBot, orOfSelection(parts.selectedNodes)],
  ]);
  return new Map(
    byId.map(([id, handler]) => [id, commandRunner(id, handler, surroundings, readers.get(id))]),
  );
}
