import * as vscode from 'vscode';
import { tellsOfVideo } from '../bots/videoInstead.ts';
import { isOver } from '../bots/botStore.ts';
import { ensureApiKey } from './apiKeyFlow.ts';
import { downloadBots, downloadForScript, progressPlaceOf, wantedMedia } from './botDownloads.ts';
import type { BotDownloadParts } from './botDownloads.ts';
import { botTargets } from './botTarget.ts';
import type { Caller } from './caller.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

type DownloadParts = BotDownloadParts & Pick<Parts, 'list' | 'keys' | 'transport' | 'clock'>;

/** Recall: Download Video. Answers with the URIs of all videos of the bots that are on disk now. */
export function downloadVideo(parts: DownloadParts): CommandHandler<vscode.Uri[]> {
  return (caller) =>
    caller.kind === 'script'
      ? downloadForScript(parts, 'video_mixed', caller.argument)
      : downloadForPerson(parts, caller);
}

async function downloadForPerson(parts: DownloadParts, caller: Caller): Promise<vscode.Uri[] | undefined> {
  if (!(await ensureApiKey(parts))) return undefined;
  const botIds = await botTargets(caller, parts, {
    title: vscode.l10n.t('Download the video of which bot?'),
    placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
    offers: ({ bot }) => isOver(bot) && tellsOfVideo(bot, parts.clock.now()),
  });
  return botIds && downloadBots(parts, wantedMedia('video_mixed', caller, botIds), progressPlaceOf(caller));
}
