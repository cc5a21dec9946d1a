import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { canBeHad, mp3sOf } from './botMp3s.ts';
import type { BotMp3 } from './botMp3s.ts';
import { isRecorded } from './mediaReadiness.ts';
import { blankRecord } from '../bots/botRecords.ts';
import type { BotRecord, SavedMedia } from '../bots/botRecords.ts';

const SOON_MS = 24 * 60 * 60_000;

/**
 * When Recall deletes an MP3 within a day that is not on this computer; undefined when it deletes none.
 *
 * @param mp3s those of this bot to look at
 * @param now milliseconds since the epoch, as is the result
 */
export function nextLoss(bot: Bot, mp3s: readonly BotMp3[], now: number): number | undefined {
  const lost = mp3s.filter(
    (mp3) => mp3.saved === undefined && canBeHad(bot, mp3, now) && isRecorded(bot, mp3.recording),
  );
  return nextWithinADay(
    lost.map(({ recording }) => timeOf(recording?.expiresAt)),
    now,
  );
}

/** When Recall deletes those of a bot's recordings that have an MP3 or may get one. @param now ms since the epoch */
export function expiriesOf(bot: Bot, now: number): BotRecord['expiries'] {
  const mp3s = mp3sOf({ bot, record: blankRecord(bot.id) }, []);
  return mp3s
    .filter((mp3) => canBeHad(bot, mp3, now))
    .flatMap(({ recordingId, recording }) => {
      const time = timeOf(recording?.expiresAt);
      return Number.isFinite(time) ? [{ recordingId, expiresAt: new Date(time).toISOString() }] : [];
    });
}

/**
 * As `nextLoss`, of a bot of which only the record is at hand.
 *
 * @param onDisk those of the saved MP3s that are still there
 * @param now milliseconds since the epoch, as is the result
 */
export function nextNotedLoss(
  { expiries, parts }: BotRecord,
  onDisk: readonly SavedMedia[],
  now: number,
): number | undefined {
  const isHere = (recordingId: string): boolean => {
    const here = onDisk.filter((mp3) => mp3.recordingId === recordingId).map(({ artifactId }) => artifactId);
    const found = parts.filter((part) => part.recordingId === recordingId);
    return here.length > 0 && found.every(({ artifactId }) => here.includes(artifactId));
  };
  const lost = expiries.filter(({ recordingId }) => !isHere(recordingId));
  return nextWithinADay(
    lost.map(({ expiresAt }) => timeOf(expiresAt)),
    now,
  );
}

function nextWithinADay(times: readonly number[], now: number): number | undefined {
  const next = times.filter((time) => time > now && time - now < SOON_MS);
  return next.length === 0 ? undefined : Math.min(...next);
}
