import * as vscode from 'vscode';
import type { KnownBot } from '../../bots/botStore.ts';
import { peopleOf } from '../../bots/people.ts';
import { dayInFull } from '../../descriptions/botDays.ts';
import { describeWithoutLooking } from '../../descriptions/botDescription.ts';
import type { FilterSurroundings } from '../../descriptions/botFilter.ts';
import { passesFilter, readFilterSoFar } from '../../descriptions/botFilter.ts';
import { peopleLine } from '../../descriptions/peopleLine.ts';
import { withoutIcons } from '../../host/plainText.ts';
import { settings } from '../../host/settings.ts';
import { formatCount } from '../../language/formats.ts';
import { isBotId } from '../../recall/botId.ts';
import type { Subscription } from '../../state/changes.ts';
import type { Parts } from './parts.ts';
import { errorSentence, showError } from './showError.ts';

/** What picking a bot needs. */
export type PickBotParts = Pick<Parts, 'store' | 'list' | 'wholeAccount' | 'clock' | 'log'>;

/** How a person is asked for a bot. */
export interface BotQuestion {
  readonly title: string;
  /** What is said of a choice that is smaller than all bots. */
  readonly placeholder?: string;
  /** Which of the known bots are offered. */
  readonly offers: (known: KnownBot) => boolean;
}

/** VS Code gets the whole list anew at each key. Who sees more than these types another word. */
const MOST_SHOWN = 300;

const SHORTEST_ID = 8;

/** A line of the picker. What has no bot is for what one can do instead. */
interface PickerLine extends vscode.QuickPickItem {
  readonly botId?: string;
  readonly searches?: boolean;
}

/**
 * Lets a person pick a bot by its title, day, people, and whatever else the filter knows, or type the id of one that is
 * not in the list. The account's further bots are loaded when the person wants them.
 *
 * @returns undefined when the person backed out
 */
export async function pickBot(parts: PickBotParts, question: BotQuestion): Promise<string | undefined> {
  const picker = new BotPicker(parts, question);
  try {
    return await picker.pick();
  } finally {
    picker.dispose();
  }
}

class BotPicker {
  readonly #parts: PickBotParts;
  readonly #question: BotQuestion;
  readonly #picker = vscode.window.createQuickPick<PickerLine>();
  readonly #owned: Subscription[] = [this.#picker];
  readonly #search = new AbortController();
  #isSearching = false;
  /** The text that the lines were shown for last. */
  #shownFor = '';
  /** The line that is the active one of lines that VS Code may not have drawn yet; undefined once it has. */
  #expected: PickerLine | undefined;

  constructor(parts: PickBotParts, question: BotQuestion) {
    this.#parts = parts;
    this.#question = question;
  }

  pick(): Promise<string | undefined> {
    const { store, list } = this.#parts;
    const picker = this.#picker;
    picker.title = this.#question.title;
    picker.placeholder =
      this.#question.placeholder ?? vscode.l10n.t('Find a bot by title, person or date, or paste its ID');
    picker.ignoreFocusOut = true;
    const draw = (): void => {
      this.#draw();
    };
    let hadMore = list.state.hasMore;
    this.#owned.push(
      picker.onDidChangeValue(draw),
      picker.onDidChangeActive(() => {
        this.#expected = undefined;
      }),
      store.changes(draw),
      list.changes(({ loading, hasMore }) => {
        picker.busy = loading || this.#isSearching;
        if (hasMore !== hadMore) draw();
        hadMore = hasMore;
      }),
    );
    draw();
    // Not waited for: an id can be typed at once, and the list fills in when it comes.
    if (list.state.loadedAt === undefined) this.#loadFirst();
    return new Promise((resolve) => {
      this.#owned.push(
        picker.onDidAccept(() => {
          // Enter after a quick paste, or while bots come in, is about the lines as they are by now.
          const line = this.#expected ?? picker.selectedItems[0];
          if (line?.searches) {
            this.#searchAll();
            return;
          }
          if (line?.botId !== undefined) resolve(line.botId);
        }),
        picker.onDidHide(() => {
          resolve(undefined);
        }),
      );
      picker.show();
    });
  }

  dispose(): void {
    this.#search.abort();
    for (const owned of this.#owned.toReversed()) owned.dispose();
  }

  #loadFirst(): void {
    this.#picker.busy = true;
    this.#parts.list.refresh().catch((error: unknown) => {
      this.#parts.log.warn(`[bots] the list for the picker could not be loaded: ${String(error)}`);
    });
  }

  #searchAll(): void {
    if (this.#isSearching) return;
    this.#isSearching = true;
    this.#draw();
    this.#parts.wholeAccount
      .load(this.#search.signal)
      .catch((error: unknown) => {
        if (this.#search.signal.aborted) return;
        this.#parts.log.warn(`[bots] the search came to an end: ${String(error)}`);
        showError(error, errorSentence(error));
      })
      .finally(() => {
        this.#isSearching = false;
        if (!this.#search.signal.aborted) this.#draw();
      });
  }

  #draw(): void {
    const { store, list, clock } = this.#parts;
    const picker = this.#picker;
    const now = clock.now();
    const defaultName = settings.botName();
    const filter = readFilterSoFar(picker.value);
    const known = store.list();
    const offered = known.filter(
      (one) => this.#question.offers(one) && passesFilter(one, filter, { now, defaultName }),
    );
    picker.busy = list.state.loading || this.#isSearching;
    this.#show([
      ...offered.slice(0, MOST_SHOWN).map((one) => botLine(one, { now, defaultName })),
      ...(offered.length > MOST_SHOWN ? [moreLine(offered.length - MOST_SHOWN)] : []),
      ...this.#otherLines(offered, known.length),
    ]);
  }

  /** What can be done when the bot is not among them. */
  #otherLines(offered: readonly KnownBot[], looked: number): PickerLine[] {
    const typed = typedBotId(this.#picker.value);
    const isNew = typed !== undefined && !offered.some(({ bot }) => bot.id === typed);
    const search = this.#parts.list.state.hasMore ? [this.#searchLine(looked)] : [];
    if (!isNew) return search;
    return isUuid(typed) ? [typedLine(typed), ...search] : [...search, typedLine(typed)];
  }

  /** The line that the person has come to stays the active one, although others come before it. */
  #show(lines: readonly PickerLine[]): void {
    const picker = this.#picker;
    const isSameText = this.#shownFor === picker.value;
    const before = isSameText ? (this.#expected ?? picker.activeItems[0]) : undefined;
    const same = lines.find((line) => before !== undefined && isSameLine(line, before));
    picker.keepScrollPosition = isSameText;
    picker.items = lines;
    if (same) picker.activeItems = [same];
    this.#expected = same ?? lines[0];
    this.#shownFor = picker.value;
  }

  #searchLine(looked: number): PickerLine {
    const label = this.#isSearching
      ? `$(loading~spin) ${vscode.l10n.t('Searching the whole account… {0} bots so far', formatCount(looked))}`
      : `$(search) ${this.#parts.list.isOfSentFromHere ? vscode.l10n.t('Search all bots sent from VS Code…') : vscode.l10n.t('Search the whole account…')}`;
    return { label, searches: true, alwaysShow: true };
  }
}

/** A word that somebody looks for is no ID, though it could be one. */
function typedBotId(text: string): string | undefined {
  const typed = text.trim();
  return isBotId(typed) && typed.length >= SHORTEST_ID && /\d/.test(typed) ? typed : undefined;
}

/** Whether it can be nothing but the ID of a bot. */
function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** Always shown, since VS Code would not find by words in any order, or without accents. */
function botLine(known: KnownBot, around: FilterSurroundings): PickerLine {
  const described = describeWithoutLooking(known, around);
  return {
    botId: known.bot.id,
    label: `$(${described.icon.codicon}) ${withoutIcons(described.label)}`,
    description: withoutIcons(described.status),
    detail: withoutIcons(
      [dayInFull(known), peopleLine(peopleOf(known))].filter((part) => part !== undefined).join(' · '),
    ),
    alwaysShow: true,
  };
}

function moreLine(count: number): PickerLine {
  return { label: vscode.l10n.t('{0} more: type a word to find one', formatCount(count)), alwaysShow: true };
}

function isSameLine(one: PickerLine, other: PickerLine): boolean {
  return one.botId === other.botId && one.searches === other.searches;
}

function typedLine(botId: string): PickerLine {
  return { botId, label: `$(arrow-right) ${vscode.l10n.t('Use the bot ID {0}', botId)}`, alwaysShow: true };
}
