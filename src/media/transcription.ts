import type { Log } from '../network/log.ts';
import type { MixedMedia } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { RecallError } from '../recall/errors.ts';
import type { RecallErrorCode } from '../recall/errors.ts';

const TRANSCRIPT = 'transcript';
/** After these the request may have done its work, although no answer said so. */
const MAY_HAVE_ARRIVED: ReadonlySet<RecallErrorCode> = new Set([
  'network',
  'timeout',
  'serverError',
  'unexpectedAnswer',
  'conflict',
]);

/** What asking for a transcript needs. */
export interface TranscriptionParts {
  readonly client: Pick<RecallClient, 'listMixedMedia' | 'createTranscript'>;
  readonly log: Log;
}

/**
 * The transcript of a recording that is there or being made; else has Recall make one, which costs money. It is never
 * asked for twice: after an answer that got lost, the list of the recording's transcripts says whether one is being made.
 *
 * @throws RecallError, or the signal's reason
 */
export async function transcribe(
  { client, log }: TranscriptionParts,
  recordingId: string,
  signal?: AbortSignal,
): Promise<MixedMedia> {
  const usable = async (): Promise<MixedMedia | undefined> =>
    newestUsable(await client.listMixedMedia(TRANSCRIPT, recordingId, signal));
  const there = await usable();
  if (there) return there;
  try {
    return await client.createTranscript(recordingId, signal);
  } catch (error) {
    if (!(error instanceof RecallError) || !MAY_HAVE_ARRIVED.has(error.code)) throw error;
    log.warn(`[transcript] ${recordingId}: ${error.code}; looking whether one is being made`);
    const made = await usable();
    if (!made) throw error;
    return made;
  }
}

/** The newest one that is done, else the newest that is being made (a recording can have several). */
export function newestUsable(transcripts: readonly MixedMedia[]): MixedMedia | undefined {
  const newestFirst = transcripts.toSorted(
    (one, other) => (timeOf(other.createdAt) || 0) - (timeOf(one.createdAt) || 0),
  );
  return (
    newestFirst.find(({ status }) => status?.code === 'done') ??
    newestFirst.find(({ status }) => status?.code === 'processing')
  );
}
