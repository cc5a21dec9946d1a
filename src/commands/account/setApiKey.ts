import { askForApiKey } from './apiKeyFlow.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Set API Key. Asks even when called by a script: a key must not travel through command arguments. */
export function setApiKey(parts: Pick<Parts, 'keys' | 'transport' | 'log'>): CommandHandler {
  return async () => {
    await askForApiKey(parts);
  };
}
