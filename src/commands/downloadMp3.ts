import * as vscode from 'vscode';
import { mayHaveMp3 } from '../bots/botDescription.ts';
import { ensureApiKey } from './apiKeyFlow.ts';
import { downloadBots, downloadForScript, progressPlaceOf, wantedMedia } from './botDownloads.ts';
import type { BotDownloadParts } from './botDownloads.ts';
import { botTargets } from './botTarget.ts';
import type { Caller } from './caller.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

type DownloadParts = BotDownloadParts & Pick<Parts, 'list' | 'keys' | 'transport' | 'clock'>;

/** Recall: Download MP3. Answers with the URIs of all MP3s of the bots that are on disk now. */
export function downloadMp3(parts: DownloadParts): CommandHandler<vscode.Uri[]> {
  return (caller) =>
    caller.kind === 'script'
      ? downloadForScript(parts, 'audio_mixed', caller.argument)
      : downloadForPerson(parts, caller);
}

async function downloadForPerson(parts: DownloadParts, caller: Caller): Promise<vscode.Uri[] | undefined> {
  if (!(await ensureApiKey(parts))) return undefined;
  const botIds = await botTargets(caller, parts, question());
  return botIds && downloadBots(parts, wantedMedia('audio_mixed', caller, botIds), progressPlaceOf(caller));
}

function question(): Parameters<typeof botTargets>[2] {
  return {
    title: vscode.l10n.t('Download the MP3 of which bot?'),
    placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
    offers: ({ bot }) => mayHaveMp3(bot),
  };
}
