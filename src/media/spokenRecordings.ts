import { readFile } from 'node:fs/promises';
import type { BotRecords } from '../bots/botRecords.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { DownloadError } from '../download/errors.ts';
import { RecallError } from '../recall/errors.ts';
import { readWebVtt } from '../transcripts/readWebVtt.ts';
import type { TranscriptLine } from '../transcripts/transcriptLines.ts';
import { findMedia, freshMediaUrl } from './findMedia.ts';
import type { FindMediaCollaborators } from './findMedia.ts';
import { TRANSCRIPT } from './kinds/transcript.ts';
import { NoMediaError } from './mediaErrors.ts';
import { stillProcessing } from './mediaReadiness.ts';
import { stillOnDisk } from './savedFiles.ts';
import { linesIn } from './transcriptFiles.ts';

/** What reading what was said works with. */
export interface SpokenRecordingsCollaborators extends FindMediaCollaborators {
  readonly store: BotStore;
  readonly records: () => BotRecords;
  /** Reads a text at a pre-signed URL. Throws DownloadError. */
  readonly read: (url: string, signal: AbortSignal) => Promise<string>;
}

/** What was said in one recording. */
export interface SpokenRecording {
  readonly recordingId: string;
  /** The WebVTT file that it was read from; undefined when Recall told it. */
  readonly path: string | undefined;
  /** In the order of their times. */
  readonly lines: readonly TranscriptLine[];
}

/** Reads what was said in the recordings of bots: from the saved file where there is one, else from Recall, unsaved. */
export class SpokenRecordings {
  readonly #with: SpokenRecordingsCollaborators;

  constructor(collaborators: SpokenRecordingsCollaborators) {
    this.#with = collaborators;
  }

  /**
   * Does not wait for a transcript that is being made, and never has one made. Where some are saved, those are given also
   * when the others cannot be had.
   *
   * @returns at least one, those of files first
   * @throws NoMediaError when there is none, RecallError, DownloadError, or the signal's reason
   */
  async of(botId: string, signal: AbortSignal): Promise<readonly SpokenRecording[]> {
    const saved = await this.#saved(botId);
    const known = this.#with.store.get(botId)?.bot.recordings.map(({ id }) => id);
    const missing = known?.filter((id) => saved.every(({ recordingId }) => recordingId !== id));
    if (saved.length === 0) return this.#fromRecall(botId, undefined, signal);
    if (!missing || missing.length === 0) return saved;
    try {
      return [...saved, ...(await this.#fromRecall(botId, missing, signal))];
    } catch (error) {
      // What there is of the bot counts more than why there is no more, also while Recall cannot be reached.
      if (error instanceof NoMediaError || error instanceof RecallError || error instanceof DownloadError)
        return saved;
      throw error;
    }
  }

  async #saved(botId: string): Promise<SpokenRecording[]> {
    const saved = await stillOnDisk(savedOf(TRANSCRIPT, await this.#with.records().get(botId)));
    const read = await Promise.all(
      saved.map(async ({ recordingId, path }) => {
        const lines = readWebVtt(await readFile(path, 'utf8'));
        return lines && { recordingId, path, lines };
      }),
    );
    return read.filter((recording) => recording !== undefined);
  }

  async #fromRecall(
    botId: string,
    recordingIds: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<SpokenRecording[]> {
    const { client, read } = this.#with;
    const wanted = { kind: TRANSCRIPT, botId, recordingIds };
    const making = new AbortController();
    const { bot, ready } = await findMedia(
      this.#with,
      wanted,
      () => {
        making.abort(stillProcessing(TRANSCRIPT));
      },
      AbortSignal.any([signal, making.signal]),
    );
    this.#with.store.put([bot]);
    return Promise.all(
      ready.map(async ({ recording, artifactId }) => {
        const url = await freshMediaUrl(client, wanted, artifactId, signal);
        return { recordingId: recording.id, path: undefined, lines: linesIn(await read(url, signal)) };
      }),
    );
  }
}
