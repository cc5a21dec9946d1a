import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';

// Recall's own time-out when the bot was not sent with another (Recall docs, "Automatic Leaving").
const DEFAULT_TIMEOUT_SECONDS = 1200;
// Google Meet ends the wait by itself.
const PLATFORM_LIMIT_SECONDS: Readonly<Record<string, number>> = { google_meet: 600 };

/**
 * How long a bot will still wait to be admitted.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds, at least 0; undefined when it is not known when the wait began
 */
export function waitingRoomLeftMs(bot: Bot, now: number): number | undefined {
  const since = timeOf(bot.statusChanges.at(-1)?.createdAt);
  if (!Number.isFinite(since)) return undefined;
  const own = bot.waitingRoomTimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const limit = PLATFORM_LIMIT_SECONDS[bot.meeting.platform ?? ''] ?? Number.POSITIVE_INFINITY;
  return Math.max(0, since + Math.min(own, limit) * 1000 - now);
}
