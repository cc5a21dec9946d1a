const MINUTE_MS = 60_000;

/** Counts requests so that no minute, wherever it begins, sees more than allowed. */
export class RequestBudget {
  readonly #perMinute: number;
  #times: number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** The times of the requests of the last minute, in ms since the epoch. */
  times(now: number): readonly number[] {
    // A time ahead of now comes from a clock that was put back since.
    this.#times = this.#times.filter((time) => time > now - MINUTE_MS && time <= now);
    return this.#times;
  }

  /** Counts the requests of another window too. */
  adopt(times: readonly number[]): void {
    const isNew = inExcessOf(this.#times);
    this.#times = [...this.#times, ...times.filter(isNew)].toSorted((a, b) => a - b);
  }

  /** How many requests are left now. */
  left(now: number): number {
    return this.#perMinute - this.times(now).length;
  }

  /** Counts a request made now, if it is allowed. @returns whether it is */
  take(now: number): boolean {
    if (this.left(now) <= 0) return false;
    this.#times.push(now);
    return true;
  }

  /** When the next request is allowed, in ms since the epoch. */
  freeAt(now: number): number {
    const times = this.times(now);
    const oldest = times[times.length - this.#perMinute];
    return oldest === undefined ? now : oldest + MINUTE_MS;
  }
}

/** Tells for one time after the other whether it is one more of its kind than `known` has. */
function inExcessOf(known: readonly number[]): (time: number) => boolean {
  const left = new Map<number, number>();
  for (const time of known) left.set(time, (left.get(time) ?? 0) + 1);
  return (time) => {
    const count = left.get(time) ?? 0;
    left.set(time, count - 1);
    return count <= 0;
  };
}
