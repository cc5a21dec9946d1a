import { constants } from 'node:os';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cleanUp` when this process exits or is asked to by a signal, whatever happens before that.
 * @param cleanUp must be synchronous and must not throw
 * @returns a function that takes the registration back
 */
export function atProcessEnd(cleanUp: () => void): () => void {
  const handlers = endingSignals.map((signal) => ({
    signal,
    handle: (): void => {
      forget();
      cleanUp();
      // Somebody else who listens decides how the process ends.
      if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
    },
  }));
  const exit = (): void => {
    forget();
    cleanUp();
  };
  const forget = (): void => {
    process.removeListener('exit', exit);
    for (const { signal, handle } of handlers) process.removeListener(signal, handle);
  };
  process.on('exit', exit);
  for (const { signal, handle } of handlers) process.on(signal, handle);
  return forget;
}
