import { setImmediate as nextTurn } from 'node:timers/promises';

/** Gathers rejected promises that nobody handles. */
export interface RejectionCollector {
  /** Ends the gathering; returns the reasons, the oldest first. */
  stop(): Promise<unknown[]>;
}

/** Starts gathering, without what VS Code's own code leaves unhandled in the same process. */
export function collectUnhandledRejections(): RejectionCollector {
  // Mocha passes each one on a second time.
  const reasons = new Map<Promise<unknown>, unknown>();
  const collect = (reason: unknown, promise: Promise<unknown>): void => {
    if (!isVsCodesOwn(reason)) reasons.set(promise, reason);
  };
  process.on('unhandledRejection', collect);
  return {
    stop: async () => {
      await nextTurn();
      process.removeListener('unhandledRejection', collect);
      return [...reasons.values()];
    },
  };
}

function isVsCodesOwn(reason: unknown): boolean {
  if (!(reason instanceof Error) || reason.stack === undefined) return false;
  const frames = reason.stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  const located = frames.filter((frame) => !frame.includes('node:'));
  return located.length > 0 && located.every((frame) => frame.includes('extensionHostProcess.js'));
}
