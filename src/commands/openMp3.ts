import * as vscode from 'vscode';
import type { CommandHandler } from './command.ts';
import { onSavedMp3s, openFile, openMp3Of } from './mp3Files.ts';
import type { SavedMp3Parts } from './mp3Files.ts';

/** Recall: Open MP3. A script is not asked which of several: it gets the first. */
export function openMp3(parts: SavedMp3Parts): CommandHandler {
  return onSavedMp3s(parts, vscode.l10n.t('Open the MP3 of which bot?'), async (saved, caller) => {
    const [first] = saved;
    if (caller.kind === 'person') await openMp3Of(saved);
    else if (first) await openFile(first.path);
  });
}
