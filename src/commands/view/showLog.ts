import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Show Log. */
export function showLog({ log }: Pick<Parts, 'log'>): CommandHandler {
  return () => {
    log.show();
    return Promise.resolve(undefined);
  };
}
