import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { RecallError } from '../recall/errors.ts';
import type { RecallErrorCode } from '../recall/errors.ts';
import { newestStatus } from '../bots/botStore.ts';
import { shortcutOf, wasAskedFor } from './kinds.ts';
import { TRANSCRIPT } from './kinds/transcript.ts';
import { isExpired, isRecorded, judgeMissingItem, newestUsable } from './mediaReadiness.ts';

/** After these the request may have done its work, although no answer said so. */
const MAY_HAVE_ARRIVED: ReadonlySet<RecallErrorCode> = new Set([
  'network',
  'timeout',
  'serverError',
  'unexpectedAnswer',
  'conflict',
]);
/** What somebody can mend in the dashboard. For an hour Recall may answer the same order with the same refusal. */
const REFUSED: ReadonlySet<RecallErrorCode> = new Set(['creditUsedUp', 'invalidRequest']);
const MINUTE_MS = 60_000;
const RATE_LIMIT_TRIES = 5;
const RATE_LIMIT_PAUSE_MS = 15_000;
const LONGEST_RATE_LIMIT_PAUSE_MS = 120_000;

/** What asking for a transcript needs. */
export interface TranscriptionParts {
  readonly client: Pick<RecallClient, 'listMedia' | 'createTranscript'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The transcript of a recording that is there or being made; else has Recall make one, which costs money. It is never
 * asked for twice: after an answer that got lost, the list of the recording's transcripts says whether one is being made.
 *
 * @throws RecallError, or the signal's reason
 */
export async function transcribe(
  parts: TranscriptionParts,
  recordingId: string,
  signal?: AbortSignal,
): Promise<MediaItem> {
  const listed = (): Promise<MediaItem[]> => parts.client.listMedia(TRANSCRIPT.word, recordingId, signal);
  const before = await listed();
  const there = newestUsable(before);
  if (there) return there;
  try {
    return await orderUnlessRefused(parts, recordingId, before.length, signal);
  } catch (error) {
    if (!(error instanceof RecallError) || !MAY_HAVE_ARRIVED.has(error.code)) throw error;
    parts.log.warn(`[transcript] ${recordingId}: ${error.code}; looking whether one is being made`);
    const made = newestUsable(await listed());
    if (!made) throw error;
    return made;
  }
}

/** @param before how many transcripts of the recording there are already */
async function orderUnlessRefused(
  parts: TranscriptionParts,
  recordingId: string,
  before: number,
  signal: AbortSignal | undefined,
): Promise<MediaItem> {
  // Of two windows that ask at the same time, Recall hears the same order twice.
  const key = `transcript-${recordingId}-${before}`;
  try {
    return await order(parts, recordingId, key, signal);
  } catch (error) {
    if (!(error instanceof RecallError) || !REFUSED.has(error.code)) throw error;
    // Perhaps this is the refusal of an earlier try. One that was refused made nothing, so that another one costs nothing.
    const minute = Math.floor(parts.clock.now() / MINUTE_MS);
    return order(parts, recordingId, `${key}-${minute}`, signal);
  }
}

/** Recall takes a few of these a minute. What it put off it has not done. */
async function order(
  { client, clock }: TranscriptionParts,
  recordingId: string,
  idempotencyKey: string,
  signal: AbortSignal | undefined,
): Promise<MediaItem> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.createTranscript(recordingId, idempotencyKey, signal);
    } catch (error) {
      const isPutOff = error instanceof RecallError && error.code === 'rateLimited';
      if (!isPutOff || attempt >= RATE_LIMIT_TRIES) throw error;
      const pauseMs = Math.max(error.retryAfterMs ?? 0, RATE_LIMIT_PAUSE_MS);
      await clock.sleep(Math.min(pauseMs, LONGEST_RATE_LIMIT_PAUSE_MS), signal);
    }
  }
}

/**
 * The recordings of a bot that can be transcribed and, as far as its answer tells, have no transcript yet.
 *
 * @param now milliseconds since the epoch
 */
export function transcribableRecordings(bot: Bot, now: number): Recording[] {
  if (newestStatus(bot) === 'media_expired') return [];
  return bot.recordings.filter((recording) => {
    const told = shortcutOf(TRANSCRIPT, recording);
    const isGone = ['deleted', 'failed'].includes(recording.status?.code ?? '') || isExpired(recording, now);
    if (!isRecorded(bot, recording) || isGone || newestUsable(told ? [told] : [])) return false;
    // One that the bot was asked for may come in the next minutes, and would be paid for a second time.
    const isAskedFor = told === undefined && wasAskedFor(TRANSCRIPT, bot) === true;
    return !isAskedFor || judgeMissingItem(TRANSCRIPT, bot, recording, now).kind !== 'wait';
  });
}
