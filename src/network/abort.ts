import type { Clock } from './clock.ts';

/** Why a request was given up by us and not by the other side or the user. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/**
 * Runs `work` with a signal that aborts when the user's signal does or after `ms` milliseconds.
 *
 * @throws TimedOutError when the time ran out, else what `work` throws
 */
export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = new AbortController();
  const cancelTimer = clock.schedule(ms, () => {
    timer.abort(new TimedOutError(`No complete answer within ${Math.round(ms / 1000)} s`));
  });
  try {
    return await work(signal ? AbortSignal.any([signal, timer.signal]) : timer.signal);
  } catch (error) {
    const reason: unknown = timer.signal.reason;
    throw timer.signal.aborted && signal?.aborted !== true ? reason : error;
  } finally {
    cancelTimer();
  }
}
