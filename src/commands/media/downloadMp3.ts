import * as vscode from 'vscode';
import { mayHaveMp3 } from '../../descriptions/botDescription.ts';
import type { CommandHandler } from '../calling/command.ts';
import { downloadMedia } from './downloadMedia.ts';
import type { DownloadParts } from './downloadMedia.ts';

/** Recall: Download MP3. */
export function downloadMp3(parts: DownloadParts): CommandHandler<vscode.Uri[]> {
  return downloadMedia(parts, 'audio_mixed', {
    title: vscode.l10n.t('Download the MP3 of which bot?'),
    placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
    offers: ({ bot }) => mayHaveMp3(bot),
  });
}
