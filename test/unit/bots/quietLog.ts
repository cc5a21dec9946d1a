import type { Log } from '../../../src/network/log.ts';

/** A log that keeps what it is told from warnings on. */
export interface QuietLog extends Log {
  readonly warnings: readonly string[];
}

/** Makes such a log. */
export function quietLog(): QuietLog {
  const warnings: string[] = [];
  const ignore = (): void => {
    // Tests look at warnings only.
  };
  const keep = (message: string): void => {
    warnings.push(message);
  };
  return { warnings, trace: ignore, debug: ignore, info: ignore, warn: keep, error: keep };
}
