import * as vscode from 'vscode';
import { messages } from '../../host/messages.ts';
import { asError } from '../../network/failure.ts';
import type { BotQuestion, PickBotParts } from './botPicker.ts';
import { botNameFor, botTargets } from './botTarget.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';
import { SeveralFailedError } from './severalFailed.ts';
import { errorCode } from './showError.ts';

/** What the commands work with that change a bot at Recall. */
export type BotActionParts = Pick<Parts, 'client' | 'store' | 'list' | 'wholeAccount' | 'clock' | 'log'>;

/** Something that is done with bots at Recall. */
export interface BotAction {
  /** Which bots are offered to a person, and how they are asked for. */
  question(): BotQuestion;
  /** Whether a person says yes to it. A script is not asked. */
  isAgreed(botIds: readonly string[]): Promise<boolean>;
  act(botId: string): Promise<void>;
}

/** A command that does something with the bots that it is called for. */
export function botAction(parts: PickBotParts, action: BotAction): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, action.question());
    if (!botIds || (caller.kind === 'person' && !(await action.isAgreed(botIds)))) return;
    await withEach(parts, botIds, (botId) => action.act(botId));
  };
}

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

/** What came of doing the same with each of several. */
interface Settled<Item, Result> {
  /** In the order of the items that succeeded. */
  readonly results: readonly Result[];
  readonly failures: readonly { readonly item: Item; readonly reason: unknown }[];
}

/** Does the same with each item. Each goes its way to the end, whatever becomes of the others. Never throws. */
export async function settleEach<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Settled<Item, Result>> {
  const outcomes = await Promise.all(
    items.map(async (item) => {
      try {
        return { result: await act(item) };
      } catch (reason) {
        return { failure: { item, reason } };
      }
    }),
  );
  return {
    results: outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : [])),
    failures: outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : [])),
  };
}

/**
 * Does the same with each bot, to the end.
 *
 * @throws what `act` throws; of several bots SeveralFailedError
 */
export async function withEach(
  parts: Pick<Parts, 'store'>,
  botIds: readonly string[],
  act: (botId: string) => Promise<void>,
): Promise<void> {
  const { failures } = await settleEach(botIds, act);
  const [first] = failures;
  if (!first) return;
  const names = failures.map(({ item }) => botNameFor(parts, item));
  throw botIds.length > 1 ? namingBots(first.reason, names) : asError(first.reason);
}

/** Lets the error of some of several bots say which they are. @param names at least one */
export function namingBots(reason: unknown, names: readonly string[]): Error {
  const error = asError(reason);
  const code = errorCode(error);
  // Backing out is told in words of its own, and the unexpected in the log.
  return code === 'cancelled' || code === 'unexpected' ? error : new SeveralFailedError(error, code, names);
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
