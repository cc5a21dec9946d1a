import type { Bot, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { SavedMedia } from './botRecords.ts';

const SOON_MS = 24 * 60 * 60_000;

/**
 * When Recall deletes the next of the bot's recordings; undefined when none is known to be deleted any more.
 *
 * @param now milliseconds since the epoch, as is the result; when left out, the past counts too
 */
export function expiryOf(bot: Bot, now = Number.NEGATIVE_INFINITY): number | undefined {
  const times = bot.recordings
    .map((recording) => timeOf(recording.expiresAt))
    .filter((time) => Number.isFinite(time) && time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Whether Recall deletes an MP3 within a day that is not on this computer yet.
 *
 * @param saved what was saved of this bot
 * @param now milliseconds since the epoch
 */
export function expiresSoon(
  bot: Bot,
  saved: readonly Pick<SavedMedia, 'artifactId' | 'recordingId'>[],
  now: number,
): boolean {
  return bot.recordings.some((recording) => {
    const leftMs = timeOf(recording.expiresAt) - now;
    return leftMs > 0 && leftMs < SOON_MS && mayHaveMp3(bot, recording) && !isSaved(recording, saved);
  });
}

function mayHaveMp3(bot: Bot, recording: Recording): boolean {
  const lost = ['failed', 'deleted'];
  const item = recording.audioMixed;
  if (lost.includes(recording.status?.code ?? '') || lost.includes(item?.status?.code ?? '')) return false;
  return item === undefined ? bot.mp3Requested !== false : item.format !== 'raw';
}

/** The API tells one MP3 with the bot itself; of a recording in parts, that one stands for all. */
function isSaved(
  recording: Recording,
  saved: readonly Pick<SavedMedia, 'artifactId' | 'recordingId'>[],
): boolean {
  const itemId = recording.audioMixed?.id;
  return saved.some((mp3) =>
    itemId === undefined ? mp3.recordingId === recording.id : mp3.artifactId === itemId,
  );
}
