import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Show All Bots, Recall: Show Bots Sent from VS Code. */
export function setScope({ view }: Pick<Parts, 'view'>, onlySentFromHere: boolean): CommandHandler {
  return async () => {
    await view.setScope(onlySentFromHere);
  };
}
