import { ensureApiKey } from '../account/apiKeyFlow.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Refresh Bots. */
export function refreshBots(parts: Pick<Parts, 'list' | 'keys' | 'transport' | 'log'>): CommandHandler {
  return async (caller) => {
    if (caller.kind === 'person' && !(await ensureApiKey(parts))) return;
    await parts.list.refresh();
  };
}
