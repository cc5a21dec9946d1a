import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../network/clock.ts';
import { parseJson } from '../network/json.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';
import { originFolderName } from '../state/stateFiles.ts';

const watchNote = v.object({
  focused: v.boolean(),
  listAskedAt: v.number(),
  askedAt: v.number(),
  notBefore: v.number(),
  requestTimes: v.array(v.number()),
  revision: v.number(),
  lastSuccessAt: v.optional(v.number()),
  failure: v.optional(v.string()),
});

const leaseFile = v.object({
  windowId: v.string(),
  pid: v.number(),
  renewedAt: v.number(),
  released: v.boolean(),
  note: watchNote,
});

/**
 * What the polling window leaves for the others, and for the one that polls after it. Times in ms since the epoch:
 * when the live bots and when anything was asked for last, before when nothing may be asked, when each request of the
 * last minute was made. `revision` grows with every snapshot that was written; `failure` says why polling fails now.
 */
export type WatchNote = v.InferOutput<typeof watchNote>;

/** Who polls: this window, another one, or none; with the note of the last one that did. */
export interface LeaseView {
  readonly holder: 'mine' | 'other' | 'none';
  readonly note: WatchNote | undefined;
}

/** What the lease works with. */
export interface WatchLeaseCollaborators {
  /** Absolute; the lease lies in a folder of the origin's name below it. */
  readonly folder: string;
  readonly origin: string;
  /** Another word in each window. */
  readonly windowId: string;
  readonly pid: number;
  readonly files: StateFileSystem;
  readonly clock: Clock;
  /** Not renewed for this long, in ms, a lease counts as that of a killed window. */
  readonly staleAfterMs?: number;
}

const STALE_AFTER_MS = 45_000;

/**
 * The right to poll one API origin for all windows of this computer. Every taking makes a new file, numbered one higher
 * than the newest: the file system lets only one window make it, and the highest number holds. A window that slept
 * through that sees the higher number and knows that it holds the lease no more.
 */
export class WatchLease {
  readonly #with: WatchLeaseCollaborators;
  readonly #folder: string;
  readonly #staleAfterMs: number;
  #ownNumber: number | undefined;
  #unreadable: { readonly number: number; readonly since: number } | undefined;

  constructor(collaborators: WatchLeaseCollaborators) {
    this.#with = collaborators;
    this.#folder = join(collaborators.folder, 'watch', originFolderName(collaborators.origin));
    this.#staleAfterMs = collaborators.staleAfterMs ?? STALE_AFTER_MS;
  }

  /** Who holds the lease at this moment. */
  async look(): Promise<LeaseView> {
    const { view } = await this.#lookAtNewest();
    return view;
  }

  /** Whether this window holds the lease at this moment. */
  async isMine(): Promise<boolean> {
    return this.#ownNumber !== undefined && (await this.#newestNumber()) === this.#ownNumber;
  }

  /**
   * Takes the lease when it is free or its holder was killed.
   *
   * @param note kept with it
   * @param evenFromOther also takes it from a window that holds it
   * @returns whether this window holds it now
   */
  async take(note: WatchNote, evenFromOther: boolean): Promise<boolean> {
    const { number, view } = await this.#lookAtNewest();
    if (view.holder === 'mine') return this.renew(note);
    if (view.holder === 'other' && !evenFromOther) return false;
    const ownNumber = number + 1;
    if (!(await this.#with.files.create(this.#folder, leaseName(ownNumber), this.#text(note, false))))
      return false;
    if ((await this.#newestNumber()) !== ownNumber) {
      await this.#with.files.remove(join(this.#folder, leaseName(ownNumber)));
      return false;
    }
    this.#ownNumber = ownNumber;
    await this.#removeBelow(ownNumber);
    return true;
  }

  /** Says that the holder is alive. @returns whether this window still holds the lease */
  async renew(note: WatchNote): Promise<boolean> {
    return this.#write(note, false);
  }

  /** Lets another window have the lease; the note stays for it. Does nothing when this window does not hold it. */
  async release(note: WatchNote): Promise<void> {
    await this.#write(note, true);
    this.#ownNumber = undefined;
  }

  async #write(note: WatchNote, released: boolean): Promise<boolean> {
    if (this.#ownNumber === undefined) return false;
    if (!(await this.isMine())) {
      this.#ownNumber = undefined;
      return false;
    }
    await this.#with.files.replace(this.#folder, leaseName(this.#ownNumber), this.#text(note, released));
    return true;
  }

  async #lookAtNewest(): Promise<{ readonly number: number; readonly view: LeaseView }> {
    const number = await this.#newestNumber();
    const text =
      number === 0 ? undefined : await this.#with.files.read(join(this.#folder, leaseName(number)));
    if (text === undefined) return { number, view: { holder: 'none', note: undefined } };
    const result = v.safeParse(leaseFile, parseJson(text));
    if (!result.success) return { number, view: this.#unreadableView(number) };
    const { note, released, renewedAt } = result.output;
    if (number === this.#ownNumber) return { number, view: { holder: 'mine', note } };
    // A time ahead of now comes from a clock that was put back since.
    const isAlive = !released && Math.abs(this.#with.clock.now() - renewedAt) <= this.#staleAfterMs;
    return { number, view: { holder: isAlive ? 'other' : 'none', note } };
  }

  /** A file without its text was made this instant, or by a window that was killed while making it. */
  #unreadableView(number: number): LeaseView {
    const now = this.#with.clock.now();
    if (this.#unreadable?.number !== number) this.#unreadable = { number, since: now };
    const isAlive = Math.abs(now - this.#unreadable.since) <= this.#staleAfterMs;
    return { holder: isAlive ? 'other' : 'none', note: undefined };
  }

  async #newestNumber(): Promise<number> {
    return Math.max(0, ...(await this.#numbers()));
  }

  async #numbers(): Promise<number[]> {
    const names = await this.#with.files.list(this.#folder);
    return names.flatMap((name) => {
      const number = /^lease\.(\d{1,15})\.json$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  async #removeBelow(ownNumber: number): Promise<void> {
    const older = (await this.#numbers()).filter((number) => number < ownNumber);
    await Promise.all(older.map((number) => this.#with.files.remove(join(this.#folder, leaseName(number)))));
  }

  #text(note: WatchNote, released: boolean): string {
    const { windowId, pid, clock } = this.#with;
    return `${JSON.stringify({ windowId, pid, renewedAt: clock.now(), released, note })}\n`;
  }
}

function leaseName(number: number): string {
  return `lease.${number}.json`;
}
