import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { DownloadError } from './errors.ts';
import { type DownloadFileSystem, fileErrorCode, readTextIfThere, unlinkIfThere } from './fileSystem.ts';
import type { DownloadLimits } from './limits.ts';
import { renamePatiently, whilePatient } from './heldFiles.ts';
import type { PartPaths } from './naming/partPaths.ts';
import {
  formatPartState,
  type MediaIdentity,
  parsePartState,
  type PartState,
  sameIdentity,
} from './partState.ts';
import { type MachineRun, type ProcessTable, sameRun } from './processes.ts';

/** What claiming and holding part files needs from outside. */
export interface ClaimContext {
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
  readonly limits: DownloadLimits;
  readonly processes: ProcessTable;
  /** Tokens of claims of this process that could not be given back, because the disk was full, say. */
  readonly lost: Set<string>;
  readonly log: Log;
}

/** What a claim found of an earlier try. */
export interface EarlierTry {
  /** Undefined when its state file could not be read. */
  readonly state: PartState | undefined;
  /** Whether its owner is surely gone. If not, it might still write, so its part file must not be built upon. */
  readonly ownerIsGone: boolean;
}

/** The outcome of an attempt to claim. */
export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: PartClaim; readonly earlier: EarlierTry | undefined }
  /** The files there belong to another item of media, or changed while we looked. */
  | { readonly kind: 'notOurs' };

const HALF_WRITTEN_POLL_MS = 50;
const HALF_WRITTEN_POLLS = 20;
const SWAP_TRIES = 5;

/** The error for media that are being downloaded by somebody else right now. */
export function busyError(): DownloadError {
  return new DownloadError('busyElsewhere', l10n.t('This recording is being downloaded in another window.'));
}

/**
 * The right of one process to write one part file. It lives in the state file, which only ever changes hands through
 * a file that is created exclusively and then renamed over it, so that of two processes one wins.
 */
export class PartClaim {
  readonly paths: PartPaths;
  readonly #context: ClaimContext;
  #state: PartState;
  #turn: Promise<unknown> = Promise.resolve();
  /** Given back or used up: a heartbeat that comes late must not bring the state file back. */
  #isOver = false;

  private constructor(context: ClaimContext, paths: PartPaths, state: PartState) {
    this.#context = context;
    this.paths = paths;
    this.#state = state;
  }

  /** What the state file says now. */
  get state(): PartState {
    return this.#state;
  }

  /** Claims a name that nobody uses. `notOurs` when somebody was quicker. */
  static async create(
    context: ClaimContext,
    paths: PartPaths,
    identity: MediaIdentity,
  ): Promise<ClaimResult> {
    const state = await newState(context, identity, undefined);
    try {
      await writeNewFile(context.fs, paths.state, formatPartState(state));
    } catch (error) {
      if (fileErrorCode(error) === 'EEXIST') return { kind: 'notOurs' };
      throw error;
    }
    const claim = new PartClaim(context, paths, state);
    if (!(await claim.#isHeld())) return { kind: 'notOurs' };
    return { kind: 'claimed', claim, earlier: undefined };
  }

  /**
   * Takes over what an earlier try for the same item of media left.
   *
   * @throws DownloadError `busyElsewhere` when its owner is at work
   */
  static async takeOver(
    context: ClaimContext,
    paths: PartPaths,
    identity: MediaIdentity,
  ): Promise<ClaimResult> {
    const text = await settledText(context, paths.state);
    if (text === undefined) return { kind: 'notOurs' };
    const earlier = parsePartState(text);
    if (earlier && !sameIdentity(earlier.identity, identity)) return { kind: 'notOurs' };
    const presence = earlier ? await presenceOf(context, earlier) : 'gone';
    if (presence === 'atWork') throw busyError();
    const state = await newState(context, identity, earlier);
    if (!(await swap(context, paths, state, (current) => current === text))) return { kind: 'notOurs' };
    const claim = new PartClaim(context, paths, state);
    return {
      kind: 'claimed',
      claim,
      earlier: { state: earlier, ownerIsGone: presence === 'gone' },
    };
  }

  /**
   * Changes the state file. Changes follow one another; after `release` or `discard` there are none.
   *
   * @throws DownloadError `busyElsewhere` when somebody else has taken the part file over, `folderGone` when the state
   * file was removed
   */
  update(change: Partial<PartState>): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    const next = this.#turn.then(async () => {
      const updatedAt = new Date(this.#context.clock.now()).toISOString();
      const state = { ...this.#state, ...change, updatedAt };
      const { token } = state.owner;
      const mine = (text: string | undefined): boolean => tokenOf(text) === token;
      if (!(await swap(this.#context, this.paths, state, mine))) throw await this.#lossError();
      this.#state = state;
    });
    this.#turn = next.catch(() => {
      // Reported to the caller of this change; the next one gets its own chance.
    });
    return next;
  }

  /** Makes sure that nobody else has taken over. @throws DownloadError as `update` does */
  async verify(): Promise<void> {
    await this.#turn;
    if (!(await this.#isHeld())) throw await this.#lossError();
  }

  /** Lets go of the part file and leaves it for a later try. Never throws. */
  async release(): Promise<void> {
    const releasing = this.update({ released: true });
    this.#isOver = true;
    try {
      await releasing;
    } catch {
      // The disk may be full, the folder gone, or the file another's by now. Remember that we do not hold it.
      this.#context.lost.add(this.#state.owner.token);
    }
  }

  /** Removes the part file and the state file, in the order that never leaves a part file without a state file. */
  async discard(): Promise<void> {
    this.#isOver = true;
    await this.verify();
    await whilePatient(this.#context, () => unlinkIfThere(this.#context.fs, this.paths.part));
    await whilePatient(this.#context, () => unlinkIfThere(this.#context.fs, this.paths.state));
  }

  /**
   * The same when the content is safe under its own name. What cannot be removed now, since another program holds it, is
   * given back, and removed when this item is asked for again. Never throws.
   */
  async tidyUp(): Promise<void> {
    try {
      await this.discard();
    } catch (error) {
      this.#context.log.warn(
        `[download] ${this.paths.name}: its part file stays behind (${fileErrorCode(error) ?? 'no code'})`,
      );
      this.#isOver = false;
      await this.release();
    }
  }

  async #lossError(): Promise<DownloadError> {
    const text = await readTextIfThere(this.#context.fs, this.paths.state);
    if (text !== undefined) return busyError();
    const message = l10n.t('The unfinished download was removed from {0}.', this.paths.folder);
    return new DownloadError('folderGone', message);
  }

  async #isHeld(): Promise<boolean> {
    const text = await readTextIfThere(this.#context.fs, this.paths.state);
    return tokenOf(text) === this.#state.owner.token;
  }
}

/** How many bytes of a part file of `size` bytes may be built upon. */
export function trustedBytes(earlier: PartState, size: number, here: MachineRun): number {
  // What a killed process wrote is still there unless the machine itself went down.
  const bytes = sameRun(earlier.writtenOn, here) ? size : Math.min(size, earlier.flushedBytes);
  return earlier.totalBytes !== undefined && bytes > earlier.totalBytes ? 0 : bytes;
}

/** Whether somebody is at work on a part file. `silent`: its owner may live, but was not heard of for long. */
export async function presenceOf(
  context: Pick<ClaimContext, 'clock' | 'limits' | 'processes' | 'lost'>,
  state: PartState,
): Promise<'atWork' | 'gone' | 'silent'> {
  if (state.released || context.lost.has(state.owner.token)) return 'gone';
  if ((await context.processes.look(state.owner)) === 'dead') return 'gone';
  const silentMs = context.clock.now() - Date.parse(state.updatedAt);
  return silentMs > context.limits.abandonedMs ? 'silent' : 'atWork';
}

async function newState(
  context: ClaimContext,
  identity: MediaIdentity,
  earlier: PartState | undefined,
): Promise<PartState> {
  const owner = { ...(await context.processes.self()), token: randomUUID() };
  return {
    identity,
    etag: earlier?.etag,
    lastModified: earlier?.lastModified,
    totalBytes: earlier?.totalBytes,
    flushedBytes: earlier?.flushedBytes ?? 0,
    complete: earlier?.complete ?? false,
    publishingAs: earlier?.publishingAs,
    placeHeld: earlier?.placeHeld ?? false,
    owner,
    writtenOn: earlier?.writtenOn ?? { host: owner.host, boot: owner.boot },
    released: false,
    updatedAt: new Date(context.clock.now()).toISOString(),
  };
}

/** Replaces the state file if, while nobody else can, `expected` holds for its text. */
async function swap(
  context: ClaimContext,
  paths: PartPaths,
  state: PartState,
  expected: (text: string | undefined) => boolean,
): Promise<boolean> {
  const { fs } = context;
  const text = formatPartState(state);
  if (!(await createNextState(context, paths, state, text))) return false;
  if (!expected(await readTextIfThere(fs, paths.state))) {
    await unlinkIfThere(fs, paths.nextState);
    return false;
  }
  try {
    await renamePatiently(context, paths.nextState, paths.state);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return false;
    await unlinkIfThere(fs, paths.nextState);
    throw error;
  }
  return (await readTextIfThere(fs, paths.state)) === text;
}

async function createNextState(
  context: ClaimContext,
  paths: PartPaths,
  state: PartState,
  text: string,
): Promise<boolean> {
  for (let attempt = 0; attempt < SWAP_TRIES; attempt++) {
    try {
      await writeNewFile(context.fs, paths.nextState, text);
      return true;
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST') throw error;
    }
    const found = await settledText(context, paths.nextState);
    const other = found === undefined ? undefined : parsePartState(found);
    const mine = other?.owner.token === state.owner.token;
    if (other && !mine && (await presenceOf(context, other)) === 'atWork') return false;
    await unlinkIfThere(context.fs, paths.nextState);
  }
  return false;
}

/** The text of a file that another process may be writing this moment; undefined when there is none. */
async function settledText(context: ClaimContext, path: string): Promise<string | undefined> {
  let text = await readTextIfThere(context.fs, path);
  for (let polls = 0; polls < HALF_WRITTEN_POLLS; polls++) {
    if (text === undefined || parsePartState(text)) return text;
    await context.clock.sleep(HALF_WRITTEN_POLL_MS);
    text = await readTextIfThere(context.fs, path);
  }
  return text;
}

async function writeNewFile(fs: DownloadFileSystem, path: string, text: string): Promise<void> {
  const handle = await fs.open(path, 'wx');
  try {
    await handle.writeFile(text);
  } catch (error) {
    await handle.close();
    await unlinkIfThere(fs, path);
    throw error;
  }
  await handle.close();
}

function tokenOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parsePartState(text)?.owner.token;
}
