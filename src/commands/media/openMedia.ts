import type { MediaKind } from '../../media/kinds/kind.ts';
import type { CommandHandler } from '../calling/command.ts';
import { openSavedFor } from '../downloading/openSaved.ts';
import { onSavedMedia } from './savedMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

/** Recall: Open MP3, Video and so on. A script is not asked which of several: it gets the first. */
export function openMedia(parts: SavedMediaParts, kind: MediaKind): CommandHandler {
  return onSavedMedia(parts, kind, kind.words.openWhich(), (saved, caller) =>
    openSavedFor(kind, saved, caller),
  );
}
