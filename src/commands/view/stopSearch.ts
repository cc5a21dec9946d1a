import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Stop Search. */
export function stopSearch({ view }: Pick<Parts, 'view'>): CommandHandler {
  return () => {
    view.stopSearch();
    return Promise.resolve(undefined);
  };
}
