/** Time as the rest of the code sees it, so that tests can run hours in no time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `callback` once after `ms` milliseconds, unless the returned function is called first. */
  schedule(ms: number, callback: () => void): () => void;
}

// Node's timers fire at once when they are asked for more than this, about 25 days.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of this process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        cancelTimer();
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const cancelTimer = scheduleTimer(ms, finish);
      signal?.addEventListener('abort', finish, { once: true });
    });
    signal?.throwIfAborted();
  },
  schedule: scheduleTimer,
};

function scheduleTimer(ms: number, callback: () => void): () => void {
  let left = ms;
  let timer: NodeJS.Timeout;
  const startNext = (): void => {
    const part = Math.min(left, LONGEST_TIMER_MS);
    left -= part;
    timer = setTimeout(left > 0 ? startNext : callback, part);
  };
  startNext();
  return () => {
    clearTimeout(timer);
  };
}
