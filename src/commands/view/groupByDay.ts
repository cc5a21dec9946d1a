import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Group Bots by Day, Recall: Show Bots as a List. */
export function groupByDay({ view }: Pick<Parts, 'view'>, byDay: boolean): CommandHandler {
  return async () => {
    await view.groupByDay(byDay);
  };
}
