import { basename } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../language/formats.ts';
import { joinSentences } from '../../language/sentences.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import type { BotDownloadResult } from '../../media/mediaDownloads.ts';

/** What a download came to, in sentences: what is on disk, and what there is none of. */
export function savedMessage(kind: MediaKind, result: BotDownloadResult): string {
  const sentence = savedSentence(kind, result);
  return result.missing.length === 0 ? sentence : joinSentences(sentence, missingSentence(kind, result));
}

function savedSentence({ words }: MediaKind, { saved }: BotDownloadResult): string {
  const [first] = saved;
  const bytes = formatBytes(saved.reduce((sum, { bytes: size }) => sum + size, 0));
  const isAllThere = saved.every(({ outcome }) => outcome === 'alreadyThere');
  if (saved.length === 1 && first) {
    return isAllThere
      ? vscode.l10n.t('{0} is already there.', basename(first.path))
      : vscode.l10n.t('Saved {0} ({1}).', basename(first.path), bytes);
  }
  return isAllThere ? words.alreadyThere(saved.length) : words.saved(saved.length, bytes);
}

function missingSentence({ words }: MediaKind, { missing }: BotDownloadResult): string {
  // A recording may lack several of its parts.
  const recordings = new Set(missing.map(({ recordingId }) => recordingId)).size;
  return words.without(recordings, missing[0]?.reason.message ?? '');
}
