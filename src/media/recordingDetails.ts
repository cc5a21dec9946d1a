import { basename, dirname, extname } from 'node:path';
import type { BotRecords, SavedMedia } from '../bots/botRecords.ts';
import { pathsOf, savedOf, withSaved } from '../bots/botRecords.ts';
import type { BotStore, KnownBot } from '../bots/botStore.ts';
import { meetingTitle } from '../bots/meetingTitle.ts';
import { peopleIn } from '../bots/people.ts';
import { sha256Of } from '../download/fileHash.ts';
import type { NamingContext } from '../download/naming/freeName.ts';
import { writeTexts } from '../download/writeTexts.ts';
import type { Log } from '../network/log.ts';
import { parseJson } from '../network/json.ts';
import type { Bot, Recording } from '../recall/bot.ts';
import { recordedMs } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { readSpeakerTimeline } from '../recall/speakerTimeline.ts';
import type { SpeakingSpan } from '../recall/speakerTimeline.ts';
import { findMp3, isFirstPart } from './besideMp3.ts';
import { recordingsInOrder } from './botMp3s.ts';
import { MP3 } from './kinds/mp3.ts';
import type { OutageWaits } from './outage.ts';

/** The version of the form. What reads the files goes by it; `media/recording.schema.json` describes it. */
const VERSION = 1;
const EXTENSION = 'json';

/** What writing details works with. */
export interface RecordingDetailsCollaborators {
  readonly client: Pick<RecallClient, 'getBot'>;
  readonly store: BotStore;
  readonly records: () => BotRecords;
  /** Asks who took part, where that is not known; never throws. */
  readonly lookForPeople: (botId: string) => Promise<unknown>;
  /** Reads a text at a pre-signed URL. Throws DownloadError. */
  readonly read: (url: string, signal: AbortSignal) => Promise<string>;
  readonly outages: Pick<OutageWaits, 'sitOut'>;
  /** Where files are written. */
  readonly naming: NamingContext;
  readonly log: Log;
}

/** Writes what is known of a recording beside its MP3: `NAME.json`. */
export class RecordingDetails {
  readonly #with: RecordingDetailsCollaborators;

  constructor(collaborators: RecordingDetailsCollaborators) {
    this.#with = collaborators;
  }

  /**
   * Writes the details of those MP3s of a bot that are on disk and have none there yet, after the end of an outage.
   *
   * @param mp3s with what is there of the files beside them
   * @throws RecallError, DownloadError, or the signal's reason
   */
  async write(botId: string, mp3s: readonly SavedMedia[], signal: AbortSignal): Promise<void> {
    const without = mp3s.filter((mp3) => !pathsOf(mp3).some((path) => extname(path) === `.${EXTENSION}`));
    if (without.length === 0) return;
    // Those of the account that the bot belongs to, whatever account is in use at the end.
    const records = this.#with.records();
    const bot = await this.#botAfterOutage(botId, signal);
    this.#with.store.put([bot]);
    await this.#with.lookForPeople(botId);
    for (const mp3 of without) {
      const record = await records.get(botId);
      const details = await this.#detailsOf({ bot, record }, mp3, signal);
      const text = `${JSON.stringify(details, null, 2)}\n`;
      const name = basename(mp3.path, extname(mp3.path));
      const file = { extension: EXTENSION, text };
      const { paths } = await writeTexts(this.#with.naming, dirname(mp3.path), name, [file]);
      await this.#note(records, botId, mp3, paths);
    }
  }

  /**
   * Asks Recall who spoke when in the recording of a saved MP3; undefined where that cannot be known now.
   *
   * @param path of the MP3
   */
  async whoSpoke(path: string, signal: AbortSignal): Promise<SpeakingSpan[] | undefined> {
    const found = findMp3(await this.#with.records().all(), path);
    if (!found || !isFirstPart(found.record, found.mp3)) return undefined;
    try {
      const { recordings } = await this.#with.client.getBot(found.record.botId, signal);
      const recording = recordings.find(({ id }) => id === found.mp3.recordingId);
      return recording && (await this.#timelineOf(recording, signal));
    } catch (error) {
      signal.throwIfAborted();
      // It plays as well without.
      this.#with.log.info(`[details] who spoke in ${path} cannot be asked for: ${String(error)}`);
      return undefined;
    }
  }

  #botAfterOutage(botId: string, signal: AbortSignal): Promise<Bot> {
    const { client, outages } = this.#with;
    return outages.sitOut(
      () => client.getBot(botId, signal),
      signal,
      () => undefined,
    );
  }

  async #note(
    records: BotRecords,
    botId: string,
    { path }: SavedMedia,
    written: readonly string[],
  ): Promise<void> {
    const record = await records.change(botId, (before) =>
      withSaved(
        MP3,
        before,
        savedOf(MP3, before).map((mp3) =>
          mp3.path === path ? { ...mp3, beside: [...(mp3.beside ?? []), ...written] } : mp3,
        ),
      ),
    );
    this.#with.store.putRecord(record);
  }

  async #detailsOf(known: KnownBot, mp3: SavedMedia, signal: AbortSignal): Promise<unknown> {
    const { bot } = known;
    const recordings = recordingsInOrder(bot);
    const recording = recordings.find(({ id }) => id === mp3.recordingId);
    return {
      version: VERSION,
      bot: {
        id: bot.id,
        name: orNull(bot.name),
        title: orNull(meetingTitle(known)),
        platform: orNull(bot.meeting.platform),
        meetingId: orNull(bot.meeting.meetingId),
        joinAt: orNull(bot.joinAt),
      },
      recording: {
        id: mp3.recordingId,
        number: recording ? recordings.indexOf(recording) + 1 : null,
        startedAt: orNull(recording?.startedAt),
        completedAt: orNull(recording?.completedAt),
        seconds: secondsOf(recording),
      },
      participants: peopleIn(known, mp3.recordingId).map((name) => ({ name })),
      speakers:
        recording && isFirstPart(known.record, mp3)
          ? await this.#speakersIn(bot.id, recording, signal)
          : null,
      mp3: { file: basename(mp3.path), bytes: mp3.bytes, sha256: await sha256Of(mp3.path, signal) },
    };
  }

  /** Null where it is not known. That it cannot be read keeps nothing else from being written. */
  async #speakersIn(botId: string, recording: Recording, signal: AbortSignal): Promise<unknown> {
    const spans =
      (await this.#timelineOf(recording, signal)) ?? (await this.#timelineAgain(botId, recording, signal));
    return orNull(
      spans?.map(({ speaker, startS, endS }) => ({ name: orNull(speaker), start: startS, end: endS })),
    );
  }

  /** Once more, with a new link: an outage may have come in between. */
  async #timelineAgain(
    botId: string,
    { id, speakerTimelineUrl }: Recording,
    signal: AbortSignal,
  ): Promise<SpeakingSpan[] | undefined> {
    if (speakerTimelineUrl === undefined) return undefined;
    const { recordings } = await this.#botAfterOutage(botId, signal);
    const recording = recordings.find((one) => one.id === id);
    return recording && this.#timelineOf(recording, signal);
  }

  async #timelineOf(
    { id, speakerTimelineUrl }: Recording,
    signal: AbortSignal,
  ): Promise<SpeakingSpan[] | undefined> {
    if (speakerTimelineUrl === undefined) return undefined;
    try {
      return readSpeakerTimeline(parseJson(await this.#with.read(speakerTimelineUrl, signal)));
    } catch (error) {
      signal.throwIfAborted();
      this.#with.log.warn(`[details] who spoke in ${id} could not be read: ${String(error)}`);
      return undefined;
    }
  }
}

function secondsOf(recording: Recording | undefined): number | null {
  const ms = recording && recordedMs(recording);
  return ms === undefined ? null : ms / 1000;
}

/** JSON has no undefined, and a reader should see that something is not known. */
function orNull<Value>(value: Value | undefined): Value | null {
  return value ?? null;
}
