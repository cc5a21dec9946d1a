import * as vscode from 'vscode';
import type { CommandHandler } from './command.ts';
import { onSavedMedia, revealFile } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

/** Recall: Reveal MP3. */
export function revealMp3(parts: SavedMediaParts): CommandHandler {
  return onSavedMedia(
    parts,
    'audio_mixed',
    vscode.l10n.t('Reveal the MP3 of which bot?'),
    async ([first]) => {
      if (first) await revealFile(first.path);
    },
  );
}
