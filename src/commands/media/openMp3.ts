import * as vscode from 'vscode';
import type { CommandHandler } from '../calling/command.ts';
import { onSavedMedia, openSavedFor } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

/** Recall: Open MP3. A script is not asked which of several: it gets the first. */
export function openMp3(parts: SavedMediaParts): CommandHandler {
  return onSavedMedia(parts, 'audio_mixed', vscode.l10n.t('Open the MP3 of which bot?'), openSavedFor);
}
