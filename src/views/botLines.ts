import type { BotList } from '../bots/botList.ts';
import type { BotStore, KnownBot } from '../bots/botStore.ts';
import { byDay } from '../descriptions/botDays.ts';
import type { BotDay } from '../descriptions/botDays.ts';
import { isBlank, passesFilter, readFilter } from '../descriptions/botFilter.ts';
import { mp3sOf } from '../media/botMp3s.ts';
import type { Clock } from '../network/clock.ts';
import { BotNode, DayNode, LoadMoreNode, RecordingNode } from './treeNodes.ts';
import type { TreeNode } from './treeNodes.ts';

/** With more bots than this they stand by days, unless somebody chose otherwise. */
const MOST_WITHOUT_DAYS = 30;

/** What decides about the lines. */
export interface BotLinesParts {
  readonly store: BotStore;
  readonly list: BotList;
  readonly clock: Clock;
  /** Whether somebody wants the bots by days; undefined when nobody has said so. */
  readonly byDayChosen: () => boolean | undefined;
  /** The name that bots get here by default. */
  readonly defaultBotName: () => string;
}

/** The lines as they were put together last. */
interface Lines {
  /** How many there would be without a filter. */
  readonly looked: number;
  readonly bots: readonly KnownBot[];
  readonly botIds: ReadonlySet<string>;
  /** By their ids; undefined when the bots do not stand by days. */
  readonly days: ReadonlyMap<string, BotDay> | undefined;
  readonly dayIdOfBot: ReadonlyMap<string, string>;
}

/** Which lines the tree has, and which stands below which. */
export class BotLines {
  readonly #parts: BotLinesParts;
  readonly #bots = new Map<string, BotNode>();
  readonly #days = new Map<string, DayNode>();
  readonly #loadMore = new LoadMoreNode();
  #filterText = '';
  #filter = readFilter('');
  #isSearching = false;
  #hadMany = false;
  #lines: Lines | undefined;

  constructor(parts: BotLinesParts) {
    this.#parts = parts;
  }

  /** The text that bots have to match; empty when all are shown. */
  get filter(): string {
    return this.#filterText;
  }

  /** Whether bots are left out. */
  get isFiltered(): boolean {
    return !isBlank(this.#filter);
  }

  /** Whether bots that are not loaded yet are being looked through. */
  get isSearching(): boolean {
    return this.#isSearching;
  }

  /** How many bots have a line. */
  get botCount(): number {
    return this.#current().bots.length;
  }

  /** How many bots would have a line without a filter. */
  get lookedCount(): number {
    return this.#current().looked;
  }

  /** Whether the bots stand by days. */
  get isByDay(): boolean {
    return this.#current().days !== undefined;
  }

  /** @throws BadFilterError, and then leaves the filter as it was */
  setFilter(text: string): void {
    this.#filter = readFilter(text);
    this.#filterText = text.trim();
    this.changed();
  }

  setSearching(isSearching: boolean): void {
    this.#isSearching = isSearching;
  }

  /** Has the lines put together anew when they are asked for next. */
  changed(): void {
    this.#lines = undefined;
  }

  /** Whether a change of these bots makes one of them appear or go. */
  movesAny(botIds: readonly string[]): boolean {
    // Without a filter that takes a change of the list.
    if (!this.isFiltered) return false;
    const { botIds: shown } = this.#current();
    return botIds.some((botId) => this.#passes(this.#parts.store.get(botId)) !== shown.has(botId));
  }

  /** Whether the bot has a line. */
  shows(botId: string): boolean {
    return this.#current().botIds.has(botId);
  }

  /** The line of a bot; the same one each time. */
  ofBot(botId: string): BotNode {
    const node = this.#bots.get(botId) ?? new BotNode(botId);
    this.#bots.set(botId, node);
    return node;
  }

  /** The lines of these bots that were shown. */
  drawn(botIds: readonly string[]): BotNode[] {
    return botIds.flatMap((botId) => this.#bots.get(botId) ?? []);
  }

  top(): TreeNode[] {
    const { bots, days } = this.#current();
    const nodes: TreeNode[] = days
      ? [...days.keys()].map((dayId) => this.#ofDay(dayId))
      : bots.map(({ bot }) => this.ofBot(bot.id));
    if (this.#offersMore()) nodes.push(this.#loadMore);
    return nodes;
  }

  below(node: TreeNode): TreeNode[] {
    if (node instanceof DayNode) return (this.day(node)?.bots ?? []).map(({ bot }) => this.ofBot(bot.id));
    return node instanceof BotNode ? this.recordingsOf(node) : [];
  }

  /** As `BotDay.id`; undefined when the bots do not stand by days, or this one not among them. */
  dayIdOf(botId: string): string | undefined {
    return this.#current().dayIdOfBot.get(botId);
  }

  above(node: TreeNode): TreeNode | undefined {
    if (node instanceof RecordingNode) return node.bot;
    const dayId = node instanceof BotNode ? this.dayIdOf(node.botId) : undefined;
    return dayId === undefined ? undefined : this.#ofDay(dayId);
  }

  /** The day of a line; undefined when there is none such any more. */
  day({ dayId }: DayNode): BotDay | undefined {
    return this.#current().days?.get(dayId);
  }

  /** Whether a day shows its bots before anybody opened it: those of these days, and the newest that there is. */
  isOpen({ id, isRecent }: BotDay): boolean {
    const [first] = this.#current().days?.keys() ?? [];
    return isRecent || this.isFiltered || id === first;
  }

  /** The bot's recordings and their parts, when there are several. */
  recordingsOf(node: BotNode): RecordingNode[] {
    const known = this.#parts.store.get(node.botId);
    const mp3s = known ? mp3sOf(known, []) : [];
    return mp3s.length > 1 ? mp3s.map((mp3) => new RecordingNode(node, mp3)) : [];
  }

  #offersMore(): boolean {
    return this.#parts.list.state.hasMore && !(this.isFiltered && this.#isSearching);
  }

  #ofDay(dayId: string): DayNode {
    const node = this.#days.get(dayId) ?? new DayNode(dayId);
    this.#days.set(dayId, node);
    return node;
  }

  #passes(known: KnownBot | undefined): boolean {
    if (known === undefined || known.record.hidden) return false;
    const { clock, defaultBotName } = this.#parts;
    return passesFilter(known, this.#filter, { now: clock.now(), defaultName: defaultBotName() });
  }

  #current(): Lines {
    this.#lines ??= this.#putTogether();
    return this.#lines;
  }

  #putTogether(): Lines {
    const { store, clock, byDayChosen } = this.#parts;
    const all = store.list();
    // Once they stand by days, they do not jump back because one was taken away.
    if (all.length === 0) this.#hadMany = false;
    this.#hadMany ||= all.length > MOST_WITHOUT_DAYS;
    const bots = all.filter((known) => this.#passes(known));
    const days = (byDayChosen() ?? this.#hadMany) ? byDay(bots, clock.now()) : undefined;
    return {
      looked: all.length,
      bots,
      botIds: new Set(bots.map(({ bot }) => bot.id)),
      days: days && new Map(days.map((day) => [day.id, day])),
      dayIdOfBot: new Map(days?.flatMap((day) => day.bots.map(({ bot }) => [bot.id, day.id] as const))),
    };
  }
}
