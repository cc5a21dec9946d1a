import type { DownloadFileSystem } from '../download/fileSystem.ts';
import { findUnfinished } from '../download/unfinished.ts';
import type { UnfinishedDownload } from '../download/unfinished.ts';
import type { Log } from '../network/log.ts';
import { ChangeSource } from '../state/changes.ts';

/** What the look at paused downloads works with. */
export interface PausedDownloadsCollaborators {
  readonly fs: DownloadFileSystem;
  /** Absolute paths of the folders that media are saved in. */
  readonly folders: () => Promise<readonly string[]>;
  readonly log: Log;
}

/** Downloads that were begun and are not under way, by bot: found on disk, so they survive a restart. */
export class PausedDownloads {
  readonly #with: PausedDownloadsCollaborators;
  readonly #source = new ChangeSource<readonly string[]>();
  #byBot: ReadonlyMap<string, UnfinishedDownload> = new Map();

  /** Tells the ids of the bots whose paused download came, went or grew. */
  readonly changes = this.#source.changes;

  constructor(collaborators: PausedDownloadsCollaborators) {
    this.#with = collaborators;
  }

  /** The bot's paused download as of the last look; undefined when there is none. */
  get(botId: string): UnfinishedDownload | undefined {
    return this.#byBot.get(botId);
  }

  /** All paused downloads as of the last look, one a bot. */
  all(): UnfinishedDownload[] {
    return [...this.#byBot.values()];
  }

  /** Looks at the folders again. A folder that cannot be read is logged and counts as empty. */
  async look(): Promise<void> {
    const before = this.#byBot;
    const found = await Promise.all((await this.#with.folders()).map((folder) => this.#in(folder)));
    const after = new Map(found.flat().map((unfinished) => [unfinished.identity.botId, unfinished]));
    this.#byBot = after;
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (botId) => before.get(botId)?.receivedBytes !== after.get(botId)?.receivedBytes,
    );
    if (changed.length > 0) this.#source.tell(changed);
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
