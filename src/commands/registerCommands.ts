import type * as vscode from 'vscode';
import { COMMANDS } from '../host/names.ts';
import { cancelDownload } from './cancelDownload.ts';
import { cancelScheduledBot } from './cancelScheduledBot.ts';
import { byPerson, callerOf } from './caller.ts';
import { registerCommand } from './command.ts';
import type { CommandHandler, CommandSurroundings } from './command.ts';
import { copyBotId } from './copyBotId.ts';
import { copyMeetingLink } from './copyMeetingLink.ts';
import { deleteMedia } from './deleteMedia.ts';
import { downloadMp3 } from './downloadMp3.ts';
import { downloadVideo } from './downloadVideo.ts';
import { clearFilter, filterBots, setScope } from './filterBots.ts';
import { leaveCall } from './leaveCall.ts';
import { loadMoreBots } from './loadMoreBots.ts';
import { openInDashboard } from './openInDashboard.ts';
import { openMp3 } from './openMp3.ts';
import { openVideo } from './openVideo.ts';
import type { Parts } from './parts.ts';
import { refreshBots } from './refreshBots.ts';
import { removeApiKey } from './removeApiKey.ts';
import { removeBot } from './removeBot.ts';
import { revealMp3 } from './revealMp3.ts';
import { selectRegion } from './selectRegion.ts';
import { sendBot } from './sendBot.ts';
import { sendBotToLink } from './sendBotToLink.ts';
import { setApiKey } from './setApiKey.ts';
import { showLog } from './showLog.ts';
import { testConnection } from './testConnection.ts';

/** Registers every command of the manifest. */
export function registerCommands(parts: Parts, surroundings: CommandSurroundings): vscode.Disposable[] {
  const handlers: Record<keyof typeof COMMANDS, CommandHandler> = {
    setApiKey: setApiKey(parts),
    removeApiKey: removeApiKey(parts),
    selectRegion: selectRegion(parts),
    sendBot: sendBot(parts),
    sendBotToLink: sendBotToLink(parts),
    downloadMp3: downloadMp3(parts),
    downloadVideo: downloadVideo(parts),
    refreshBots: refreshBots(parts),
    loadMoreBots: loadMoreBots(parts),
    filterBots: filterBots(parts),
    clearFilter: clearFilter(parts),
    showAllBots: setScope(parts, false),
    showBotsSentFromHere: setScope(parts, true),
    cancelDownload: cancelDownload(parts),
    leaveCall: leaveCall(parts),
    cancelScheduledBot: cancelScheduledBot(parts),
    deleteMedia: deleteMedia(parts),
    openMp3: openMp3(parts),
    openVideo: openVideo(parts),
    revealMp3: revealMp3(parts),
    copyBotId: copyBotId(parts),
    copyMeetingLink: copyMeetingLink(parts),
    openInDashboard: openInDashboard(parts),
    removeBot: removeBot(parts),
    showLog: showLog(parts),
    testConnection: testConnection(parts),
  };
  return Object.entries(handlers).map(([name, handler]) => {
    const id = COMMANDS[name as keyof typeof COMMANDS];
    const readCaller = id === COMMANDS.sendBotToLink ? byPerson : callerOf;
    return registerCommand(id, handler, surroundings, readCaller);
  });
}
