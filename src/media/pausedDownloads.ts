import type { DownloadFileSystem } from '../download/fileSystem.ts';
import { findUnfinished } from '../download/unfinished.ts';
import type { UnfinishedDownload } from '../download/unfinished.ts';
import type { Log } from '../network/log.ts';
import { ChangeSource } from '../state/changes.ts';
import { kindOfExtension, kindOfWord, mediaKinds } from './kinds.ts';
import type { MediaKind } from './kinds/kind.ts';

/** What the look at paused downloads works with. */
export interface PausedDownloadsCollaborators {
  readonly fs: DownloadFileSystem;
  /** Absolute paths of the folders that media are saved in. */
  readonly folders: () => Promise<readonly string[]>;
  /** Deletes what was loaded. */
  readonly discardPart: (unfinished: UnfinishedDownload) => Promise<void>;
  readonly log: Log;
}

/** A download that was begun and is not under way. */
export interface PausedDownload extends UnfinishedDownload {
  readonly kind: MediaKind;
}

/** The paused downloads of one bot, at most one of each kind. */
type PausedOfBot = ReadonlyMap<MediaKind, PausedDownload>;

/** Downloads that were begun and are not under way, by bot: found on disk, so they survive a restart. */
export class PausedDownloads {
  readonly #with: PausedDownloadsCollaborators;
  readonly #source = new ChangeSource<readonly string[]>();
  #byBot: ReadonlyMap<string, PausedOfBot> = new Map();

  /** Tells the ids of the bots whose paused download came, went or grew. */
  readonly changes = this.#source.changes;

  constructor(collaborators: PausedDownloadsCollaborators) {
    this.#with = collaborators;
  }

  /** The bot's paused download as of the last look, in the order of `mediaKinds`: MP3s come first, since bots are sent for them, and are smaller; undefined when there is none. */
  get(botId: string): PausedDownload | undefined {
    return inOrder(this.#byBot.get(botId))[0];
  }

  /** All paused downloads as of the last look, for each bot at most one of each kind. */
  all(): PausedDownload[] {
    return [...this.#byBot.values()].flatMap(inOrder);
  }

  /** Looks at the folders again. A folder that cannot be read is logged and counts as empty. */
  async look(): Promise<void> {
    const before = this.#byBot;
    const found = await Promise.all((await this.#with.folders()).map((folder) => this.#in(folder)));
    const after = new Map<string, PausedOfBot>();
    for (const unfinished of found.flat()) {
      const { botId } = unfinished.identity;
      const kind = kindOf(unfinished);
      const ofBot = after.get(botId) ?? [];
      if (kind) after.set(botId, new Map([...ofBot, [kind, { ...unfinished, kind }]]));
    }
    this.#byBot = after;
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (botId) => standing(before.get(botId)) !== standing(after.get(botId)),
    );
    if (changed.length > 0) this.#source.tell(changed);
  }

  /** Deletes what was loaded of a paused download. Throws DownloadError. */
  async discard(unfinished: UnfinishedDownload): Promise<void> {
    await this.#with.discardPart(unfinished);
    await this.look();
  }

  async #in(folder: string): Promise<readonly UnfinishedDownload[]> {
    try {
      const unfinished = await findUnfinished(folder, this.#with.fs);
      return unfinished.filter(({ underWay }) => !underWay);
    } catch (error) {
      this.#with.log.warn(
        `[download] ${folder} could not be searched for paused downloads: ${String(error)}`,
      );
      return [];
    }
  }
}

/** Undefined for a kind that only a newer version of the extension knows. */
function kindOf({ identity: { kind: word }, extension }: UnfinishedDownload): MediaKind | undefined {
  // Version 0.1.0 noted no kind: of its files the extension says it.
  return word === undefined ? kindOfExtension(extension) : kindOfWord(word);
}

function inOrder(ofBot: PausedOfBot | undefined): PausedDownload[] {
  return mediaKinds.map((kind) => ofBot?.get(kind)).filter((download) => download !== undefined);
}

function standing(ofBot: PausedOfBot | undefined): string {
  return inOrder(ofBot)
    .map(({ partPath, receivedBytes }) => `${partPath} ${receivedBytes}`)
    .join('\n');
}
