import * as vscode from 'vscode';
import type { CommandHandler } from '../calling/command.ts';
import { onSavedMedia, openSavedFor } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

/** Recall: Open Video. A script is not asked which of several: it gets the first. */
export function openVideo(parts: SavedMediaParts): CommandHandler {
  return onSavedMedia(parts, 'video_mixed', vscode.l10n.t('Open the video of which bot?'), openSavedFor);
}
