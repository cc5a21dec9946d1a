import { randomUUID } from 'node:crypto';
import type { BotList } from '../bots/botList.ts';
import type { BotRecords } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { nodeStateFiles } from '../state/stateFiles.ts';
import { BotWatcher } from '../following/watcher.ts';
import type { WatchHealth } from '../following/health.ts';
import { WatchLease } from '../following/lease.ts';
import { WatchedBots } from '../following/watchedBots.ts';
import { SightFiles } from '../following/sightFiles.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Signs } from '../network/signs.ts';
import type { Bot } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { settings } from './settings.ts';
import { ChangeSource } from '../state/changes.ts';
import type { NoMediaError } from '../media/mediaErrors.ts';
import { DisposableList } from './disposables.ts';

/** The window, as far as following depends on it. */
export interface WindowAttention {
  readonly isFocused: () => boolean;
  readonly onDidChangeFocus: (listener: () => void) => { dispose(): void };
  readonly isViewVisible: () => boolean;
  readonly onDidChangeVisibility: (listener: () => void) => { dispose(): void };
}

/** What a watcher is made of, beside the account's own files. */
export interface FollowingParts {
  readonly client: RecallClient;
  readonly store: BotStore;
  readonly list: BotList;
  readonly records: () => BotRecords;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Absolute; where the windows of this computer tell each other what they found. */
  readonly sharedFolder: string;
  readonly attention: WindowAttention;
  /** Tells that an API that was away may be back. */
  readonly signs: Signs;
}

/** Follows the bots of the account in use: one watcher at a time, replaced when the account changes. */
export class Following {
  readonly #parts: FollowingParts;
  readonly #windowId = randomUUID();
  readonly #ready = new ChangeSource<{ readonly botId: string }>();
  readonly #over = new ChangeSource<{ readonly botId: string; readonly reason: NoMediaError }>();
  readonly #health = new ChangeSource<WatchHealth>();
  #ended: Promise<void> = Promise.resolve();
  #isOver = false;
  #current: { readonly watcher: BotWatcher; readonly owned: DisposableList } | undefined;

  /** Tells of a followed bot all of whose MP3s are made; once per bot over all windows. */
  readonly ready = this.#ready.changes;
  /** Tells of a followed bot that ended without an MP3; once per bot over all windows. */
  readonly ended = this.#over.changes;
  /** Tells when following begins to fail, or works again. */
  readonly health = this.#health.changes;

  constructor(parts: FollowingParts) {
    this.#parts = parts;
  }

  /** Stops, and begins anew for the account in use now, if it has a key. Does nothing after the end. */
  restart(hasKey: boolean): void {
    this.dispose();
    if (!hasKey || this.#isOver) return;
    const owned = new DisposableList();
    const watcher = owned.add(this.#newWatcher());
    const { attention } = this.#parts;
    const tellFocus = (): void => {
      watcher.setFocused(attention.isFocused());
    };
    const tellVisibility = (): void => {
      watcher.setViewVisible(attention.isViewVisible());
    };
    owned.add(
      watcher.ready((bot) => {
        this.#ready.tell(bot);
      }),
    );
    owned.add(
      watcher.ended((bot) => {
        this.#over.tell(bot);
      }),
    );
    owned.add(
      watcher.changes((health) => {
        this.#health.tell(health);
      }),
    );
    owned.add(attention.onDidChangeFocus(tellFocus));
    owned.add(attention.onDidChangeVisibility(tellVisibility));
    tellFocus();
    tellVisibility();
    this.#current = { watcher, owned };
    watcher.start();
  }

  /** Follows a bot until its recording is ready. Throws when that cannot be noted on disk. */
  async follow(bot: Bot): Promise<void> {
    await this.#current?.watcher.follow(bot);
  }

  dispose(): void {
    const { watcher, owned } = this.#current ?? {};
    owned?.dispose();
    this.#current = undefined;
    if (watcher) this.#ended = Promise.all([this.#ended, watcher.settled()]).then(() => undefined);
  }

  /** Ends following for good; resolves when another window can take over at once. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.dispose();
    await this.#ended;
  }

  #newWatcher(): BotWatcher {
    const { client, store, list, records, clock, random, log, signs, sharedFolder: folder } = this.#parts;
    const origin = settings.apiOrigin();
    const files = nodeStateFiles;
    const windowId = this.#windowId;
    return new BotWatcher({
      client,
      store,
      records: records(),
      lease: new WatchLease({ folder, origin, windowId, pid: process.pid, files, clock }),
      watchedBots: new WatchedBots(folder, origin, files, log),
      sightFiles: new SightFiles({ folder, origin, windowId, files, clock }),
      belongsIntoList: (bot) => list.holds(bot),
      clock,
      random,
      log,
      signs,
    });
  }
}
