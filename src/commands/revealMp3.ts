import * as vscode from 'vscode';
import type { CommandHandler } from './command.ts';
import { onSavedMp3s, revealFile } from './mp3Files.ts';
import type { SavedMp3Parts } from './mp3Files.ts';

/** Recall: Reveal MP3. */
export function revealMp3(parts: SavedMp3Parts): CommandHandler {
  return onSavedMp3s(parts, vscode.l10n.t('Reveal the MP3 of which bot?'), async ([first]) => {
    if (first) await revealFile(first.path);
  });
}
