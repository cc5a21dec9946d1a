import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../network/clock.ts';
import { parseJson } from '../network/json.ts';
import { readBot } from '../recall/bot.ts';
import type { Bot } from '../recall/bot.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';
import { originFolderName, stateFileName } from '../state/stateFiles.ts';
import { snapshotOf } from './watchedBots.ts';

const wishFile = v.object({ at: v.number(), botIds: v.array(v.string()) });
const newsFile = v.object({ at: v.number(), bots: v.array(v.unknown()), gone: v.array(v.string()) });

/** What the polling window found of bots that others show. */
export interface SightNews {
  readonly bots: readonly Bot[];
  /** Ids of bots that do not exist any more. */
  readonly gone: readonly string[];
}

/** What the files are kept with. */
export interface SightFilesCollaborators {
  /** Absolute; the files lie in a folder of the origin's name below it. */
  readonly folder: string;
  readonly origin: string;
  /** Another word in each window. */
  readonly windowId: string;
  readonly files: StateFileSystem;
  readonly clock: Clock;
}

const NEWS = 'news.json';
// Written again after the one time, and not believed any more after the other: the window that wrote it was closed.
const RENEW_MS = 15_000;
const STALE_MS = 45_000;

/**
 * The bots that nobody follows but somebody looks at. Each window that shows such bots says which, in a file of its
 * own, and the polling window tells all of them in one file what it found.
 */
export class SightFiles {
  readonly #with: SightFilesCollaborators;
  readonly #folder: string;
  readonly #ownName: string;
  #wish = { at: Number.NEGATIVE_INFINITY, text: '[]' };
  #told = { at: Number.NEGATIVE_INFINITY, text: '' };
  #readText = '';

  constructor(collaborators: SightFilesCollaborators) {
    this.#with = collaborators;
    this.#folder = join(collaborators.folder, 'watch', originFolderName(collaborators.origin), 'sight');
    this.#ownName = `wish.${stateFileName(collaborators.windowId)}`;
  }

  /** Says which bots this window shows, if it does not poll itself. */
  async wish(botIds: readonly string[]): Promise<void> {
    const text = JSON.stringify(botIds);
    if (!this.#isDue(this.#wish, text) || (botIds.length === 0 && this.#wish.text === text)) return;
    this.#wish = { at: this.#with.clock.now(), text };
    const { files } = this.#with;
    if (botIds.length === 0) await files.remove(join(this.#folder, this.#ownName));
    else
      await files.replace(this.#folder, this.#ownName, `${JSON.stringify({ at: this.#wish.at, botIds })}\n`);
  }

  /** The ids of all bots that other windows show. */
  async wishes(): Promise<ReadonlySet<string>> {
    const { files } = this.#with;
    const wished = new Set<string>();
    for (const name of await files.list(this.#folder)) {
      if (!/^wish\..*\.json$/.test(name) || name === this.#ownName) continue;
      const path = join(this.#folder, name);
      const text = await files.read(path);
      const wish = v.safeParse(wishFile, parseJson(text ?? ''));
      if (wish.success && this.#isFresh(wish.output.at)) wish.output.botIds.forEach((id) => wished.add(id));
      else if (text !== undefined) await files.remove(path);
    }
    return wished;
  }

  /** Tells the other windows what is known of the bots that they show. No URL or password is written. */
  async tell({ bots, gone }: SightNews): Promise<void> {
    const text = JSON.stringify({ bots: bots.map(snapshotOf), gone });
    if (!this.#isDue(this.#told, text)) return;
    this.#told = { at: this.#with.clock.now(), text };
    await this.#with.files.replace(this.#folder, NEWS, `{"at":${this.#told.at},${text.slice(1)}\n`);
  }

  /** What the polling window told since the last call; undefined when that is nothing. */
  async news(): Promise<SightNews | undefined> {
    const text = await this.#with.files.read(join(this.#folder, NEWS));
    if (text === undefined || text === this.#readText) return undefined;
    this.#readText = text;
    const news = v.safeParse(newsFile, parseJson(text));
    if (!news.success || !this.#isFresh(news.output.at)) return undefined;
    return { bots: news.output.bots.flatMap((bot) => readBot(bot) ?? []), gone: news.output.gone };
  }

  #isDue(written: { readonly at: number; readonly text: string }, text: string): boolean {
    return written.text !== text || Math.abs(this.#with.clock.now() - written.at) >= RENEW_MS;
  }

  // A time ahead of now comes from a clock that was put back since.
  #isFresh(at: number): boolean {
    return Math.abs(this.#with.clock.now() - at) <= STALE_MS;
  }
}
