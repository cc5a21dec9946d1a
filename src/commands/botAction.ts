import * as vscode from 'vscode';
import { messages } from '../host/messages.ts';
import { botNameFor } from './botTarget.ts';
import type { Parts } from './parts.ts';

/** What the commands work with that change a bot at Recall. */
export type BotActionParts = Pick<Parts, 'client' | 'store' | 'list' | 'clock' | 'log'>;

/** Asks before something that cannot be undone. */
export async function confirm(question: string, button: string): Promise<boolean> {
  return (await messages.ask(question, button)) === button;
}

/** The bot's name, or how many there are. */
export function namesOf(parts: Pick<Parts, 'store'>, botIds: readonly string[]): string {
  const [first] = botIds;
  return botIds.length === 1 && first !== undefined
    ? botNameFor(parts, first)
    : vscode.l10n.t('{0} bots', botIds.length);
}

/** Reads a bot anew after something was done with it. What was done has succeeded, so a failure here is only logged. */
export async function lookAgain(
  { client, store, log }: Pick<Parts, 'client' | 'store' | 'log'>,
  botId: string,
): Promise<void> {
  try {
    store.put([await client.getBot(botId)]);
  } catch (error) {
    log.warn(`[bots] ${botId} could not be read again: ${String(error)}`);
  }
}
