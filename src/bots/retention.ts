import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { canBeHad } from './botMp3s.ts';
import type { BotMp3 } from './botMp3s.ts';

const SOON_MS = 24 * 60 * 60_000;

/** When Recall deletes the first of the bot's recordings, in ms since the epoch; undefined when that is not known. */
export function expiryOf(bot: Bot): number | undefined {
  return earliest(bot.recordings.map((recording) => timeOf(recording.expiresAt)));
}

/**
 * When Recall deletes an MP3 within a day that is not on this computer; undefined when it deletes none.
 *
 * @param mp3s those of this bot to look at
 * @param now milliseconds since the epoch, as is the result
 */
export function nextLoss(bot: Bot, mp3s: readonly BotMp3[], now: number): number | undefined {
  const lost = mp3s.filter((mp3) => mp3.saved === undefined && canBeHad(bot, mp3, now));
  const times = lost.map(({ recording }) => timeOf(recording?.expiresAt));
  return earliest(times.filter((time) => time - now < SOON_MS));
}

function earliest(times: readonly number[]): number | undefined {
  const known = times.filter((time) => Number.isFinite(time));
  return known.length === 0 ? undefined : Math.min(...known);
}
