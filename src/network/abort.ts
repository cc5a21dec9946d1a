import type { Clock } from './clock.ts';

/** Why a request was given up by us and not by the other side or the user. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/**
 * Runs `work` with a signal that aborts when the user's signal does or after `ms` milliseconds. Ends at that moment,
 * even when `work` does not heed its signal: a `fetch` that still looks for a proxy may not. Leaves no timer and no
 * listener behind.
 *
 * @throws TimedOutError when the time ran out, the signal's reason when it aborted, else what `work` throws
 */
export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const ending = new AbortController();
  const onCancel = (): void => {
    ending.abort(signal?.reason);
  };
  const cancelTimer = clock.schedule(ms, () => {
    ending.abort(new TimedOutError(`No complete answer within ${Math.round(ms / 1000)} s`));
  });
  signal?.addEventListener('abort', onCancel, { once: true });
  try {
    return await orAborted(work(ending.signal), ending.signal);
  } catch (error) {
    // Also what the work throws then is for the same reason.
    ending.signal.throwIfAborted();
    throw error;
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', onCancel);
  }
}

/**
 * Waits for work that cannot be stopped, but no longer than until the signal aborts. What the work throws after that is
 * dropped.
 *
 * @throws the signal's reason when it aborts, else what `work` throws
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** A signal for work that nobody can stop. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/**
 * Waits for work that goes on by itself, but no longer than `ms` milliseconds.
 *
 * @returns whether the work is over
 * @throws what the work throws while it is waited for
 */
export async function waitBriefly(clock: Clock, ms: number, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await withTimeout(clock, ms, undefined, work);
    return true;
  } catch (error) {
    if (error instanceof TimedOutError) return false;
    throw error;
  }
}
