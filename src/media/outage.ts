import { DownloadError, PASSING_CODES } from '../download/errors.ts';
import type { Clock } from '../network/clock.ts';
import { forLog } from '../network/failure.ts';
import type { Log } from '../network/log.ts';
import type { Signs } from '../network/signs.ts';
import { sleepUntilSign } from '../network/signs.ts';
import { RecallError } from '../recall/errors.ts';
import type { RecallErrorCode } from '../recall/errors.ts';
import { ChangeSource } from '../state/changes.ts';

const PASSING_AT_THE_API: ReadonlySet<RecallErrorCode> = new Set<RecallErrorCode>([
  'network',
  'nameNotFound',
  'proxy',
  'timeout',
  'serverError',
  'rateLimited',
]);

/** What may be the error of an outage. */
export type PassingError = DownloadError | RecallError;

/** Whether what a download failed with passes by itself, so that waiting for its end is better than giving up. */
export function passesByItself(error: unknown): error is PassingError {
  if (error instanceof DownloadError) return PASSING_CODES.has(error.code);
  return error instanceof RecallError && PASSING_AT_THE_API.has(error.code);
}

/** What waiting for the end of an outage works with. */
export interface OutageCollaborators {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Tells that what was away may be back. */
  readonly signs: Signs;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 2_000;
// Somebody may still count on the file at any moment, so it comes within a minute of the end of the outage.
const PAUSE_MS = 30_000;
const LONG_AFTER_MS = 30 * 60_000;
const LONGEST_PAUSE_MS = 120_000;
// Those that a sign wakes together try again one after the other.
const APART_MS = 250;

/**
 * The downloads of this window that wait for the end of an outage. The more there are, the longer each waits, so that
 * together they ask hardly more often than one; the first that gets through wakes the others.
 */
export class OutageWaits {
  readonly #with: OutageCollaborators;
  readonly #signs = new ChangeSource<undefined>();
  #waiting = 0;

  constructor(collaborators: OutageCollaborators) {
    this.#with = collaborators;
  }

  /**
   * Does work that may meet an outage, again and again until it comes to an end that does not pass by itself.
   *
   * @param onWait told before each wait
   * @throws what the work throws that does not pass by itself, or the signal's reason
   */
  async sitOut<T>(work: () => Promise<T>, signal: AbortSignal, onWait: () => void): Promise<T> {
    const { clock, log } = this.#with;
    let since: number | undefined;
    for (let failures = 0; ; failures++) {
      let orderedMs: number;
      try {
        const result = await work();
        if (failures > 0) this.#signs.tell(undefined);
        return result;
      } catch (error) {
        signal.throwIfAborted();
        if (!passesByItself(error)) throw error;
        orderedMs = error instanceof RecallError ? (error.retryAfterMs ?? 0) : 0;
        log.info(`[outage] ${failures + 1}: ${forLog(error)}`);
      }
      since ??= clock.now();
      onWait();
      const pauseMs = this.#pauseMs(failures, clock.now() - since);
      await this.#wait(Math.max(pauseMs, Math.min(orderedMs, LONGEST_PAUSE_MS)), signal);
    }
  }

  #pauseMs(failures: number, outageMs: number): number {
    const growing = Math.min(PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    const pause = outageMs < LONG_AFTER_MS ? growing : LONGEST_PAUSE_MS;
    const shared = Math.min(LONGEST_PAUSE_MS, pause * (this.#waiting + 1));
    return shared * (0.75 + 0.25 * this.#with.random());
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#with;
    this.#waiting += 1;
    try {
      const endedBy = await sleepUntilSign({ clock, signs: this.#allSigns }, ms, signal);
      if (endedBy === 'sign' && this.#waiting > 1) {
        await clock.sleep(random() * APART_MS * this.#waiting, signal);
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  readonly #allSigns: Signs = (listener) => {
    const subscriptions = [this.#with.signs(listener), this.#signs.changes(listener)];
    return {
      dispose: () => {
        for (const subscription of subscriptions) subscription.dispose();
      },
    };
  };
}
