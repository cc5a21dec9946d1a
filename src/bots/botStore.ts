import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { isFinalStatus } from '../recall/statusWords.ts';
import { blankRecord } from './botRecords.ts';
import type { BotRecord } from './botRecords.ts';
import { ChangeSource } from '../state/changes.ts';

/** A bot as far as it is known here: what the API told last, and what this computer adds. */
export interface KnownBot {
  readonly bot: Bot;
  readonly record: BotRecord;
}

/**
 * What changed in the store: single bots, or only who took part in their meetings, which no line shows, or which bots
 * there are and in which order.
 */
export type BotStoreChange =
  { readonly kind: 'bots' | 'people'; readonly botIds: readonly string[] } | { readonly kind: 'list' };

/** Where a bot stands in the list: what goes on first, then what will, then what is over. */
export type BotGroup = 'live' | 'scheduled' | 'over';

/** All bots known in this window, by id. Tells only of real changes; knows neither network nor disk. */
export class BotStore {
  readonly #bots = new Map<string, KnownBot>();
  readonly #unfinished = new Map<string, KnownBot>();
  readonly #waitingRecords = new Map<string, BotRecord>();
  readonly #source = new ChangeSource<BotStoreChange>();

  /** Tells of every change that a view would show. */
  readonly changes = this.#source.changes;

  /** The bot with this id; undefined when it is not known here. */
  get(botId: string): KnownBot | undefined {
    return this.#bots.get(botId);
  }

  /** The bots to show, live ones first, then scheduled ones by their time, then the rest, newest first. */
  list(): KnownBot[] {
    return [...this.#bots.values()]
      .filter((known) => !known.record.hidden)
      .map((known) => ({ known, group: botGroup(known.bot), time: botTime(known) }))
      .sort(comparePlaces)
      .map(({ known }) => known);
  }

  /** The live bots to show, in no order. Costs nothing for those that are over. */
  live(): KnownBot[] {
    return this.unfinished().filter(({ bot }) => botGroup(bot) === 'live');
  }

  /** The live and the scheduled bots to show, in no order. Costs nothing for those that are over. */
  unfinished(): KnownBot[] {
    return [...this.#unfinished.values()].filter((known) => !known.record.hidden);
  }

  /** How many bots are known, those that are not shown included. */
  get size(): number {
    return this.#bots.size;
  }

  /** Whether there is no bot to show. */
  get isEmpty(): boolean {
    for (const known of this.#bots.values()) if (!known.record.hidden) return false;
    return true;
  }

  /**
   * Takes in what the API told. Pre-signed URLs are dropped here: they must not be kept. An answer that comes after a
   * newer one changes nothing.
   */
  put(bots: readonly Bot[]): void {
    this.#change(
      bots.map((bot) => {
        const known = this.#bots.get(bot.id);
        return {
          bot: known ? newerAnswer(withoutUrls(bot), known.bot) : withoutUrls(bot),
          record: known?.record ?? blankRecord(bot.id),
        };
      }),
    );
  }

  /** Takes in a changed record; of a bot that is not known it is kept for the moment that the bot turns up. */
  putRecord(record: BotRecord): void {
    const known = this.#bots.get(record.botId);
    if (known) this.#change([{ bot: known.bot, record }]);
    else this.#waitingRecords.set(record.botId, record);
  }

  /** Forgets bots that no longer exist. */
  remove(botIds: readonly string[]): void {
    const removed = botIds.filter((botId) => this.#bots.delete(botId));
    for (const botId of removed) this.#unfinished.delete(botId);
    if (removed.length > 0) this.#source.tell({ kind: 'list' });
  }

  /** Forgets everything, for another account or region. */
  clear(): void {
    this.#bots.clear();
    this.#unfinished.clear();
    this.#waitingRecords.clear();
    this.#source.tell({ kind: 'list' });
  }

  #change(entries: readonly KnownBot[]): void {
    const changed: string[] = [];
    let listChanged = false;
    let onlyPeopleChanged = true;
    for (const entry of entries) {
      const botId = entry.bot.id;
      const record = this.#waitingRecords.get(botId) ?? entry.record;
      this.#waitingRecords.delete(botId);
      const before = this.#bots.get(botId);
      const after = { bot: entry.bot, record };
      if (before && JSON.stringify(before) === JSON.stringify(after)) continue;
      this.#bots.set(botId, after);
      if (isOver(after.bot)) this.#unfinished.delete(botId);
      else this.#unfinished.set(botId, after);
      changed.push(botId);
      listChanged ||= before === undefined || isElsewhere(before, after);
      // Who took part stands in records; an answer of the API makes a new bot.
      onlyPeopleChanged &&= before?.bot === after.bot && isSameButForPeople(before.record, record);
    }
    if (changed.length === 0) return;
    const kind = onlyPeopleChanged ? 'people' : 'bots';
    this.#source.tell(listChanged ? { kind: 'list' } : { kind, botIds: changed });
  }
}

/** Which part of the list the bot belongs to. */
export function botGroup(bot: Bot): BotGroup {
  if (isOver(bot)) return 'over';
  return isScheduled(bot) ? 'scheduled' : 'live';
}

/** Whether the bot is shut down and nothing about it will change but its media. */
export function isOver(bot: Bot): boolean {
  return bot.statusChanges.some((change) => isFinalStatus(change.code));
}

/** Whether the bot waits for its time: it has a time to join and has not begun. */
export function isScheduled(bot: Bot): boolean {
  return bot.joinAt !== undefined && bot.statusChanges.every((change) => change.code === 'ready');
}

/** The code of the newest status change; undefined when there is none yet. */
export function newestStatus(bot: Bot): string | undefined {
  return bot.statusChanges.at(-1)?.code;
}

/**
 * The time that stands for the bot in the list, as the API has none of its making: its time to join while scheduled,
 * else its first status change, its first recording, the time it was sent from here.
 *
 * @returns milliseconds since the epoch; `-Infinity` when nothing tells
 */
export function botTime({ bot, record }: KnownBot): number {
  // Being ready for its time is nothing that a scheduled bot does.
  const begun = bot.statusChanges.find(({ code }) => code !== 'ready') ?? bot.statusChanges[0];
  const first = [
    isScheduled(bot) ? bot.joinAt : begun?.createdAt,
    ...[bot.recordings[0]?.createdAt, bot.joinAt, record.sentAt],
  ];
  return first.map(timeOf).find((time) => Number.isFinite(time)) ?? Number.NEGATIVE_INFINITY;
}

const GROUP_ORDER: Record<BotGroup, number> = { live: 0, scheduled: 1, over: 2 };

/** A bot and what its place in the list depends on. */
interface Place {
  readonly known: KnownBot;
  readonly group: BotGroup;
  readonly time: number;
}

function comparePlaces(a: Place, b: Place): number {
  if (a.group !== b.group) return GROUP_ORDER[a.group] - GROUP_ORDER[b.group];
  if (a.time !== b.time) return a.group === 'scheduled' ? a.time - b.time : b.time - a.time;
  return a.known.bot.id < b.known.bot.id ? -1 : 1;
}

function isElsewhere(before: KnownBot, after: KnownBot): boolean {
  return (
    before.record.hidden !== after.record.hidden ||
    botGroup(before.bot) !== botGroup(after.bot) ||
    botTime(before) !== botTime(after)
  );
}

function isSameButForPeople(before: BotRecord, after: BotRecord): boolean {
  return JSON.stringify({ ...before, people: after.people }) === JSON.stringify(after);
}

/** Status changes are only ever added: an answer whose newest one is older was given earlier. */
function newerAnswer(answer: Bot, known: Bot): Bot {
  if (timeOf(answer.statusChanges.at(-1)?.createdAt) < timeOf(known.statusChanges.at(-1)?.createdAt))
    return known;
  // Recall clears the meeting URL some days after the call, and titles with the media; what it told before still holds.
  const isCleared = Object.values(answer.meeting).every((part) => part === undefined || part === '');
  const titles = new Map(known.recordings.map(({ id, title }) => [id, title]));
  return {
    ...answer,
    meeting: isCleared ? known.meeting : answer.meeting,
    recordings: answer.recordings.map((recording) => ({
      ...recording,
      title: recording.title ?? titles.get(recording.id),
    })),
  };
}

function withoutUrls(bot: Bot): Bot {
  return {
    ...bot,
    recordings: bot.recordings.map((recording) => ({
      ...recording,
      participantsUrl: undefined,
      speakerTimelineUrl: undefined,
      media: Object.fromEntries(
        Object.entries(recording.media).map(([word, item]) => [word, { ...item, downloadUrl: undefined }]),
      ),
    })),
  };
}
