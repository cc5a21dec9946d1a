import { noJitterGenerator } from 'cockatiel';

/** Bounds of a back-off. Times in milliseconds. */
export interface BackoffLimits {
  readonly baseMs: number;
  readonly capMs: number;
  /** The part of each wait that is left to chance, above 0 and up to 1; all of it when left out. */
  readonly spread?: number;
}

/**
 * The wait before try number `attempt` (0 = the first retry), with jitter: evenly spread below
 * `min(cap, base * 2^attempt)`, down to 0 unless a smaller spread is asked for, so that many clients that failed
 * together do not come back together. The jitter is drawn here and not by the library, whose randomness cannot be
 * injected.
 *
 * @param random a number in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(attempt: number, limits: BackoffLimits, random: () => number): number {
  const [ceiling] = noJitterGenerator(attempt, {
    generator: noJitterGenerator,
    initialDelay: limits.baseMs,
    maxDelay: limits.capMs,
    exponent: 2,
  });
  const { spread = 1 } = limits;
  return Math.round((1 - spread + spread * random()) * ceiling);
}
