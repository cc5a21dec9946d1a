import { DownloadError } from '../download/errors.ts';
import type { BotRecords } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { isOver } from '../bots/botStore.ts';
import { toldTitle } from '../bots/meetingTitle.ts';
import { waitBriefly } from '../network/abort.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { parseJson } from '../network/json.ts';
import type { Bot, Recording } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { readParticipantNames } from '../recall/participants.ts';

/** What looking for people works with. */
export interface PeopleLooksCollaborators {
  readonly client: Pick<RecallClient, 'getBot'>;
  /** Reads a text at a pre-signed URL. Throws DownloadError. */
  readonly read: (url: string, signal: AbortSignal) => Promise<string>;
  readonly store: BotStore;
  readonly records: () => BotRecords;
  readonly clock: Clock;
  readonly log: Log;
}

/** The API's word for what tells of people, in a recording's shortcuts. */
const PARTICIPANTS = 'participant_events';
/** After a failure it is not tried again for this long, in ms. */
const REST_MS = 5 * 60_000;
const BRIEFLY_MS = 2_000;

/**
 * Finds out who was in a recording that is over: once, when somebody looks at its bot or its files were saved. Names only
 * are kept, in the bot's record, and never asked for again; with them what the meeting is called.
 */
export class PeopleLooks {
  readonly #with: PeopleLooksCollaborators;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #failedAt = new Map<string, number>();
  readonly #ending = new AbortController();

  constructor(collaborators: PeopleLooksCollaborators) {
    this.#with = collaborators;
  }

  /** Looks, where something is not known yet. Never throws: nobody has asked for the names. */
  look(botId: string): Promise<void> {
    const underWay = this.#underWay.get(botId);
    if (underWay) return underWay;
    if (!this.#isWanted(botId)) return Promise.resolve();
    const own = this.#look(botId)
      .catch((error: unknown) => {
        this.#failed(botId, error);
      })
      .finally(() => {
        this.#underWay.delete(botId);
      });
    this.#underWay.set(botId, own);
    return own;
  }

  /**
   * The same, waited for no longer than somebody would who wants to know something else about the bot.
   *
   * @returns whether the look is over
   */
  lookBriefly(botId: string): Promise<boolean> {
    return waitBriefly(this.#with.clock, BRIEFLY_MS, () => this.look(botId));
  }

  dispose(): void {
    this.#ending.abort();
  }

  #isWanted(botId: string): boolean {
    const known = this.#with.store.get(botId);
    if (!known || !isOver(known.bot)) return false;
    const rested = this.#with.clock.now() - (this.#failedAt.get(botId) ?? Number.NEGATIVE_INFINITY);
    return rested >= REST_MS && known.bot.recordings.some((recording) => isUnknown(recording, known.record));
  }

  async #look(botId: string): Promise<void> {
    // Those of the account that the bot belongs to, whatever account is in use at the end.
    const records = this.#with.records();
    const { signal } = this.#ending;
    // Another window may have asked. As a change, so that what is read is not older than what else is noted meanwhile.
    const kept = await records.change(botId, () => ({}));
    this.#with.store.putRecord(kept);
    if (!this.#isWanted(botId)) return;
    // What was listed some time ago has URLs that are signed for a few hours only.
    const bot = await this.#with.client.getBot(botId, signal);
    this.#with.store.put([bot]);
    for (const recording of bot.recordings.filter((one) => isUnknown(one, kept)))
      await this.#note(records, bot, recording, signal);
  }

  /** One that cannot be read keeps none of the others from being read. */
  async #note(records: BotRecords, bot: Bot, recording: Recording, signal: AbortSignal): Promise<void> {
    try {
      const names = await this.#namesIn(recording, signal);
      const record = await records.change(bot.id, ({ people, toldTitle: before }) => ({
        // Recall forgets it together with the media.
        toldTitle: toldTitle(bot) ?? before,
        people: [
          ...people.filter(({ recordingId }) => recordingId !== recording.id),
          { recordingId: recording.id, names },
        ],
      }));
      this.#with.store.putRecord(record);
    } catch (error) {
      this.#failed(bot.id, error);
    }
  }

  #failed(botId: string, error: unknown): void {
    this.#failedAt.set(botId, this.#with.clock.now());
    if (this.#ending.signal.aborted) return;
    this.#with.log.warn(`[bots] the people of ${botId} could not be read: ${String(error)}`);
  }

  /** An empty list for what is gone: it is not asked for again. */
  async #namesIn({ participantsUrl }: Recording, signal: AbortSignal): Promise<string[]> {
    if (participantsUrl === undefined) throw new Error('There is no link to the list of participants');
    const text = await this.#textAt(participantsUrl, signal);
    if (text === undefined) return [];
    const names = readParticipantNames(parseJson(text));
    if (!names) throw new Error('The answer is no list of participants');
    return names;
  }

  /** Undefined when it is gone. */
  async #textAt(url: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.#with.read(url, signal);
    } catch (error) {
      if (error instanceof DownloadError && error.code === 'gone') return undefined;
      throw error;
    }
  }
}

function isUnknown(
  { id, media }: Recording,
  { people }: { readonly people: readonly { readonly recordingId: string }[] },
): boolean {
  const told = media[PARTICIPANTS];
  const isReady = told !== undefined && (told.status?.code ?? 'done') === 'done';
  return isReady && people.every(({ recordingId }) => recordingId !== id);
}
