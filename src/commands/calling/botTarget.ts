import * as vscode from 'vscode';
import { botLabel } from '../../bots/meetingTitle.ts';
import { settings } from '../../host/settings.ts';
import { isBotId } from '../../recall/botId.ts';
import { pickBot } from './botPicker.ts';
import type { BotQuestion, PickBotParts } from './botPicker.ts';
import type { Caller } from './caller.ts';
import { InvalidArgumentError } from './caller.ts';
import type { Parts } from './parts.ts';

/**
 * The bots that a command is about: the tree's selection, the id that a script gave, or what the person picks. A person
 * may also type or paste the id of a bot that is not in the list.
 *
 * @returns undefined when the person backed out
 */
export async function botTargets(
  caller: Caller,
  parts: PickBotParts,
  question: BotQuestion,
): Promise<readonly string[] | undefined> {
  if (caller.kind === 'script') return [readBotId(caller.argument)];
  // A recording stands for its bot, which may be selected beside it.
  if (caller.nodes.length > 0) return [...new Set(caller.nodes.map((node) => node.botId))];
  const picked = await pickBot(parts, question);
  return picked === undefined ? undefined : [picked];
}

/** The question for commands that suit any bot. */
export function anyBot(title: string): BotQuestion {
  return { title, offers: () => true };
}

/** What a bot is called in messages. */
export function botNameFor(parts: Pick<Parts, 'store'>, botId: string): string {
  const known = parts.store.get(botId);
  return known ? botLabel(known, settings.botName()) : botId;
}

/** The id of a bot that a script gave. Throws InvalidArgumentError. */
export function readBotId(argument: unknown): string {
  const botId = typeof argument === 'string' ? argument.trim() : '';
  if (!isBotId(botId))
    throw new InvalidArgumentError(vscode.l10n.t('The argument has to be the ID of a bot.'));
  return botId;
}
