import { isOver } from '../bots/botStore.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import type { BotRecord, BotRecords } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { completed, snapshotName } from './watchedBots.ts';
import type { BotSnapshot, WatchedBots } from './watchedBots.ts';
import { messageOf, tellListeners } from './watcherLog.ts';
import { newWatchedBot, stageOf } from './pace.ts';
import type { WatchedBot } from './pace.ts';

/** What the followed bots are kept with. */
export interface FollowedBotsCollaborators {
  readonly store: BotStore;
  readonly records: BotRecords;
  readonly watchedBots: WatchedBots;
  readonly clock: Clock;
  readonly log: Log;
}

const CLOSED_SNAPSHOTS_STAY_MS = 24 * 60 * 60_000;

/** The bots that all windows follow, and what the windows tell each other about them through small files. */
export class FollowedBots {
  readonly #with: FollowedBotsCollaborators;
  readonly #followed = new Map<string, WatchedBot>();
  readonly #snapshots = new Map<string, 'open' | 'closed'>();
  #isClosed = false;
  #readRevision: number | undefined;
  #revision = 0;

  constructor(collaborators: FollowedBotsCollaborators) {
    this.#with = collaborators;
  }

  /** Whether the bot is followed. */
  has(botId: string): boolean {
    return this.#followed.has(botId);
  }

  /** All followed bots. */
  all(): WatchedBot[] {
    return [...this.#followed.values()];
  }

  /** Grows with every snapshot that this window writes. */
  get revision(): number {
    return this.#revision;
  }

  /** From now on nothing is told to the store, and no end is taken for telling: nobody listens any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Goes on counting where another window ended. */
  adoptRevision(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
  }

  /** Follows again what was followed when the last window was closed. */
  async load(): Promise<void> {
    const records = await this.#with.records.all();
    for (const record of records.filter(isToBeFollowed)) {
      if (this.#followed.has(record.botId)) continue;
      const snapshot = await this.#with.watchedBots.read(snapshotName(record.botId));
      const isOpen = snapshot !== undefined && snapshot.closedAt === undefined;
      this.#add(record, isOpen ? snapshot : undefined);
    }
  }

  /**
   * Follows a bot that is not over and whose end was not told.
   *
   * @returns whether it was not followed before
   * @throws when the record cannot be written
   */
  async follow(bot: Bot): Promise<boolean> {
    if (this.#followed.has(bot.id) || isOver(bot)) return false;
    const record = await this.#with.records.change(bot.id, (before) =>
      before.announced ? {} : { following: true },
    );
    this.#putRecord(record);
    if (record.announced || this.#isClosed || this.#followed.has(bot.id)) return false;
    const now = this.#with.clock.now();
    const known = this.#with.store.get(bot.id)?.bot ?? bot;
    const watched = newWatchedBot({
      ...{ botId: bot.id, isFollowed: true, bot: known },
      since: now,
      askedAt: now,
    });
    this.#followed.set(bot.id, watched);
    await this.#share(watched, undefined);
    return true;
  }

  /**
   * Takes in what other windows found and what they follow.
   *
   * @param revision that of the polling window; undefined when this window polls itself
   */
  async readOthers(revision: number | undefined): Promise<void> {
    const names = await this.#with.watchedBots.names();
    const isNews = revision !== undefined && revision !== this.#readRevision;
    for (const name of names) {
      const known = this.#snapshots.get(name);
      if (known === undefined || (known === 'open' && isNews)) await this.#read(name);
    }
    if (isNews) await this.#dropUnlisted(new Set(names));
    this.#readRevision = revision;
  }

  /** Takes in a newer state of a followed bot, and passes it on. */
  async found(watched: WatchedBot, bot: Bot): Promise<void> {
    this.#put(bot);
    watched.bot = this.#with.store.get(bot.id)?.bot ?? bot;
    watched.askedAt = this.#with.clock.now();
    this.#noteEnd(watched);
    if (this.#followed.has(watched.botId)) await this.#share(watched, undefined);
  }

  /** Takes in what else is known to the store. @returns whether a bot now needs another kind of asking */
  takeFromStore(): boolean {
    let isOtherwise = false;
    for (const watched of this.#followed.values()) {
      const known = this.#with.store.get(watched.botId)?.bot;
      if (!known || known === watched.bot) continue;
      const [stage, joinAt] = [stageOf(watched), watched.bot?.joinAt];
      watched.bot = known;
      this.#noteEnd(watched);
      isOtherwise ||= stageOf(watched) !== stage || known.joinAt !== joinAt;
    }
    return isOtherwise;
  }

  /** Ends following a bot that does not exist any more. */
  async forget(watched: WatchedBot): Promise<void> {
    await this.#with.records.change(watched.botId, () => ({ following: false }));
    this.#followed.delete(watched.botId);
    await this.#with.watchedBots.remove(snapshotName(watched.botId));
    this.#snapshots.delete(snapshotName(watched.botId));
    this.#revision++;
    this.#remove(watched.botId);
  }

  /**
   * Ends following a bot whose end is to be told.
   *
   * @param tell called when it falls to this window to tell it: over all windows that happens once
   */
  async conclude(watched: WatchedBot, tell: () => void): Promise<void> {
    const claim = { isOurs: false };
    const record = await this.#with.records.change(watched.botId, (before) => {
      claim.isOurs = !before.announced && !this.#isClosed;
      return this.#isClosed ? {} : { announced: true, following: false };
    });
    if (this.#isClosed) {
      if (claim.isOurs) await this.#giveBack(watched.botId);
      return;
    }
    this.#followed.delete(watched.botId);
    this.#putRecord(record);
    if (claim.isOurs) tell();
    await this.#share(watched, this.#with.clock.now());
  }

  /** Taken for telling, but closed before it could be told: another window, or the next start, tells it. */
  async #giveBack(botId: string): Promise<void> {
    await this.#with.records.change(botId, () => ({ announced: false, following: true }));
  }

  async #read(name: string): Promise<void> {
    const snapshot = await this.#with.watchedBots.read(name);
    if (!snapshot) return;
    const record = await this.#with.records.get(snapshot.bot.id);
    if (snapshot.closedAt !== undefined || !isToBeFollowed(record)) {
      await this.#readClosed(name, snapshot, record);
      return;
    }
    this.#snapshots.set(name, 'open');
    const watched = this.#followed.get(record.botId);
    if (watched) this.#takeSnapshot(watched, snapshot);
    else this.#add(record, snapshot);
  }

  async #readClosed(name: string, snapshot: BotSnapshot, record: BotRecord): Promise<void> {
    this.#snapshots.set(name, 'closed');
    this.#followed.delete(snapshot.bot.id);
    if (this.#with.store.get(snapshot.bot.id)) {
      this.#putRecord(record);
      this.#putSnapshot(snapshot.bot);
    }
    const age = this.#with.clock.now() - (snapshot.closedAt ?? snapshot.seenAt);
    if (age < CLOSED_SNAPSHOTS_STAY_MS) return;
    await this.#with.watchedBots.remove(name);
    this.#snapshots.delete(name);
  }

  #add(record: BotRecord, snapshot: BotSnapshot | undefined): void {
    const watched = newWatchedBot({
      ...{ botId: record.botId, isFollowed: true, bot: undefined },
      since: this.#with.clock.now(),
      askedAt: 0,
    });
    this.#followed.set(record.botId, watched);
    this.#putRecord(record);
    if (!snapshot) return;
    this.#snapshots.set(snapshotName(record.botId), 'open');
    this.#takeSnapshot(watched, snapshot);
  }

  #takeSnapshot(watched: WatchedBot, snapshot: BotSnapshot): void {
    this.#putSnapshot(snapshot.bot);
    watched.bot = this.#with.store.get(watched.botId)?.bot ?? snapshot.bot;
    watched.askedAt = Math.max(watched.askedAt, snapshot.seenAt);
    watched.shared = JSON.stringify(watched.bot);
    this.#noteEnd(watched);
  }

  #put(bot: Bot): void {
    this.#change(() => {
      this.#with.store.put([bot]);
    });
  }

  #putSnapshot(bot: Bot): void {
    this.#put(completed(bot, this.#with.store.get(bot.id)?.bot));
  }

  #putRecord(record: BotRecord): void {
    this.#change(() => {
      this.#with.store.putRecord(record);
    });
  }

  #remove(botId: string): void {
    this.#change(() => {
      this.#with.store.remove([botId]);
    });
  }

  #change(work: () => void): void {
    if (!this.#isClosed) tellListeners(this.#with.log, work);
  }

  #noteEnd(watched: WatchedBot): void {
    if (stageOf(watched) === 'ended') watched.endedAt ??= this.#with.clock.now();
  }

  async #share(watched: WatchedBot, closedAt: number | undefined): Promise<void> {
    const { bot } = watched;
    const text = JSON.stringify(bot);
    if (!bot || (text === watched.shared && closedAt === undefined)) return;
    const name = snapshotName(watched.botId);
    this.#snapshots.set(name, closedAt === undefined ? 'open' : 'closed');
    try {
      await this.#with.watchedBots.write({ bot, seenAt: watched.askedAt, closedAt });
      watched.shared = text;
      this.#revision++;
    } catch (error) {
      // The other windows see it later; following goes on in this one.
      this.#with.log.warn(`[watch] ${name} could not be written: ${messageOf(error)}`);
    }
  }

  /** Another window no longer follows what has no snapshot any more. */
  async #dropUnlisted(names: ReadonlySet<string>): Promise<void> {
    const unlisted = this.all().filter(({ botId }) => !names.has(snapshotName(botId)));
    for (const { botId } of unlisted) {
      const record = await this.#with.records.get(botId);
      if (isToBeFollowed(record)) continue;
      this.#followed.delete(botId);
      this.#snapshots.delete(snapshotName(botId));
      if (!record.announced) this.#remove(botId);
    }
  }
}

function isToBeFollowed(record: BotRecord): boolean {
  return record.following && !record.announced;
}
