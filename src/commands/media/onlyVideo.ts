import * as vscode from 'vscode';
import type { NoMediaCode, NoMediaError } from '../../media/mediaErrors.ts';

/** There is no MP3, but a video. The sentence and the code are those of the missing MP3. */
export class OnlyVideoError extends Error {
  override readonly name = 'OnlyVideoError';
  readonly code: NoMediaCode;
  /** Downloads the video, for a person. Does not throw. */
  readonly downloadVideo: () => Promise<void>;

  constructor(reason: NoMediaError, downloadVideo: () => Promise<void>) {
    super(reason.message, { cause: reason });
    this.code = reason.code;
    this.downloadVideo = downloadVideo;
  }
}

/** The button that downloads a video where there is no MP3. */
export function downloadVideoButton(): string {
  return vscode.l10n.t('Download Video');
}
