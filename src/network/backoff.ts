import { noJitterGenerator } from 'cockatiel';

/** Bounds of a back-off. Both in milliseconds. */
export interface BackoffLimits {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * The wait before try number `attempt` (0 = the first retry), with full jitter: evenly spread between 0 and
 * `min(cap, base * 2^attempt)`, so that many clients that failed together do not come back together. The jitter is
 * drawn here and not by the library, whose randomness cannot be injected.
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
  return Math.round(random() * ceiling);
}
