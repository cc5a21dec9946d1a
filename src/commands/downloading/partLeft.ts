import { NoMediaError } from '../../media/mediaErrors.ts';
import type { NoMediaCode } from '../../media/mediaErrors.ts';
import type { WantedMedia } from '../../media/findMedia.ts';
import { DownloadError } from '../../download/errors.ts';
import { RecallError } from '../../recall/errors.ts';
import { forPerson } from '../calling/command.ts';
import { PartLeftError } from './partLeftError.ts';
import type { Parts } from '../calling/parts.ts';

/** What telling of a part file that is of no more use works with. */
export type PartLeftParts = Pick<Parts, 'paused' | 'resumeOffers' | 'log' | 'redactor'>;

const GONE: ReadonlySet<NoMediaCode> = new Set<NoMediaCode>(['deleted', 'expired', 'nothingRecorded']);

/** The error to tell: where what was wanted is gone and a part of it lies here, it offers to delete that part. */
export async function withPartLeft(
  parts: PartLeftParts,
  { kind, botId, recordingIds }: WantedMedia,
  error: unknown,
): Promise<unknown> {
  if (!isGone(error)) return error;
  await parts.paused.look();
  const left = parts.paused
    .all()
    .find(
      ({ identity, kind: kindOfPart }) =>
        identity.botId === botId &&
        kindOfPart === kind &&
        (!recordingIds || recordingIds.includes(identity.recordingId)),
    );
  if (!left) return error;
  await parts.resumeOffers.noteGone(left.partPath);
  return new PartLeftError(error, left, async () => {
    await forPerson('message', () => parts.paused.discard(left), parts);
  });
}

function isGone(error: unknown): error is NoMediaError | RecallError | DownloadError {
  if (error instanceof NoMediaError) return GONE.has(error.code);
  if (error instanceof RecallError) return error.code === 'notFound';
  return error instanceof DownloadError && error.code === 'gone';
}
