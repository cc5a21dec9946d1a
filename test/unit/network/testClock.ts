import type { Clock } from '../../../src/network/clock.ts';

/** A clock whose waits take no time: each moves the time ahead, and is kept for the test to see. */
export interface TestClock extends Clock {
  /** Every wait so far, in ms. */
  readonly waits: readonly number[];
  /** How many scheduled calls have neither happened nor been cancelled. */
  readonly scheduled: () => number;
  /** Runs what is scheduled, as if its time had come. */
  fire(): void;
}

/** Makes such a clock. @param start ms since the epoch */
export function createTestClock(start = Date.parse('2026-03-02T09:00:00Z')): TestClock {
  let now = start;
  const waits: number[] = [];
  const scheduled = new Set<() => void>();
  return {
    waits,
    scheduled: () => scheduled.size,
    fire: () => {
      const due = [...scheduled];
      scheduled.clear();
      for (const callback of due) callback();
    },
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
      await Promise.resolve();
      signal?.throwIfAborted();
    },
    schedule: (_ms, callback) => {
      scheduled.add(callback);
      return () => scheduled.delete(callback);
    },
  };
}
