import * as vscode from 'vscode';
import { botLabel } from '../../bots/meetingTitle.ts';
import { describeBot } from '../../descriptions/botDescription.ts';
import type { KnownBot } from '../../bots/botStore.ts';
import { withoutIcons } from '../../host/plainText.ts';
import { settings } from '../../host/settings.ts';
import { isBotId } from '../../recall/botId.ts';
import type { Caller } from './caller.ts';
import { InvalidArgumentError } from './caller.ts';
import type { Parts } from './parts.ts';
import { savedOf } from '../../bots/botRecords.ts';
import { furtherKinds } from '../../media/kinds.ts';

/** What picking a bot needs. */
export type PickBotParts = Pick<Parts, 'store' | 'list' | 'clock' | 'log'>;

/** How a person is asked for a bot. */
export interface BotQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Which of the known bots are offered. */
  readonly offers: (known: KnownBot) => boolean;
}

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
  return { title, placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'), offers: () => true };
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

interface BotItem extends vscode.QuickPickItem {
  readonly botId: string;
}

async function pickBot(
  { store, list, clock, log }: PickBotParts,
  question: BotQuestion,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<BotItem>();
  picker.title = question.title;
  picker.placeholder = question.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const draw = (): void => {
    const offered = store
      .list()
      .filter(question.offers)
      .map((known) => botItem(known, clock.now()));
    const typed = picker.value.trim();
    const isNew = isBotId(typed) && !offered.some(({ botId }) => botId === typed);
    picker.items = isNew ? [...offered, typedItem(typed)] : offered;
  };
  const subscriptions = [
    picker,
    picker.onDidChangeValue(draw),
    store.changes(draw),
    list.changes((state) => {
      picker.busy = state.loading;
    }),
  ];
  draw();
  if (list.state.loadedAt === undefined) {
    // Not waited for: an id can be typed at once, and the list fills in when it comes.
    picker.busy = true;
    list.refresh().catch((error: unknown) => {
      log.warn(`[bots] the list for the picker could not be loaded: ${String(error)}`);
    });
  }
  try {
    return await new Promise((resolve) => {
      subscriptions.push(
        picker.onDidAccept(() => {
          // After a quick paste and Enter the line for the pasted id may not be drawn yet.
          const typed = picker.value.trim();
          const botId = picker.selectedItems[0]?.botId ?? (isBotId(typed) ? typed : undefined);
          if (botId !== undefined) resolve(botId);
        }),
        picker.onDidHide(() => {
          resolve(undefined);
        }),
      );
      picker.show();
    });
  } finally {
    for (const subscription of subscriptions.toReversed()) subscription.dispose();
  }
}

function botItem(known: KnownBot, now: number): BotItem {
  const described = describeBot(known, {
    now,
    download: undefined,
    // Not looked for on disk: the list is drawn at each key.
    onDisk: known.record.saved,
    othersOnDisk: new Set(furtherKinds().filter((kind) => savedOf(kind, known.record).length > 0)),
    paused: undefined,
    defaultName: settings.botName(),
  });
  return {
    botId: known.bot.id,
    label: `$(${described.icon.codicon}) ${withoutIcons(described.label)}`,
    description: withoutIcons(described.detail),
    detail: known.bot.id,
  };
}

function typedItem(botId: string): BotItem {
  return { botId, label: `$(arrow-right) ${vscode.l10n.t('Use the bot ID {0}', botId)}`, alwaysShow: true };
}
