import * as vscode from 'vscode';
import type { CommandHandler } from './command.ts';
import { onSavedMp3s, openMp3Of } from './mp3Files.ts';
import type { SavedMp3Parts } from './mp3Files.ts';

/** Recall: Open MP3. */
export function openMp3(parts: SavedMp3Parts): CommandHandler {
  return onSavedMp3s(parts, vscode.l10n.t('Open the MP3 of which bot?'), openMp3Of);
}
