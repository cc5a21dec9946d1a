import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { CommandHandler } from '../calling/command.ts';
import { revealFile } from '../downloading/openSaved.ts';
import { onSavedMedia } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';
import { MP3 } from '../../media/kinds/mp3.ts';

/** Recall: Reveal MP3. */
export function revealMp3(parts: SavedMediaParts): CommandHandler {
  return onSavedMedia(parts, MP3, vscode.l10n.t('Reveal the MP3 of which bot?'), async (saved) => {
    // Each folder is shown once: the system's file manager opens a window for each call.
    const byFolder = new Map(saved.map(({ path }) => [dirname(path), path]));
    for (const path of byFolder.values()) await revealFile(path);
  });
}
