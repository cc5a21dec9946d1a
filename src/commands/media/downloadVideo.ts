import * as vscode from 'vscode';
import { isOver } from '../../bots/botStore.ts';
import { tellsOfVideo } from '../../media/videoInstead.ts';
import type { CommandHandler } from '../calling/command.ts';
import { downloadMedia } from './downloadMedia.ts';
import type { DownloadParts } from './downloadMedia.ts';

/** Recall: Download Video. */
export function downloadVideo(parts: DownloadParts): CommandHandler<vscode.Uri[]> {
  return downloadMedia(parts, 'video_mixed', {
    title: vscode.l10n.t('Download the video of which bot?'),
    placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
    offers: ({ bot }) => isOver(bot) && tellsOfVideo(bot, parts.clock.now()),
  });
}
