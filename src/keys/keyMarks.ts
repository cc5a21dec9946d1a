import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../network/log.ts';
import { parseJson } from '../network/json.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';
import { originFolderName } from '../state/stateFiles.ts';

const keyMark = v.object({
  origin: v.string(),
  changeId: v.pipe(v.string(), v.nonEmpty()),
  stored: v.boolean(),
  /** In ms since the epoch. */
  at: v.number(),
});

/**
 * The last change of the API key of an origin: a random id, another one for each change, whether a key was stored by
 * it or removed, and when. Nothing in it comes from the key.
 */
export type KeyMark = v.InferOutput<typeof keyMark>;

/** By which the windows of this computer tell each other that an API key changed: one small file per API origin. */
export class KeyMarks {
  /** Absolute; where the files are. */
  readonly folder: string;
  readonly #files: StateFileSystem;
  readonly #log: Log;

  /** @param folder absolute; the files lie in a folder below it */
  constructor(folder: string, files: StateFileSystem, log: Log) {
    this.folder = join(folder, 'keys');
    this.#files = files;
    this.#log = log;
  }

  /** The last change of every origin. What cannot be read is left out. Never throws. */
  async all(): Promise<KeyMark[]> {
    try {
      const names = await this.#files.list(this.folder);
      const marks = names.filter((name) => name.endsWith('.json')).map((name) => this.#read(name));
      return (await Promise.all(marks)).filter((mark) => mark !== undefined);
    } catch (error) {
      this.#log.debug(`[keys] the changes of API keys could not be listed: ${String(error)}`);
      return [];
    }
  }

  /** The last change; undefined when there was none, or its file cannot be read. Never throws. */
  async read(origin: string): Promise<KeyMark | undefined> {
    const mark = await this.#read(markName(origin));
    return mark?.origin === origin ? mark : undefined;
  }

  /**
   * Tells the other windows of a change. When that fails it is logged: the key itself has changed all the same.
   *
   * @returns whether the mark is on disk
   */
  async write(mark: KeyMark): Promise<boolean> {
    const name = markName(mark.origin);
    try {
      await this.#files.replace(this.folder, name, `${JSON.stringify(mark)}\n`);
      return true;
    } catch (error) {
      this.#log.warn(`[keys] other windows could not be told of the change: ${String(error)}`);
      await this.#removeOutdated(name);
      return false;
    }
  }

  async #read(name: string): Promise<KeyMark | undefined> {
    try {
      const text = await this.#files.read(join(this.folder, name));
      if (text === undefined) return undefined;
      const result = v.safeParse(keyMark, parseJson(text));
      if (result.success) return result.output;
      this.#log.debug(`[keys] ${name} is not readable and was passed over`);
    } catch (error) {
      this.#log.debug(`[keys] ${name} could not be read: ${String(error)}`);
    }
    return undefined;
  }

  /** An older mark that stays could say that a key was removed which has been stored since. */
  async #removeOutdated(name: string): Promise<void> {
    try {
      await this.#files.remove(join(this.folder, name));
    } catch (error) {
      this.#log.warn(`[keys] ${name} is outdated and could not be removed: ${String(error)}`);
    }
  }
}

function markName(origin: string): string {
  return `${originFolderName(origin)}.json`;
}
