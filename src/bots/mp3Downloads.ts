import type { DownloadOutcome, DownloadProgress, DownloadRequest } from '../download/download.ts';
import { renderFileName } from '../download/fileName.ts';
import type { DownloadQueue } from '../download/queue.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { platformName } from '../recall/platforms.ts';
import type { BotRecords, SavedMp3 } from './botRecords.ts';
import type { BotStore } from './botStore.ts';
import { botTime } from './botStore.ts';
import { ChangeSource } from './changes.ts';
import type { FindMp3sCollaborators, FoundMp3s, ReadyMp3 } from './findMp3s.ts';
import { findMp3s, freshMp3Url } from './findMp3s.ts';
import type { NoMp3Error } from './mp3Errors.ts';

/** Where a bot's MP3s go. */
export interface Mp3Destination {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** The pattern of `recall.fileName`, or a finished name without `.mp3` that a person chose. */
  readonly name: { readonly pattern: string } | { readonly chosen: string };
}

/** Decides where a bot's MP3s go, given what a file would be called under a pattern. */
export type DestinationForBot = (nameUnder: (pattern: string) => string) => Promise<Mp3Destination>;

/** How a bot's download stands, over all of its MP3s. */
export type BotDownloadProgress =
  | { readonly kind: 'waitingForRecall' }
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'downloading';
      /** Number of the file under way, from 1. */
      readonly file: number;
      readonly files: number;
      readonly progress: DownloadProgress;
    };

/** What a bot's download came to. */
export interface BotDownloadResult {
  readonly saved: readonly (SavedMp3 & { readonly outcome: DownloadOutcome['kind'] })[];
  /** Recordings or parts without an MP3, and why. */
  readonly missing: readonly NoMp3Error[];
}

/** What the downloads work with. */
export interface Mp3DownloadsCollaborators extends FindMp3sCollaborators {
  readonly downloader: { download(request: DownloadRequest): Promise<DownloadOutcome> };
  readonly queue: DownloadQueue;
  readonly store: BotStore;
  readonly records: () => BotRecords;
  readonly fileExists: (path: string, bytes: number) => Promise<boolean>;
  readonly log: Log;
}

/** Brings the MP3s of bots to disk, and tells how far each bot's download is. */
export class Mp3Downloads {
  readonly #with: Mp3DownloadsCollaborators;
  readonly #underWay = new Map<string, BotDownloadProgress>();
  readonly #cancels = new Map<string, Set<AbortController>>();
  readonly #source = new ChangeSource<string>();

  /** Tells the id of a bot whose progress changed, the last time when its download has ended. */
  readonly changes = this.#source.changes;

  constructor(collaborators: Mp3DownloadsCollaborators) {
    this.#with = collaborators;
  }

  /** How the bot's download stands; undefined when none is under way. */
  progressOf(botId: string): BotDownloadProgress | undefined {
    return this.#underWay.get(botId);
  }

  /**
   * Saves every MP3 of a bot that is not on disk yet; waits while Recall is still making them. Two calls for the same
   * bot share each file's transfer.
   *
   * @throws NoMp3Error, RecallError or DownloadError; the signal's reason when cancelled while nothing was loading
   */
  async download(
    botId: string,
    destination: DestinationForBot,
    callerSignal: AbortSignal,
    onProgress: (progress: BotDownloadProgress) => void,
  ): Promise<BotDownloadResult> {
    const cancel = this.#began(botId);
    const signal = AbortSignal.any([callerSignal, cancel.signal]);
    const report = (progress: BotDownloadProgress): void => {
      this.#underWay.set(botId, progress);
      this.#source.tell(botId);
      onProgress(progress);
    };
    try {
      report({ kind: 'queued' });
      const found = await findMp3s(
        this.#with,
        botId,
        () => {
          report({ kind: 'waitingForRecall' });
        },
        signal,
      );
      this.#with.store.put([found.bot]);
      await this.#noteParts(found);
      const target = await destination((pattern) => this.#fileName(found.bot, found.ready[0], pattern));
      const saved: BotDownloadResult['saved'][number][] = [];
      for (const [index, mp3] of found.ready.entries()) {
        saved.push(
          await this.#save(found, mp3, target, signal, (progress) => {
            report({ kind: 'downloading', file: index + 1, files: found.ready.length, progress });
          }),
        );
      }
      return { saved, missing: found.missing };
    } finally {
      this.#ended(botId, cancel);
    }
  }

  /** Stops the bot's downloads that are under way. What was loaded is kept. */
  cancel(botId: string): void {
    for (const controller of this.#cancels.get(botId) ?? []) controller.abort();
  }

  #began(botId: string): AbortController {
    const controller = new AbortController();
    const others = this.#cancels.get(botId) ?? new Set();
    this.#cancels.set(botId, others.add(controller));
    return controller;
  }

  #ended(botId: string, controller: AbortController): void {
    const others = this.#cancels.get(botId);
    others?.delete(controller);
    if (others && others.size > 0) return;
    this.#cancels.delete(botId);
    this.#underWay.delete(botId);
    this.#source.tell(botId);
  }

  async #save(
    found: FoundMp3s,
    mp3: ReadyMp3,
    target: Mp3Destination,
    signal: AbortSignal,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<BotDownloadResult['saved'][number]> {
    const botId = found.bot.id;
    const identity = { botId, recordingId: mp3.recording.id, artifactId: mp3.artifactId };
    const before = await this.#savedBefore(botId, mp3.artifactId);
    if (before) return before;
    return this.#with.queue.run(mp3.artifactId, signal, async (ownSignal) => {
      // Another call may have saved it while this one waited for its turn.
      const meanwhile = await this.#savedBefore(botId, mp3.artifactId);
      if (meanwhile) return meanwhile;
      const { kind, path, bytes } = await this.#with.downloader.download({
        resolveSource: (sourceSignal) => freshMp3Url(this.#with.client, botId, mp3.artifactId, sourceSignal),
        folder: target.folder,
        name: this.#nameIn(target, found.bot, mp3),
        identity,
        signal: ownSignal,
        onProgress,
      });
      const { recordingId, artifactId } = identity;
      const saved = { recordingId, artifactId, path, bytes };
      await this.#remember(botId, saved);
      return { ...saved, outcome: kind };
    });
  }

  /** Recall tells one MP3 with a recording. That there are more is known from now on, also when they are never saved. */
  async #noteParts({ bot, ready }: FoundMp3s): Promise<void> {
    const parts = ready
      .filter(({ partCount }) => partCount > 1)
      .map(({ recording, artifactId, partNumber }) => ({
        recordingId: recording.id,
        artifactId,
        partNumber,
      }));
    const known = this.#with.store.get(bot.id)?.record.parts ?? [];
    if (parts.length === 0 && known.length === 0) return;
    const found = new Set(parts.map(({ artifactId }) => artifactId));
    try {
      const record = await this.#with.records().change(bot.id, (before) => {
        const saved = new Set(before.saved.map(({ artifactId }) => artifactId));
        // What is gone from Recall can be had no more; where it was saved, the file keeps its number.
        const kept = before.parts.filter(({ artifactId: id }) => saved.has(id) && !found.has(id));
        return { parts: [...kept, ...parts] };
      });
      this.#with.store.putRecord(record);
    } catch (error) {
      // Only the tree would have shown them before they are saved.
      this.#with.log.warn(`[bots] the parts of ${bot.id} could not be noted: ${String(error)}`);
    }
  }

  async #savedBefore(
    botId: string,
    artifactId: string,
  ): Promise<BotDownloadResult['saved'][number] | undefined> {
    const record = await this.#with.records().get(botId);
    const saved = record.saved.find((mp3) => mp3.artifactId === artifactId);
    const isThere = saved !== undefined && (await this.#with.fileExists(saved.path, saved.bytes));
    return isThere ? { ...saved, outcome: 'alreadyThere' } : undefined;
  }

  async #remember(botId: string, saved: SavedMp3): Promise<void> {
    const record = await this.#with.records().change(botId, (before) => ({
      saved: [...before.saved.filter((other) => other.artifactId !== saved.artifactId), saved],
    }));
    this.#with.store.putRecord(record);
  }

  #nameIn(target: Mp3Destination, bot: Bot, mp3: ReadyMp3): string {
    return 'chosen' in target.name
      ? this.#fileName(bot, mp3, '{name}', target.name.chosen)
      : this.#fileName(bot, mp3, target.name.pattern);
  }

  #fileName(bot: Bot, mp3: ReadyMp3 | undefined, pattern: string, name = bot.name ?? ''): string {
    const known = this.#with.store.get(bot.id);
    // Recall clears the meeting some days after the call; the store keeps what was told before.
    const platform = bot.meeting.platform ?? known?.bot.meeting.platform;
    const times = [
      timeOf(mp3?.recording.startedAt),
      timeOf(mp3?.recording.createdAt),
      known ? botTime(known) : Number.NaN,
    ];
    return renderFileName(pattern, {
      date: new Date(times.find((time) => Number.isFinite(time)) ?? this.#with.clock.now()),
      name,
      id: bot.id,
      platform: platform === undefined ? '' : platformName(platform),
      ...(mp3 && {
        recording: mp3.recordingNumber,
        recordingCount: mp3.recordingCount,
        part: mp3.partNumber,
        partCount: mp3.partCount,
      }),
    });
  }
}
