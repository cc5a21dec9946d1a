import type { SecretStorage } from 'vscode';
import { readRecentMeetings, withMeeting, writeRecentMeetings } from '../bots/recentMeetings.ts';
import type { RecentMeeting } from '../bots/recentMeetings.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';

// The entry in the user's SecretStorage: renaming it loses the links, and leaves them there for good.
const SECRET_NAME = 'recall.recentMeetings';

/**
 * The meetings that bots were sent to last, from any window. Their links hold passcodes, so they are in SecretStorage
 * and nowhere else. That it fails is logged and otherwise none of anybody's business: no bot waits for it.
 */
export class RecentMeetings {
  readonly #secrets: SecretStorage;
  readonly #clock: Clock;
  readonly #log: Log;
  #changed: Promise<unknown> = Promise.resolve();

  constructor(secrets: SecretStorage, clock: Clock, log: Log) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
  }

  /** The meetings, the newest first, with every change that was begun before; none when SecretStorage fails. */
  async list(): Promise<readonly RecentMeeting[]> {
    await this.#changed;
    const read = await this.#attempt('read', () => this.#read());
    return read.done ? read.value : [];
  }

  /** Remembers that a bot was sent to this link just now. */
  async add(url: string): Promise<void> {
    await this.#change('kept', async () => {
      const meetings = withMeeting(await this.#read(), { url, usedAt: this.#clock.now() });
      await this.#secrets.store(SECRET_NAME, writeRecentMeetings(meetings));
    });
  }

  /** Forgets all of them. Answers whether that worked. */
  async forget(): Promise<boolean> {
    return this.#change('forgotten', () => this.#secrets.delete(SECRET_NAME));
  }

  async #read(): Promise<RecentMeeting[]> {
    return readRecentMeetings(await this.#secrets.get(SECRET_NAME));
  }

  /** One change after the other, so that of two meetings that are added at once none is lost. */
  #change(verb: string, work: () => Thenable<void>): Promise<boolean> {
    const change = this.#changed.then(async () => (await this.#attempt(verb, work)).done);
    this.#changed = change;
    return change;
  }

  async #attempt<T>(
    verb: string,
    work: () => Thenable<T>,
  ): Promise<{ readonly done: true; readonly value: T } | { readonly done: false }> {
    try {
      return { done: true, value: await work() };
    } catch (error) {
      // Only the kind of error: its message may repeat what was to be stored.
      const kind = error instanceof Error ? error.name : typeof error;
      this.#log.warn(`[recent] the links of recent meetings could not be ${verb}: ${kind}`);
      return { done: false };
    }
  }
}
