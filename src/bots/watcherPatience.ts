import { backoffMs } from '../network/backoff.ts';
import { RecallError } from '../recall/errors.ts';
import type { WatcherLimits } from './watcherPace.ts';
import type { WatchNote } from './watchLease.ts';

const LONGEST_ORDERED_WAIT_MS = 60 * 60_000;
const MOST_STRETCH = 8;

/** When asking is allowed at all, after what happened so far. Times in ms since the epoch. */
export class WatcherPatience {
  readonly #limits: WatcherLimits;
  readonly #random: () => number;
  #failures = 0;
  #notBefore = 0;
  #retryAt = 0;

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
    return this.#notBefore;
  }

  /** When asking is allowed again. */
  askableAt(): number {
    return Math.max(this.#notBefore, this.#retryAt, this.askedAt + this.#limits.leastGapMs);
  }

  /** A round got answers. */
  succeeded(now: number): void {
    this.#failures = 0;
    this.#retryAt = 0;
    this.stretch = Math.max(1, this.stretch * 0.8);
    this.lastSuccessAt = now;
  }

  /** A round failed as a whole. */
  failed(error: unknown, now: number): void {
    const { focusedMs, longestMs } = this.#limits;
    const waitMs = backoffMs(this.#failures, { baseMs: 2 * focusedMs, capMs: longestMs }, this.#random);
    this.#failures++;
    this.#retryAt = now + Math.max(focusedMs, waitMs);
    if (!(error instanceof RecallError)) return;
    if (error.code === 'rateLimited') this.stretch = Math.min(MOST_STRETCH, this.stretch * 2);
    if (error.retryAfterMs === undefined) return;
    // A little later than asked, at random, so that all who were told the same second do not return in it.
    const orderedMs = Math.min(
      LONGEST_ORDERED_WAIT_MS,
      error.retryAfterMs * (1 + 0.1 * this.#random()) + 500,
    );
    this.#notBefore = Math.max(this.#notBefore, now + orderedMs);
  }

  /** Being offline may be over: what failed may be tried again soon. What the API ordered still holds. */
  hope(): void {
    this.#retryAt = Math.min(this.#retryAt, this.askedAt + this.#limits.focusedMs);
  }

  /** Another key: what was so far counts no more. */
  startAnew(): void {
    this.#failures = 0;
    this.#retryAt = 0;
    this.#notBefore = 0;
    this.stretch = 1;
  }

  /** Goes on where another window ended. */
  adopt(note: WatchNote): void {
    this.askedAt = Math.max(this.askedAt, note.askedAt);
    this.listAskedAt = Math.max(this.listAskedAt, note.listAskedAt);
    this.#notBefore = Math.max(this.#notBefore, note.notBefore);
    this.lastSuccessAt = Math.max(this.lastSuccessAt ?? 0, note.lastSuccessAt ?? 0) || undefined;
  }

  /** Keeps the waits sensible when the computer's clock was put back. */
  clampTo(now: number): void {
    this.askedAt = Math.min(this.askedAt, now);
    this.listAskedAt = Math.min(this.listAskedAt, now);
    this.#retryAt = Math.min(this.#retryAt, now + this.#limits.longestMs);
    this.#notBefore = Math.min(this.#notBefore, now + 1.1 * LONGEST_ORDERED_WAIT_MS);
  }
}
