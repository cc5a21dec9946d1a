import type { Clock } from '../network/clock.ts';

/** Differences below this are those of clocks that are right, and of answers that took their time. */
const LEAST_DIFFERENCE_MS = 2 * 60_000;

/**
 * The time by Recall's clock, as the `Date` header of its answers tells it. A computer whose clock is wrong by hours must
 * neither take a recording for expired nor send a bot at another time than was meant.
 */
export class ServerTime {
  #aheadMs = 0;

  /** How far this computer's clock is ahead of Recall's, in ms; negative when it is behind, 0 when it is right. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /**
   * Takes an answer into account.
   *
   * @param date the `Date` header; null, or what is no date, says nothing
   * @param askedAt when the request was sent, and `answeredAt` when the answer was there, in ms since the epoch
   */
  note(date: string | null, askedAt: number, answeredAt: number): void {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    const aheadMs = (askedAt + answeredAt) / 2 - told;
    this.#aheadMs = Math.abs(aheadMs) < LEAST_DIFFERENCE_MS ? 0 : Math.round(aheadMs);
  }

  /** A clock that shows Recall's time as far as it is known, and waits as the given one does. */
  clock(own: Clock): Clock {
    return {
      now: () => own.now() - this.#aheadMs,
      sleep: (ms, signal) => own.sleep(ms, signal),
      schedule: (ms, callback) => own.schedule(ms, callback),
    };
  }
}
