import { basename, dirname, extname } from 'node:path';
import type { DownloadOutcome, DownloadProgress, DownloadRequest } from '../download/download.ts';
import type { DownloadQueue } from '../download/queue.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import { decidedDestination } from './destination.ts';
import type { DestinationForBot, MediaDestination } from './destination.ts';
import type { AwaitedDownloads, TakenOver } from './awaitedDownloads.ts';
import type { BotRecords, SavedMedia } from '../bots/botRecords.ts';
import { savedOf, withSaved } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { ChangeSource } from '../state/changes.ts';
import type {
  FindMediaCollaborators,
  FoundMedia,
  MissingMedia,
  ReadyMedia,
  WantedMedia,
} from './findMedia.ts';
import { findMedia, freshMediaUrl } from './findMedia.ts';
import { fileNameOf } from './fileNames.ts';
import { MP3 } from './kinds/mp3.ts';
import type { MediaKind } from './kinds/kind.ts';
import type { MediaFiles } from './mediaFiles.ts';
import type { OutageWaits } from './outage.ts';
import type { ResolveSource } from './sourceUrls.ts';
import { SourceUrls } from './sourceUrls.ts';

/** How a bot's download stands, over all of its files. */
export type BotDownloadProgress =
  | { readonly kind: 'waitingForConnection' }
  | { readonly kind: 'waitingForRecall'; readonly media: MediaKind }
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'downloading';
      /** Number of the file under way, from 1. */
      readonly file: number;
      readonly files: number;
      readonly progress: DownloadProgress;
    };

/** How a download is done. */
export interface DownloadManner {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: BotDownloadProgress) => void;
  /**
   * What happens when something is away for longer than a few tries: `tell` fails; `sitOut` waits for as long as it
   * takes, and is gone on with by the next window: for what nobody stands before.
   */
  readonly outage: 'tell' | 'sitOut';
}

/** What a bot's download came to. */
export interface BotDownloadResult {
  readonly saved: readonly (SavedMedia & { readonly outcome: DownloadOutcome['kind'] })[];
  /** Recordings or parts that have none, and why. */
  readonly missing: readonly MissingMedia[];
}

/** What the downloads work with. */
export interface MediaDownloadsCollaborators extends FindMediaCollaborators {
  readonly files: Pick<MediaFiles, 'bring'>;
  readonly queue: DownloadQueue;
  readonly store: BotStore;
  readonly records: () => BotRecords;
  readonly isOnDisk: (saved: SavedMedia) => Promise<boolean>;
  /** Over a transport that does not repeat by itself, for downloads that sit outages out. */
  readonly clientWithoutRetries: FindMediaCollaborators['client'];
  readonly outages: OutageWaits;
  readonly awaited: AwaitedDownloads;
  /** The origin of the API in use. */
  readonly origin: () => string;
  /** The name that bots get here by default: no file is called by it when anything says more. */
  readonly defaultBotName: () => string;
  readonly log: Log;
}

/** The window ends, not the wish for the file: the next window goes on. */
class InterruptedByWindowError extends Error {
  override readonly name = 'AbortError';
}

/** The calls for one kind of a bot's media; they share their transfers, and so their progress. */
interface UnderWay {
  readonly calls: Set<AbortController>;
  progress: BotDownloadProgress;
}

/** Where a file goes. */
type FilePlace = Pick<DownloadRequest, 'folder' | 'name'>;

/** One call for a bot's media. */
interface Call {
  readonly wanted: WantedMedia;
  readonly records: BotRecords;
  /** Of the API that knows the bot. */
  readonly origin: string;
  readonly underWay: UnderWay;
  readonly signal: AbortSignal;
  readonly manner: DownloadManner;
}

/** Brings the media of bots to disk, and tells how far each bot's download is. */
export class MediaDownloads {
  readonly #with: MediaDownloadsCollaborators;
  readonly #underWay = new Map<string, Map<MediaKind, UnderWay>>();
  readonly #source = new ChangeSource<string>();

  /** Tells the id of a bot whose progress changed, the last time when its download has ended. */
  readonly changes = this.#source.changes;

  constructor(collaborators: MediaDownloadsCollaborators) {
    this.#with = collaborators;
  }

  /** How the bot's download stands, of several kinds at once the one begun first; undefined when none is under way. */
  progressOf(botId: string): BotDownloadProgress | undefined {
    const [first] = this.#underWay.get(botId)?.values() ?? [];
    return first?.progress;
  }

  /**
   * Saves all media of a bot that are of one kind and not on disk yet; waits while Recall is still making them. Two calls for
   * the same bot share each file's transfer.
   *
   * @throws NoMediaError, RecallError or DownloadError; the signal's reason when cancelled while nothing was loading
   */
  async download(
    wanted: WantedMedia,
    destination: DestinationForBot,
    manner: DownloadManner,
  ): Promise<BotDownloadResult> {
    // Those of the account that the bot belongs to, whatever account is in use at the end.
    const records = this.#with.records();
    const cancel = new AbortController();
    const call: Call = {
      wanted,
      records,
      origin: this.#with.origin(),
      underWay: this.#began(wanted, cancel),
      signal: AbortSignal.any([manner.signal, cancel.signal]),
      manner,
    };
    try {
      this.#report(call, { kind: 'queued' });
      return manner.outage === 'sitOut'
        ? await this.#downloadUntilThere(call, destination)
        : await this.#downloadNow(call, destination);
    } finally {
      this.#ended(wanted, cancel);
    }
  }

  /** Decides where a bot's media go before they are looked for. Throws what the destination throws. */
  decide({ botId, kind }: WantedMedia, destination: DestinationForBot): Promise<MediaDestination> {
    const known = this.#with.store.get(botId)?.bot;
    return destination.decide((pattern) => (known ? this.#fileName(known, undefined, pattern) : botId), kind);
  }

  /** Whether a download of these media waits or runs in this window. */
  isUnderWay({ botId, kind }: WantedMedia): boolean {
    return this.#underWay.get(botId)?.has(kind) === true;
  }

  /** The downloads that windows which are gone did not bring to an end; this one sees to them from now on. */
  takeOver(): Promise<readonly TakenOver[]> {
    return this.#with.awaited.takeOver(this.#with.records(), (wanted) => this.isUnderWay(wanted));
  }

  async #downloadUntilThere(call: Call, destination: DestinationForBot): Promise<BotDownloadResult> {
    const { wanted, records } = call;
    const target = await this.decide(wanted, destination);
    await this.#with.awaited.note(records, wanted, target);
    try {
      const result = await this.#downloadNow(call, decidedDestination(target));
      await this.#with.awaited.settle(records, wanted);
      return result;
    } catch (error) {
      const goesOnLater = call.signal.reason instanceof InterruptedByWindowError;
      if (!goesOnLater && !(error instanceof InterruptedByWindowError)) {
        await this.#with.awaited.settle(records, wanted);
      }
      throw error;
    }
  }

  async #downloadNow(call: Call, destination: DestinationForBot): Promise<BotDownloadResult> {
    const { wanted, records, signal, manner } = call;
    const { kind } = wanted;
    const { clock } = this.#with;
    const client = manner.outage === 'sitOut' ? this.#with.clientWithoutRetries : this.#with.client;
    const found = await this.#inManner(call, () =>
      findMedia(
        { client, clock },
        wanted,
        () => {
          this.#report(call, { kind: 'waitingForRecall', media: kind });
        },
        signal,
      ),
    );
    this.#with.store.put([found.bot]);
    if (kind.isMain) await this.#noteParts(records, found);
    const inTarget = await this.#placesFor(call, found, destination);
    const saved: BotDownloadResult['saved'][number][] = [];
    for (const [index, media] of found.ready.entries()) {
      const urls = new SourceUrls(
        (sourceSignal) => freshMediaUrl(client, wanted, media.artifactId, sourceSignal),
        clock,
      );
      saved.push(
        await this.#inManner(call, () =>
          this.#save(call, found.bot, media, inTarget(media), urls.forOneTry(), (progress) => {
            this.#report(call, { kind: 'downloading', file: index + 1, files: found.ready.length, progress });
          }),
        ),
      );
    }
    return { saved, missing: found.missing };
  }

  /** Does a step of a download, through outages if that is its manner. */
  #inManner<T>(call: Call, step: () => Promise<T>): Promise<T> {
    if (call.manner.outage === 'tell') return step();
    const stepOfAccount = (): Promise<T> => {
      // Another account knows nothing of this bot. When its own is back in use, the download is taken over again.
      if (this.#with.origin() !== call.origin) throw new InterruptedByWindowError('The account changed');
      return step();
    };
    return this.#with.outages.sitOut(stepOfAccount, call.signal, () => {
      this.#report(call, { kind: 'waitingForConnection' });
    });
  }

  #report({ wanted, underWay, manner }: Call, progress: BotDownloadProgress): void {
    underWay.progress = progress;
    this.#source.tell(wanted.botId);
    manner.onProgress?.(progress);
  }

  /** Stops the bot's downloads that are under way. What was loaded is kept. */
  cancel(botId: string): void {
    this.#abort(botId);
  }

  /** The window ends, and with it every download that is under way. What was loaded is kept, and the next one goes on. */
  dispose(): void {
    for (const botId of this.#underWay.keys())
      this.#abort(botId, new InterruptedByWindowError('The window ends'));
  }

  #abort(botId: string, reason?: Error): void {
    for (const { calls } of this.#underWay.get(botId)?.values() ?? [])
      for (const call of calls) call.abort(reason);
  }

  #began({ botId, kind }: WantedMedia, call: AbortController): UnderWay {
    const ofBot = this.#underWay.get(botId) ?? new Map<MediaKind, UnderWay>();
    const underWay = ofBot.get(kind) ?? { calls: new Set(), progress: { kind: 'queued' } };
    underWay.calls.add(call);
    this.#underWay.set(botId, ofBot.set(kind, underWay));
    return underWay;
  }

  #ended({ botId, kind }: WantedMedia, call: AbortController): void {
    const ofBot = this.#underWay.get(botId);
    const calls = ofBot?.get(kind)?.calls;
    calls?.delete(call);
    if (calls && calls.size > 0) return;
    ofBot?.delete(kind);
    if (ofBot?.size === 0) this.#underWay.delete(botId);
    this.#source.tell(botId);
  }

  async #save(
    { records, wanted, signal }: Call,
    bot: Bot,
    media: ReadyMedia,
    place: FilePlace,
    resolveSource: ResolveSource,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<BotDownloadResult['saved'][number]> {
    const { artifactId } = media;
    const { botId, kind } = wanted;
    const identity = { botId, recordingId: media.recording.id, artifactId, kind: kind.word };
    const before = await this.#savedBefore(records, wanted, artifactId);
    if (before) return before;
    return this.#with.queue.run(artifactId, signal, async (ownSignal) => {
      // Another call may have saved it while this one waited for its turn.
      const meanwhile = await this.#savedBefore(records, wanted, artifactId);
      if (meanwhile) return meanwhile;
      const { kind: outcome, ...there } = await this.#with.files.bring({
        ...{ kind, bot, recording: media.recording, identity },
        ...{ ...place, resolveSource, signal: ownSignal, onProgress },
      });
      const saved = { recordingId: identity.recordingId, artifactId, ...there };
      await this.#remember(records, wanted, saved);
      return { ...saved, outcome };
    });
  }

  /**
   * Where each file goes: what is written beside the MP3 of its recording, under the same name, where that is on disk; all
   * else to the destination, which is decided only when it is needed.
   */
  async #placesFor(
    { records, wanted }: Call,
    { bot, ready }: FoundMedia,
    destination: DestinationForBot,
  ): Promise<(media: ReadyMedia) => FilePlace> {
    const besideMp3s = 'filesOf' in wanted.kind.file ? await this.#placesOfMp3s(records, bot.id) : undefined;
    const besideMp3 = ({ recording }: ReadyMedia): FilePlace | undefined => besideMp3s?.get(recording.id);
    const first = ready.find((media) => !besideMp3(media));
    const target =
      first && (await destination.decide((pattern) => this.#fileName(bot, first, pattern), wanted.kind));
    return (media) => {
      const place = besideMp3(media);
      if (place) return place;
      if (!target) throw new Error('No destination was decided.');
      return { folder: target.folder, name: this.#nameIn(target, bot, media) };
    };
  }

  /** By recording: the place of its first MP3 that is on disk. */
  async #placesOfMp3s(records: BotRecords, botId: string): Promise<ReadonlyMap<string, FilePlace>> {
    const places = new Map<string, FilePlace>();
    for (const saved of savedOf(MP3, await records.get(botId))) {
      if (places.has(saved.recordingId) || !(await this.#with.isOnDisk(saved))) continue;
      const name = basename(saved.path, extname(saved.path));
      places.set(saved.recordingId, { folder: dirname(saved.path), name });
    }
    return places;
  }

  /** Recall tells one MP3 with a recording. That there are more is known from now on, also when they are never saved. */
  async #noteParts(records: BotRecords, { bot, ready }: FoundMedia): Promise<void> {
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
      const record = await records.change(bot.id, (before) => {
        const saved = new Set(savedOf(MP3, before).map(({ artifactId }) => artifactId));
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
    records: BotRecords,
    { botId, kind }: WantedMedia,
    artifactId: string,
  ): Promise<BotDownloadResult['saved'][number] | undefined> {
    const record = await records.get(botId);
    const saved = savedOf(kind, record).find((media) => media.artifactId === artifactId);
    const isThere = saved !== undefined && (await this.#with.isOnDisk(saved));
    return isThere ? { ...saved, outcome: 'alreadyThere' } : undefined;
  }

  async #remember(records: BotRecords, { botId, kind }: WantedMedia, saved: SavedMedia): Promise<void> {
    try {
      const record = await records.change(botId, (before) => {
        const others = savedOf(kind, before).filter((other) => other.artifactId !== saved.artifactId);
        return withSaved(kind, before, [...others, saved]);
      });
      this.#with.store.putRecord(record);
    } catch (error) {
      // The file is there, which is what counts; a further download finds it by its content.
      this.#with.log.warn(`[bots] what was saved of ${botId} could not be noted: ${String(error)}`);
    }
  }

  #nameIn(target: MediaDestination, bot: Bot, media: ReadyMedia): string {
    return 'chosen' in target.name
      ? this.#fileName(bot, media, '{title}', target.name.chosen)
      : this.#fileName(bot, media, target.name.pattern);
  }

  #fileName(bot: Bot, media: ReadyMedia | undefined, pattern: string, chosen?: string): string {
    const { store, clock, defaultBotName } = this.#with;
    const known = store.get(bot.id);
    return fileNameOf(pattern, {
      ...{ bot, known, media, chosen },
      ...{ defaultBotName: defaultBotName(), now: clock.now() },
    });
  }
}
