import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { BotRecord, BotRecords, SavedMedia } from '../bots/botRecords.ts';
import { ChangeSource } from '../state/changes.ts';
import { MP3 } from './kinds/mp3.ts';
import { expiriesOf, nextNotedLoss } from './retention.ts';

/** What the warnings work with. */
export interface ExpiryWarningsCollaborators {
  /** The records of the account in use. */
  readonly records: () => BotRecords;
  /** Those of the saved MP3s that are still there, complete. */
  readonly stillOnDisk: (saved: readonly SavedMedia[]) => Promise<readonly SavedMedia[]>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A bot of which Recall deletes an MP3 soon that is not on this computer. */
export interface ExpiryWarning {
  readonly botId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Whether others of its MP3s are on this computer. */
  readonly isPartlySaved: boolean;
}

const LOOK_EVERY_MS = 60 * 60_000;

/** Warns once, over all windows, a day before an MP3 of a bot sent from here is deleted without having been saved. */
export class ExpiryWarnings {
  readonly #with: ExpiryWarningsCollaborators;
  readonly #source = new ChangeSource<ExpiryWarning>();
  #cancelTimer: (() => void) | undefined;
  #isDisposed = false;

  /** Tells of a bot to warn about. */
  readonly due = this.#source.changes;

  constructor(collaborators: ExpiryWarningsCollaborators) {
    this.#with = collaborators;
  }

  /** Notes when a bot's media goes, so that the warning needs no request. Throws when that cannot be written. */
  async note(bot: Bot): Promise<void> {
    const expiries = expiriesOf(bot, this.#with.clock.now());
    if (expiries.length === 0) return;
    await this.#with.records().change(bot.id, () => ({ expiries }));
  }

  /** Looks now, and from then on every hour. Costs no request. */
  async look(): Promise<void> {
    this.#cancelTimer?.();
    try {
      for (const record of await this.#with.records().all()) await this.#warnOnce(record);
    } catch (error) {
      this.#with.log.warn(`[expiry] the records could not be looked at: ${String(error)}`);
    }
    if (this.#isDisposed) return;
    this.#cancelTimer = this.#with.clock.schedule(LOOK_EVERY_MS, () => void this.look());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTimer?.();
  }

  async #warnOnce(record: BotRecord): Promise<void> {
    const warning = await this.#warningOf(record);
    if (!warning) return;
    const claim = { isOurs: false };
    await this.#with.records().change(record.botId, (before) => {
      claim.isOurs = !before.expiryWarned;
      return { expiryWarned: true };
    });
    if (claim.isOurs) this.#source.tell(warning);
  }

  async #warningOf(record: BotRecord): Promise<ExpiryWarning | undefined> {
    const now = this.#with.clock.now();
    if (record.hidden || record.expiryWarned || nextNotedLoss(record, [], now) === undefined)
      return undefined;
    const onDisk = await this.#with.stillOnDisk(savedOf(MP3, record));
    const expiresAt = nextNotedLoss(record, onDisk, now);
    return expiresAt === undefined
      ? undefined
      : { botId: record.botId, expiresAt, isPartlySaved: onDisk.length > 0 };
  }
}
