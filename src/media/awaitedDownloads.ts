import type { ProcessIdentity, ProcessTable } from '../download/processes.ts';
import type { Log } from '../network/log.ts';
import type { AwaitedDownload, BotRecord, BotRecords } from '../bots/botRecords.ts';
import type { WantedMedia } from './findMedia.ts';
import type { MediaDestination } from './destination.ts';
import { kindOfWord } from './kinds.ts';

/** A download that an earlier window began and did not bring to an end. */
export interface TakenOver {
  readonly wanted: WantedMedia;
  readonly destination: MediaDestination;
}

/** What the notes of awaited downloads work with. */
export interface AwaitedDownloadsCollaborators {
  readonly processes: ProcessTable;
  readonly log: Log;
}

/**
 * Notes on disk about the downloads that nobody stands before, so that the next window goes on with what a closed one
 * could not end. They lie in the records of the bots.
 */
export class AwaitedDownloads {
  readonly #with: AwaitedDownloadsCollaborators;

  constructor(collaborators: AwaitedDownloadsCollaborators) {
    this.#with = collaborators;
  }

  /** Notes that this window sees to a download. A failure is logged: the download goes on without a note. */
  async note(records: BotRecords, wanted: WantedMedia, { folder, name }: MediaDestination): Promise<void> {
    const own = { kind: wanted.kind.word, folder, name, owner: await this.#with.processes.self() };
    const { recordingIds } = wanted;
    const noted: AwaitedDownload = recordingIds ? { ...own, recordingIds: [...recordingIds] } : own;
    await this.#change(records, wanted.botId, ({ awaited }) => [...withoutThis(awaited, wanted), noted]);
  }

  /** Notes that a download is awaited no more: it came to an end, or somebody ended it. */
  async settle(records: BotRecords, wanted: WantedMedia): Promise<void> {
    await this.#change(records, wanted.botId, ({ awaited }) => withoutThis(awaited, wanted));
  }

  /**
   * Takes over every download whose window is gone. Of several windows that do so at once, each gets others.
   *
   * @param isUnderWay whether this window sees to it already
   */
  async takeOver(
    records: BotRecords,
    isUnderWay: (wanted: WantedMedia) => boolean,
  ): Promise<readonly TakenOver[]> {
    const withAny = (await records.all()).filter(({ awaited }) => awaited.length > 0);
    const taken = await Promise.all(withAny.map((record) => this.#takeOverOf(records, record, isUnderWay)));
    return taken.flat();
  }

  async #takeOverOf(
    records: BotRecords,
    { botId, awaited }: BotRecord,
    isUnderWay: (wanted: WantedMedia) => boolean,
  ): Promise<TakenOver[]> {
    const owner = await this.#with.processes.self();
    const abandoned = new Set<string>();
    for (const download of awaited) {
      const wanted = wantedOf(botId, download);
      if (!wanted || isUnderWay(wanted) || !(await this.#isAbandoned(download.owner, owner))) continue;
      abandoned.add(JSON.stringify(download));
    }
    if (abandoned.size === 0) return [];
    let mine: readonly AwaitedDownload[] = [];
    await this.#change(records, botId, (now) => {
      mine = now.awaited.filter((download) => abandoned.has(JSON.stringify(download)));
      return now.awaited.map((download) => (mine.includes(download) ? { ...download, owner } : download));
    });
    return mine.flatMap((download) => {
      const wanted = wantedOf(botId, download);
      return wanted ? [{ wanted, destination: { folder: download.folder, name: download.name } }] : [];
    });
  }

  /** This window sees to what it noted itself, unless it was interrupted. Another computer may share the folder. */
  async #isAbandoned({ start, ...rest }: AwaitedDownload['owner'], self: ProcessIdentity): Promise<boolean> {
    const owner = { ...rest, start };
    if (owner.host !== self.host) return true;
    if (owner.pid === self.pid && owner.start === self.start) return true;
    return (await this.#with.processes.look(owner)) === 'dead';
  }

  async #change(
    records: BotRecords,
    botId: string,
    change: (record: BotRecord) => AwaitedDownload[],
  ): Promise<void> {
    try {
      await records.change(botId, (record) => ({ awaited: change(record) }));
    } catch (error) {
      // The download itself goes on; only the next window would not know of it.
      this.#with.log.warn(`[download] ${botId}: what is awaited could not be noted: ${String(error)}`);
    }
  }
}

function withoutThis(
  awaited: readonly AwaitedDownload[],
  { kind, recordingIds }: WantedMedia,
): AwaitedDownload[] {
  const key = keyOf({ kind: kind.word, recordingIds });
  return awaited.filter((download) => keyOf(download) !== key);
}

/** The same for the same media of a bot. */
function keyOf({
  kind,
  recordingIds,
}: {
  kind: string;
  recordingIds?: readonly string[] | undefined;
}): string {
  return JSON.stringify([kind, recordingIds?.toSorted()]);
}

/** Undefined for a kind of media that only a newer version of the extension knows. */
function wantedOf(botId: string, { kind: word, recordingIds }: AwaitedDownload): WantedMedia | undefined {
  const kind = kindOfWord(word);
  return kind && { kind, botId, recordingIds };
}
