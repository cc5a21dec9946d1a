import type { NoMediaError } from '../../media/mediaErrors.ts';
import { VIDEO } from '../../media/kinds.ts';
import { RemediedError } from '../calling/remediedError.ts';

/** There is no MP3, but a video. The sentence and the code are those of the missing MP3. */
export class OnlyVideoError extends RemediedError {
  override readonly name = 'OnlyVideoError';

  /** @param downloadVideo downloads the video, for a person; does not throw */
  constructor(reason: NoMediaError, downloadVideo: () => Promise<void>) {
    const remedies = [{ button: downloadVideoButton(), run: downloadVideo }];
    super(reason.message, reason, { remedies, isFault: false });
  }
}

/** The button that downloads a video where there is no MP3. */
export function downloadVideoButton(): string {
  return VIDEO.words.download();
}
