import type { Log } from '../network/log.ts';

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Tells news to listeners. What one makes of them is its own affair: a view that fails must not end the following. */
export function tellListeners(log: Log, tell: () => void): void {
  try {
    tell();
  } catch (error) {
    log.error(`[watch] A listener failed: ${messageOf(error)}`);
  }
}
