import type { Clock } from '../network/clock.ts';
import type { DownloadErrorCode } from './errors.ts';

/** How far a download is. Bytes count from the start of the file, times are in ms. */
export type DownloadProgress =
  | {
      readonly kind: 'receiving';
      readonly receivedBytes: number;
      /** Undefined when the server did not announce a length. */
      readonly totalBytes: number | undefined;
      /** Undefined until it can be told. */
      readonly bytesPerSecond: number | undefined;
      /** Undefined until it can be told. */
      readonly remainingMs: number | undefined;
      /** Where this download went on from; 0 when it began anew. */
      readonly resumedFromBytes: number;
    }
  | {
      readonly kind: 'waiting';
      /** When the next try begins, in milliseconds since the epoch. */
      readonly untilMs: number;
      readonly reason: DownloadErrorCode;
      readonly receivedBytes: number;
      readonly totalBytes: number | undefined;
    }
  | {
      readonly kind: 'verifying';
      readonly receivedBytes: number;
      readonly totalBytes: number | undefined;
    };

/** Passes reports on, but never two within an interval: a report that comes too early waits, and the latest wins. */
export class ProgressThrottle {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #report: (progress: DownloadProgress) => void;
  #latest: DownloadProgress | undefined;
  #stopTimer: (() => void) | undefined;
  #nextMs = -Infinity;

  constructor(clock: Clock, intervalMs: number, report: (progress: DownloadProgress) => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#report = report;
  }

  /** Whether a report made now would be passed on at once. */
  isOpen(now: number): boolean {
    return now >= this.#nextMs;
  }

  offer(progress: DownloadProgress): void {
    this.#latest = progress;
    if (this.#stopTimer) return;
    const wait = this.#nextMs - this.#clock.now();
    if (wait > 0)
      this.#stopTimer = this.#clock.schedule(wait, () => {
        this.#pass();
      });
    else this.#pass();
  }

  /** Drops what waits. */
  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#latest = undefined;
  }

  #pass(): void {
    this.#stopTimer = undefined;
    if (!this.#latest) return;
    const progress = this.#latest;
    this.#latest = undefined;
    this.#nextMs = this.#clock.now() + this.#intervalMs;
    this.#report(progress);
  }
}

const WINDOW_MS = 5_000;
const SHORTEST_MS = 1_000;

/** Tells the rate of the last five seconds. */
export class RateMeter {
  #marks: { readonly at: number; readonly bytes: number }[] = [];

  /** Forgets everything: the rate before a pause says nothing about the one after. */
  reset(): void {
    this.#marks = [];
  }

  /**
   * Notes how far we are and tells the rate.
   *
   * @returns bytes per second; undefined before a second has passed
   */
  mark(now: number, bytes: number): number | undefined {
    this.#marks.push({ at: now, bytes });
    while ((this.#marks[1]?.at ?? now) <= now - WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0];
    const elapsed = first ? now - first.at : 0;
    if (!first || elapsed < SHORTEST_MS) return undefined;
    return Math.max(0, ((bytes - first.bytes) * 1000) / elapsed);
  }
}
