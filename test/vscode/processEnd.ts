import { constants } from 'node:os';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is to be done at the end, the first registered first. One listener does it for all of them. */
const registered: { readonly cleanUp: () => void }[] = [];

/**
 * Runs `cleanUp` when this process ends, also when a signal asks it to and nobody else answers that signal. What
 * was registered last runs first: a program ends before the folder that it writes to is removed.
 * @param cleanUp must be synchronous
 * @returns a function that takes the registration back
 */
export function atProcessEnd(cleanUp: () => void): () => void {
  if (registered.length === 0) {
    process.prependListener('exit', cleanUpAll);
    for (const signal of endingSignals) process.on(signal, endOnSignal);
  }
  const registration = { cleanUp };
  registered.push(registration);
  return () => {
    const index = registered.indexOf(registration);
    if (index < 0) return;
    registered.splice(index, 1);
    if (registered.length > 0) return;
    process.removeListener('exit', cleanUpAll);
    for (const signal of endingSignals) process.removeListener(signal, endOnSignal);
  };
}

function cleanUpAll(): void {
  for (const { cleanUp } of registered.toReversed()) cleanUp();
}

/** Somebody else who listens decides how and when the process ends. */
function endOnSignal(signal: (typeof endingSignals)[number]): void {
  const alone = process.listeners(signal).every((listener) => listener === endOnSignal);
  if (alone) process.exit(128 + constants.signals[signal]);
}
