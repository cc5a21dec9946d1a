import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { BotRecord, BotRecords } from './botRecords.ts';
import { ChangeSource } from './changes.ts';
import { expiryOf } from './retention.ts';

/** What the warnings work with. */
export interface ExpiryWarningsCollaborators {
  /** The records of the account in use. */
  readonly records: () => BotRecords;
  readonly clock: Clock;
  readonly log: Log;
}

/** A bot whose MP3 Recall deletes soon. */
export interface ExpiryWarning {
  readonly botId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const WARN_AHEAD_MS = 24 * 60 * 60_000;
const LOOK_EVERY_MS = 60 * 60_000;

/** Warns once, over all windows, a day before the MP3 of a bot sent from here is deleted without having been saved. */
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
    const expiresAt = expiryOf(bot);
    if (expiresAt === undefined) return;
    await this.#with.records().change(bot.id, () => ({ expiresAt: new Date(expiresAt).toISOString() }));
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
    if (!isDue(record, this.#with.clock.now())) return;
    const claim = { isOurs: false };
    await this.#with.records().change(record.botId, (before) => {
      claim.isOurs = !before.expiryWarned;
      return { expiryWarned: true };
    });
    if (claim.isOurs) this.#source.tell({ botId: record.botId, expiresAt: timeOf(record.expiresAt) });
  }
}

function isDue(record: BotRecord, now: number): boolean {
  const leftMs = timeOf(record.expiresAt) - now;
  return (
    leftMs > 0 &&
    leftMs < WARN_AHEAD_MS &&
    record.saved.length === 0 &&
    !record.hidden &&
    !record.expiryWarned
  );
}
