import * as l10n from '@vscode/l10n';
import { judgeMp3, judgeMp4 } from './content.ts';
import type { ContentVerdict } from './content.ts';

/** What a file is to be: how it ends, and how it is told from a page or another file by its first bytes. */
export interface FileFormat {
  /** Without a dot. */
  readonly extension: string;
  /**
   * Judges the first bytes, at most `HEAD_BYTES` of them.
   *
   * @param whole whether these are all the bytes that will be looked at
   */
  judgeHead(head: Uint8Array, whole: boolean): ContentVerdict;
  /** Says that what came is something else. */
  isSomethingElse(): string;
}

/** MPEG audio. */
export const MP3_FILE: FileFormat = {
  extension: 'mp3',
  judgeHead: judgeMp3,
  isSomethingElse: () => l10n.t('What the server sent is not MP3 audio.'),
};

/** A video in a file of the MPEG-4 family. */
export const MP4_FILE: FileFormat = {
  extension: 'mp4',
  judgeHead: judgeMp4,
  isSomethingElse: () => l10n.t('What the server sent is not an {0} file.', 'mp4'),
};
