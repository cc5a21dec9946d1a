import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { isScheduled, newestStatus, isOver } from './botStore.ts';
import type { MediaVerdict } from './mediaReadiness.ts';

/** Bounds of the watcher. Times in ms. */
export interface WatcherLimits {
  /** Between two looks at live bots while the window is focused. */
  readonly focusedMs: number;
  /** The same while it is not focused but shows the view. */
  readonly visibleMs: number;
  /** The same while it does neither. */
  readonly backgroundMs: number;
  /** Between two looks at an MP3 that Recall is making. Grows with the time that it takes. */
  readonly processingMs: number;
  /** Between two looks at what the polling window found. */
  readonly readMs: number;
  /** Between two looks for bots that other windows follow, while this one follows none. */
  readonly idleMs: number;
  /** At least this often the lease is renewed. */
  readonly renewMs: number;
  /** Never two rounds of requests within this. */
  readonly leastGapMs: number;
  /** For each page of the live bots, the pause before the list is asked for again is at least this long. */
  readonly pageMs: number;
  readonly maxPages: number;
  readonly maxRequestsPerMinute: number;
  /** Longest wait after failures; also of a bot that does not start. */
  readonly longestMs: number;
  /** An MP3 that is not there after this long is given up. */
  readonly givenUpAfterMs: number;
  /** Told "no such bot" for this long, and at least three times, the watcher believes it. */
  readonly forgottenAfterMs: number;
}

/** The bounds in the product. */
export const DEFAULT_WATCHER_LIMITS: WatcherLimits = {
  // With the time that the answers take, a change is seen within ten seconds.
  focusedMs: 9_700,
  visibleMs: 30_000,
  backgroundMs: 60_000,
  processingMs: 5_000,
  readMs: 10_000,
  idleMs: 60_000,
  renewMs: 15_000,
  leastGapMs: 2_000,
  pageMs: 2_500,
  maxPages: 20,
  maxRequestsPerMinute: 50,
  longestMs: 5 * 60_000,
  givenUpAfterMs: 60 * 60_000,
  forgottenAfterMs: 15_000,
};

/** A followed bot. Times in ms since the epoch. */
export interface WatchedBot {
  readonly botId: string;
  /** When following began in this window. */
  readonly since: number;
  /** As found last; undefined before the first answer. */
  bot: Bot | undefined;
  askedAt: number;
  /** Failures of its own in a row, such as an unreadable answer. */
  failures: number;
  /** "No such bot" in a row, and since when. */
  notFound: number;
  notFoundSince: number;
  /** When its end was noticed. */
  endedAt: number | undefined;
  /** What the other windows were told last. */
  shared: string | undefined;
  /** Artifacts that are being made, with the recording of each. */
  readonly waitingFor: Map<string, string>;
  /** What became of the other artifacts. */
  readonly settled: Map<string, MediaVerdict>;
}

/** How much a window is looked at. */
export type Attention = 'focused' | 'visible' | 'background';

/** Which kind of asking a bot needs. `unknown`: followed, but not seen yet since the start. */
export type WatchStage = 'unknown' | 'waiting' | 'live' | 'ended';

/** A blank entry for a bot whose following begins. */
export function newWatchedBot(
  botId: string,
  bot: Bot | undefined,
  since: number,
  askedAt: number,
): WatchedBot {
  return {
    botId,
    since,
    bot,
    askedAt,
    failures: 0,
    notFound: 0,
    notFoundSince: 0,
    endedAt: undefined,
    shared: undefined,
    waitingFor: new Map(),
    settled: new Map(),
  };
}

/** Which kind of asking the bot needs. */
export function stageOf({ bot }: WatchedBot): WatchStage {
  if (!bot) return 'unknown';
  if (isOver(bot)) return 'ended';
  const newest = newestStatus(bot);
  return isScheduled(bot) || newest === undefined || newest === 'ready' ? 'waiting' : 'live';
}

const STARTS_WITHIN_MS = 10 * 60_000;
const STARTS_LATE_WITHIN_MS = 2 * 60 * 60_000;
const SOON_DONE_MS = 2 * 60_000;
const LATE_DONE_MS = 10 * 60_000;

/** How fast a window asks at the moment. */
export interface Pace {
  /** Between two looks at live bots, in ms. */
  readonly liveMs: number;
  /** Factor for every pause, so that windows and computers do not fall into step: a little below 1, more after a 429. */
  readonly stretch: number;
}

/** Between two looks at live bots, in ms. @param cost requests that a look takes */
export function livePause(limits: WatcherLimits, attention: Attention, cost: number): number {
  const pause = { focused: limits.focusedMs, visible: limits.visibleMs, background: limits.backgroundMs };
  return Math.max(pause[attention], cost * limits.pageMs);
}

/** When the bot is to be asked about next, in ms since the epoch. */
export function dueAt(watched: WatchedBot, limits: WatcherLimits, now: number, pace: Pace): number {
  const stage = stageOf(watched);
  const startsAt = stage === 'waiting' ? startOf(watched) : Number.NEGATIVE_INFINITY;
  const pause = stagePause(watched, stage, limits, now, pace.liveMs) * pace.stretch;
  return Math.max(startsAt, watched.askedAt + afterFailures(pause, watched.failures, limits));
}

function afterFailures(pause: number, failures: number, limits: WatcherLimits): number {
  return failures === 0 ? pause : Math.max(pause, Math.min(limits.longestMs, pause * 2 ** failures));
}

function stagePause(
  watched: WatchedBot,
  stage: WatchStage,
  limits: WatcherLimits,
  now: number,
  liveMs: number,
): number {
  if (stage === 'ended') return processingPause(now - (watched.endedAt ?? now), limits);
  if (stage !== 'waiting') return liveMs;
  const late = now - startOf(watched);
  if (late < STARTS_WITHIN_MS) return liveMs;
  return Math.max(liveMs, late < STARTS_LATE_WITHIN_MS ? limits.backgroundMs : limits.longestMs);
}

function startOf({ bot, since }: WatchedBot): number {
  const joinAt = timeOf(bot?.joinAt);
  return Number.isFinite(joinAt) ? joinAt : since;
}

function processingPause(tookMs: number, limits: WatcherLimits): number {
  if (tookMs < SOON_DONE_MS) return limits.processingMs;
  return tookMs < LATE_DONE_MS ? limits.processingMs * 3 : limits.processingMs * 12;
}
