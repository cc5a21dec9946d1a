import { backoffMs } from '../network/backoff.ts';
import { RecallError } from '../recall/errors.ts';
import type { RecallErrorCode } from '../recall/errors.ts';
import type { WatcherLimits } from './pace.ts';
import type { WatchNote } from './lease.ts';

const LONGEST_ORDERED_WAIT_MS = 60 * 60_000;
const MOST_STRETCH = 8;

// Somebody has to do something about these. All others may be gone the next time.
const LASTING = new Set<RecallErrorCode>([
  'creditUsedUp',
  'badSetting',
  'foreignHost',
  'invalidRequest',
  'notAllowed',
]);

/** A wait, kept by its length: when the computer's clock is put back, it does not get longer. Times in ms. */
interface Wait {
  readonly from: number;
  readonly ms: number;
}

const NO_WAIT: Wait = { from: 0, ms: 0 };

/** When asking is allowed at all, after what happened so far. Times in ms since the epoch. */
export class WatcherPatience {
  readonly #limits: WatcherLimits;
  readonly #random: () => number;
  #failures = 0;
  #ordered = NO_WAIT;
  #retry = NO_WAIT;
  /** When a sign was or is followed by a try last. */
  #hopedAt = 0;

  /** When anything was asked for last. */
  askedAt = 0;
  /** When live bots were asked about last. */
  listAskedAt = 0;
  lastSuccessAt: number | undefined;
  /** Factor for all pauses: above 1 while the API finds us too fast. */
  stretch = 1;

  constructor(limits: WatcherLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Before when nothing may be asked, as the API ordered. */
  get notBefore(): number {
    return endOf(this.#ordered);
  }

  /** When asking is allowed again. */
  askableAt(): number {
    return Math.max(this.notBefore, endOf(this.#retry), this.askedAt + this.#limits.leastGapMs);
  }

  /** A round got answers. */
  succeeded(now: number): void {
    this.#failures = 0;
    this.#retry = NO_WAIT;
    this.stretch = Math.max(1, this.stretch * 0.8);
    this.lastSuccessAt = now;
  }

  /**
   * A round failed as a whole.
   *
   * @param beganAt when it began: a try that took long, up to its time-out, is followed by the next one the sooner
   */
  failed(error: unknown, beganAt: number, now: number): void {
    const { focusedMs, retryMs, longestMs } = this.#limits;
    const isLasting = error instanceof RecallError && LASTING.has(error.code);
    const bounds = { baseMs: 2 * focusedMs, capMs: isLasting ? longestMs : retryMs, spread: 0.25 };
    this.#retry = { from: beganAt, ms: backoffMs(this.#failures, bounds, this.#random) };
    this.#failures++;
    if (!(error instanceof RecallError)) return;
    if (error.code === 'rateLimited') this.stretch = Math.min(MOST_STRETCH, this.stretch * 2);
    if (error.retryAfterMs === undefined) return;
    // Who is too fast waits as long as ordered. How long trouble will last is a guess, and not believed for long.
    const longestOrderMs = error.code === 'rateLimited' ? LONGEST_ORDERED_WAIT_MS : longestMs;
    // A little later than asked, at random, so that all who were told the same second do not return in it.
    const orderedMs = Math.min(longestOrderMs, error.retryAfterMs) * (1 + 0.1 * this.#random()) + 500;
    this.#ordered = later(this.#ordered, { from: now, ms: orderedMs });
  }

  /**
   * A sign that what failed may work again: it may be tried at once, though not with every one of many signs. What the
   * API ordered still holds.
   */
  hope(now: number): void {
    this.#failures = 0;
    const triesAt = Math.max(now, this.#hopedAt + this.#limits.focusedMs);
    if (triesAt >= endOf(this.#retry)) return;
    this.#retry = { from: now, ms: triesAt - now };
    this.#hopedAt = triesAt;
  }

  /** Another key: what was so far counts no more. */
  startAnew(): void {
    this.#failures = 0;
    this.#retry = NO_WAIT;
    this.#ordered = NO_WAIT;
    this.stretch = 1;
  }

  /** Goes on where another window ended. */
  adopt(note: WatchNote): void {
    this.askedAt = Math.max(this.askedAt, note.askedAt);
    this.listAskedAt = Math.max(this.listAskedAt, note.listAskedAt);
    // An order is the last thing that an answer said before nothing more was asked.
    const ordered = { from: note.askedAt, ms: Math.max(0, note.notBefore - note.askedAt) };
    this.#ordered = later(this.#ordered, ordered);
    this.lastSuccessAt = Math.max(this.lastSuccessAt ?? 0, note.lastSuccessAt ?? 0) || undefined;
  }

  /** Keeps the waits sensible when the computer's clock was put back. */
  clampTo(now: number): void {
    this.askedAt = Math.min(this.askedAt, now);
    this.listAskedAt = Math.min(this.listAskedAt, now);
    this.#hopedAt = Math.min(this.#hopedAt, now + this.#limits.focusedMs);
    this.#retry = noLaterThan(now, this.#retry);
    this.#ordered = noLaterThan(now, this.#ordered);
  }
}

function endOf({ from, ms }: Wait): number {
  return from + ms;
}

function later(a: Wait, b: Wait): Wait {
  return endOf(b) > endOf(a) ? b : a;
}

function noLaterThan(now: number, { from, ms }: Wait): Wait {
  return { from: Math.min(from, now), ms };
}
