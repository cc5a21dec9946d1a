import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

/** Recall: Show Log. */
export function showLog({ log }: Pick<Parts, 'log'>): CommandHandler {
  return () => {
    log.show();
    return Promise.resolve(undefined);
  };
}
