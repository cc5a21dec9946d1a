import type * as vscode from 'vscode';
import { mayBeHad } from '../../descriptions/botDescription.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import { ensureApiKey } from '../account/apiKeyFlow.ts';
import { downloadBots, progressPlaceOf, wantedMedia } from '../downloading/botDownloads.ts';
import type { BotDownloadParts } from '../downloading/botDownloads.ts';
import { downloadForScript } from '../downloading/scriptDownload.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import { botTargets } from '../calling/botTarget.ts';
import type { Caller } from '../calling/caller.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** What the commands work with that download media. */
export type DownloadParts = BotDownloadParts & PickBotParts & Pick<Parts, 'keys' | 'transport'>;

/** Recall: Download MP3, Video and so on. Answers with the URIs of all those of the kind that are on disk now. */
export function downloadMedia(parts: DownloadParts, kind: MediaKind): CommandHandler<vscode.Uri[]> {
  const forPerson = async (caller: Caller): Promise<vscode.Uri[] | undefined> => {
    if (!(await ensureApiKey(parts))) return undefined;
    const botIds = await botTargets(caller, parts, {
      title: kind.words.downloadWhich(),
      offers: ({ bot }) => mayBeHad(kind, bot, parts.clock.now()),
    });
    return botIds && downloadBots(parts, wantedMedia(kind, caller, botIds), progressPlaceOf(caller));
  };
  return (caller) =>
    caller.kind === 'script' ? downloadForScript(parts, kind, caller.argument) : forPerson(caller);
}
