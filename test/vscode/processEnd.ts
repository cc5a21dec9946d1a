import { constants } from 'node:os';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cleanUp` when this process ends, also when a signal asks it to and nobody else answers that signal. What
 * was registered last runs first: a program ends before the folder that it writes to is removed.
 * @param cleanUp must be synchronous
 * @returns a function that takes the registration back
 */
export function atProcessEnd(cleanUp: () => void): () => void {
  process.prependListener('exit', cleanUp);
  for (const signal of endingSignals) process.on(signal, endOnSignal);
  let registered = true;
  return () => {
    if (!registered) return;
    registered = false;
    process.removeListener('exit', cleanUp);
    for (const signal of endingSignals) process.removeListener(signal, endOnSignal);
  };
}

/** Somebody else who listens decides how and when the process ends. */
function endOnSignal(signal: (typeof endingSignals)[number]): void {
  const alone = process.listeners(signal).every((listener) => listener === endOnSignal);
  if (alone) process.exit(128 + constants.signals[signal]);
}
