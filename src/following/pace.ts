import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { isScheduled, newestStatus, isOver } from '../bots/botStore.ts';
import type { MediaVerdict } from '../media/mediaReadiness.ts';

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
  /** Between the begin of a try that failed and that of the next, at most, where the failure may pass by itself. */
  readonly retryMs: number;
  /** The same for other failures; also the pause of a bot that does not start. */
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
  // Even with the ten seconds in which other windows read what was found, this stays within a minute.
  retryMs: 45_000,
  longestMs: 5 * 60_000,
  givenUpAfterMs: 60 * 60_000,
  forgottenAfterMs: 15_000,
};

/** A bot that is asked about. Times in ms since the epoch. */
export interface WatchedBot {
  readonly botId: string;
  /** Whether its end is told; else somebody looks at it, and that is all. */
  readonly isFollowed: boolean;
  /** When following began in this window. */
  since: number;
  /** As found last; undefined before the first answer. */
  bot: Bot | undefined;
  /** When an answer about it came last, or a failure of its own. */
  askedAt: number;
  /** When it was asked about last, with whatever result. */
  triedAt: number;
  /** Since when asking about it fails while the API answers otherwise; undefined when it does not fail. */
  failingSince: number | undefined;
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

/** A blank entry for a bot that is asked about from now on. */
export function newWatchedBot(
  start: Pick<WatchedBot, 'botId' | 'isFollowed' | 'bot' | 'since' | 'askedAt'>,
): WatchedBot {
  return {
    ...start,
    triedAt: 0,
    failingSince: undefined,
    notFound: 0,
    notFoundSince: 0,
    endedAt: undefined,
    shared: undefined,
    waitingFor: new Map(),
    settled: new Map(),
  };
}

/** Takes back what lies ahead of now, since the computer's clock was put back. */
export function clampTo(now: number, watched: WatchedBot): void {
  watched.since = Math.min(watched.since, now);
  watched.askedAt = Math.min(watched.askedAt, now);
  watched.triedAt = Math.min(watched.triedAt, now);
  if (watched.notFound > 0) watched.notFoundSince = Math.min(watched.notFoundSince, now);
  if (watched.failingSince !== undefined) watched.failingSince = Math.min(watched.failingSince, now);
  if (watched.endedAt !== undefined) watched.endedAt = Math.min(watched.endedAt, now);
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
const LASTING_FAILURE_MS = 60 * 60_000;

/** How fast a window asks at the moment. */
export interface Pace {
  /** Between two looks at live bots, in ms. */
  readonly liveMs: number;
  /** Factor for pauses: above 1 after a 429. No pause gets longer than that of a window in the background by it. */
  readonly stretch: number;
  /** Factor for every pause, a little below 1, so that windows and computers do not fall into step. */
  readonly jitter: number;
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
  const { askedAt, failingSince } = watched;
  const pause =
    failingSince === undefined
      ? stretched(stagePause(watched, stage, limits, now, pace.liveMs), limits, pace)
      : failingPause(askedAt - failingSince, limits);
  return Math.max(startsAt, askedAt + pause * pace.jitter);
}

function stretched(pause: number, limits: WatcherLimits, { stretch }: Pace): number {
  return Math.max(pause, Math.min(pause * stretch, limits.backgroundMs));
}

/** As long again as it failed so far: what passes by itself is noticed soon, and what does not is asked about seldom. */
function failingPause(failedForMs: number, limits: WatcherLimits): number {
  const longest = failedForMs < LASTING_FAILURE_MS ? limits.retryMs : limits.longestMs;
  return Math.min(longest, Math.max(2 * limits.processingMs, failedForMs));
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
  // Once it has begun, the list of live bots tells it by the way.
  if (!watched.isFollowed && watched.notFound === 0) return Math.max(liveMs, limits.backgroundMs);
  const late = now - startOf(watched);
  if (late < STARTS_WITHIN_MS) return liveMs;
  return Math.max(liveMs, late < STARTS_LATE_WITHIN_MS ? limits.backgroundMs : limits.longestMs);
}

/** Whether there is something to see of the bot by now. */
export function hasBegun(watched: WatchedBot, now: number): boolean {
  return stageOf(watched) !== 'waiting' || startOf(watched) <= now;
}

function startOf({ bot, since }: WatchedBot): number {
  const joinAt = timeOf(bot?.joinAt);
  return Number.isFinite(joinAt) ? joinAt : since;
}

function processingPause(tookMs: number, limits: WatcherLimits): number {
  if (tookMs < SOON_DONE_MS) return limits.processingMs;
  return tookMs < LATE_DONE_MS ? limits.processingMs * 3 : limits.processingMs * 12;
}
