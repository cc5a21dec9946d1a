import * as vscode from 'vscode';
import { MP3 } from '../../media/kinds/mp3.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { openSavedFor } from '../downloading/openSaved.ts';
import { onSavedMedia } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

/** Recall: Open with Transcript. Plays an MP3 beside what was said in it, or alone where there is no transcript. */
export function openInPlayer(parts: SavedMediaParts & Pick<Parts, 'player'>): CommandHandler {
  return onSavedMedia(
    parts,
    MP3,
    vscode.l10n.t('Open the MP3 of which bot with its transcript?'),
    (saved, caller) =>
      openSavedFor(MP3, saved, caller, ({ path }, options) =>
        parts.player.open(vscode.Uri.file(path), options),
      ),
  );
}
