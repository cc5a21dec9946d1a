import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Clear Filter. */
export function clearFilter({ view }: Pick<Parts, 'view'>): CommandHandler {
  return () => {
    view.setFilter('');
    return Promise.resolve(undefined);
  };
}
