import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Load More Bots: the line at the end of the tree. */
export function loadMoreBots({ view }: Pick<Parts, 'view'>): CommandHandler {
  return async () => {
    await view.loadMore();
  };
}
