import { ensureApiKey } from './apiKeyFlow.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

/** Recall: Refresh Bots. */
export function refreshBots(parts: Pick<Parts, 'list' | 'keys' | 'transport' | 'log'>): CommandHandler {
  return async (caller) => {
    if (caller.kind === 'person' && !(await ensureApiKey(parts))) return;
    await parts.list.refresh();
  };
}
