import type { Clock } from './clock.ts';

/** Subscribes to signs that what was away may be back: the API answers again, the window gains the focus. */
export type Signs = (listener: () => void) => { dispose(): void };

/** For what waits its whole time. */
export const noSigns: Signs = () => ({ dispose: () => undefined });

/** What a wait that may end early works with. */
export interface SignsCollaborators {
  readonly clock: Clock;
  readonly signs: Signs;
}

// A computer that slept is noticed this soon after it woke. Timers stand still while it sleeps.
const LOOK_AT_CLOCK_MS = 5_000;
const JUMP_MS = 5_000;

/**
 * Waits, but not longer than until a sign comes, or the clock jumped ahead, as it does when a computer wakes.
 *
 * @param ms the longest wait
 * @returns what ended the wait
 * @throws the signal's reason when it aborts
 */
export async function sleepUntilSign(
  { clock, signs }: SignsCollaborators,
  ms: number,
  signal: AbortSignal,
): Promise<'time' | 'sign'> {
  const sign = new AbortController();
  const tell = (): void => {
    sign.abort();
  };
  const subscription = signs(tell);
  const stopWatching = watchForJump(clock, tell);
  try {
    await clock.sleep(ms, AbortSignal.any([signal, sign.signal]));
    return 'time';
  } catch (error) {
    if (signal.aborted || !sign.signal.aborted) throw error;
    return 'sign';
  } finally {
    stopWatching();
    subscription.dispose();
  }
}

/**
 * Calls `onJump` once, when more time has gone by than was waited: the computer slept.
 *
 * @returns a function that ends this
 */
export function watchForJump(clock: Clock, onJump: () => void): () => void {
  let stop: () => void;
  const lookLater = (): void => {
    const startedAt = clock.now();
    stop = clock.schedule(LOOK_AT_CLOCK_MS, () => {
      if (clock.now() - startedAt > LOOK_AT_CLOCK_MS + JUMP_MS) onJump();
      else lookLater();
    });
  };
  lookLater();
  return () => {
    stop();
  };
}
