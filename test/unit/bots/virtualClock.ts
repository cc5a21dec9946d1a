import type { Clock } from '../../../src/network/clock.ts';

interface Timer {
  at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is moved; timers fire in their order as it moves past them. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #turns: number;
  #now: number;
  #order = 0;

  /**
   * @param startAt milliseconds since the epoch
   * @param turns of the event loop that everything gets to come to rest before the time moves on
   */
  constructor(startAt: number, turns = 1) {
    this.#now = startAt;
    this.#turns = turns;
  }

  /** How many timers wait. */
  get timerCount(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  schedule(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const cancel = this.schedule(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      if (signal?.aborted) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Moves on by `ms`, firing what comes due, and lets everything that it sets off come to rest. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await rest(this.#turns);
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.callback();
      await rest(this.#turns);
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Sets the clock as a laptop's sleep or a person does: timers keep the waits that they have left. */
  jump(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const isSooner = !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order);
      if (timer.at <= end && isSooner) first = timer;
    }
    return first;
  }
}

/** Lets all promises that can settle without a timer settle. @param turns of the event loop that this may take */
export async function rest(turns = 1): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
