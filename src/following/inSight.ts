import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import type { BotStore } from '../bots/botStore.ts';
import { isOver } from '../bots/botStore.ts';
import type { SightFiles, SightNews } from './sightFiles.ts';
import { completed } from './watchedBots.ts';
import { messageOf, tellListeners } from './watcherLog.ts';
import { clampTo, hasBegun, newWatchedBot, stageOf } from './pace.ts';
import type { WatchedBot } from './pace.ts';

/** What the bots in sight are kept with. */
export interface BotsInSightCollaborators {
  readonly store: BotStore;
  readonly files: SightFiles;
  readonly clock: Clock;
  readonly log: Log;
  readonly isFollowed: (botId: string) => boolean;
  /** Whether this window shows its list of bots. */
  readonly isListVisible: () => boolean;
  /** Whether a bot of the account belongs into that list. */
  readonly belongsIntoList: (bot: Bot) => boolean;
}

// For so long the others are told of a bot that was seen among the live ones, or found to be gone.
const REMEMBERED_MS = 2 * 60_000;

/**
 * The bots that were sent elsewhere and that somebody looks at: those that are live or about to be, in a list that is
 * visible, in this window or, while it polls, in another one. They are asked about, but their end is not told.
 */
export class BotsInSight {
  readonly #with: BotsInSightCollaborators;
  readonly #bots = new Map<string, WatchedBot>();
  #own: ReadonlySet<string> = new Set();
  #wished: ReadonlySet<string> = new Set();
  readonly #listed = new Map<string, { readonly bot: Bot; readonly at: number }>();
  readonly #gone = new Map<string, number>();
  #askedAt = 0;
  #isClosed = false;

  constructor(collaborators: BotsInSightCollaborators) {
    this.#with = collaborators;
  }

  /** From now on nothing is told to the store: nobody looks any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Those that this window shows, and while it polls those that others show. */
  all(): WatchedBot[] {
    return [...this.#bots.values()].filter((watched) => stageOf(watched) !== 'ended');
  }

  /** Whether another window shows bots that this one is to ask about. */
  get isWished(): boolean {
    return this.#wished.size > 0;
  }

  /** Takes in what this window shows now. @returns whether there is a bot that it did not show before */
  look(): boolean {
    const { isListVisible, isFollowed, store } = this.#with;
    const shown = isListVisible() ? store.unfinished().map(({ bot }) => bot) : [];
    const before = this.#own;
    this.#own = new Set(shown.map(({ id }) => id).filter((botId) => !isFollowed(botId)));
    this.#update();
    return [...this.#own].some((botId) => !before.has(botId));
  }

  /** As the polling window: takes in what the others show. */
  async takeWishes(): Promise<void> {
    await this.#quietly(async () => {
      await this.#with.files.wish([]);
      this.#wished = await this.#with.files.wishes();
    });
    this.#update();
  }

  /** As the polling window: tells the others what is known of the bots that they show. */
  async share(): Promise<void> {
    if (!this.isWished) return;
    const news: SightNews = {
      bots: [
        ...[...this.#bots.values()].flatMap(({ bot }) => bot ?? []),
        ...[...this.#listed.values()].map(({ bot }) => bot).filter(({ id }) => !this.#bots.has(id)),
      ],
      gone: [...this.#gone.keys()],
    };
    await this.#quietly(() => this.#with.files.tell(news));
  }

  /** As a window that does not poll: says what it shows, and takes in what the polling one found. */
  async readOthers(): Promise<void> {
    this.#wished = new Set();
    this.#update();
    await this.#quietly(async () => {
      const now = this.#with.clock.now();
      const begun = this.all().filter((watched) => hasBegun(watched, now));
      await this.#with.files.wish(begun.map(({ botId }) => botId));
      const news = this.#own.size === 0 ? undefined : await this.#with.files.news();
      if (news) this.#take(news);
    });
    this.#update();
  }

  /** Shows nothing more, as the window closes. */
  async leave(): Promise<void> {
    await this.#quietly(() => this.#with.files.wish([]));
  }

  /** Takes in a newer state of a bot in sight. */
  found(watched: WatchedBot, bot: Bot): void {
    this.#askedAt = this.#with.clock.now();
    watched.askedAt = this.#askedAt;
    this.#show([bot]);
    watched.bot = this.#with.store.get(bot.id)?.bot ?? bot;
  }

  /** Takes in bots that came along in a list of live ones. */
  cameAlong(bots: readonly Bot[]): void {
    this.#askedAt = this.#with.clock.now();
    this.#show(bots);
    if (!this.isWished) return;
    for (const bot of bots.filter(({ id }) => !this.#with.isFollowed(id)))
      this.#listed.set(bot.id, { bot, at: this.#askedAt });
  }

  /** Takes a bot that does not exist any more out of sight. */
  forget({ botId }: WatchedBot): void {
    this.#gone.set(botId, this.#with.clock.now());
    this.#change(() => {
      this.#with.store.remove([botId]);
    });
    this.#update();
  }

  /** Keeps the times sensible when the computer's clock was put back. */
  clampTo(now: number): void {
    this.#askedAt = Math.min(this.#askedAt, now);
    for (const watched of this.#bots.values()) clampTo(now, watched);
  }

  #take({ bots, gone }: SightNews): void {
    const { store, isFollowed } = this.#with;
    const others = bots.filter(({ id }) => !isFollowed(id));
    this.#show(others.map((bot) => completed(bot, store.get(bot.id)?.bot)));
    this.#change(() => {
      store.remove(gone);
    });
  }

  /** What the list shows is brought up to date; what has begun since is added, if that is looked for at all. */
  #show(bots: readonly Bot[]): void {
    const { store, belongsIntoList } = this.#with;
    const isNew = (bot: Bot): boolean => this.#own.size > 0 && !isOver(bot) && belongsIntoList(bot);
    this.#change(() => {
      store.put(bots.filter((bot) => store.get(bot.id) !== undefined || isNew(bot)));
    });
  }

  #update(): void {
    const now = this.#with.clock.now();
    for (const [botId, at] of this.#gone) if (now - at > REMEMBERED_MS) this.#gone.delete(botId);
    for (const [botId, { at }] of this.#listed)
      if (!this.isWished || now - at > REMEMBERED_MS) this.#listed.delete(botId);
    const looked = new Set([...this.#own, ...this.#wished]);
    for (const botId of this.#bots.keys())
      if (!looked.has(botId) || this.#with.isFollowed(botId)) this.#bots.delete(botId);
    for (const botId of looked) this.#keep(botId, now);
  }

  #keep(botId: string, now: number): void {
    const { store, isFollowed } = this.#with;
    if (isFollowed(botId) || this.#gone.has(botId)) {
      this.#bots.delete(botId);
      return;
    }
    const bot = store.get(botId)?.bot;
    const watched = this.#bots.get(botId);
    if (!watched) {
      const start = { botId, isFollowed: false, bot, since: now, askedAt: this.#askedAt };
      this.#bots.set(botId, newWatchedBot(start));
    } else if (bot) {
      watched.bot = bot;
    }
  }

  #change(work: () => void): void {
    if (!this.#isClosed) tellListeners(this.#with.log, work);
  }

  /** Following goes on, whatever becomes of bots that are only looked at. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#with.log.warn(`[watch] Bots in sight: ${messageOf(error)}`);
    }
  }
}
