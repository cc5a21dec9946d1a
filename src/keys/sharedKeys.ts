import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { ChangeSource } from '../state/changes.ts';
import type { Subscription } from '../state/changes.ts';
import type { FolderWatch } from '../state/folderWatch.ts';
import type { KeyMark, KeyMarks } from './keyMarks.ts';

/** Where keys are kept: VS Code's SecretStorage, one key per API origin. Every method may throw. */
export interface KeyStorage {
  get(origin: string): Promise<string | undefined>;
  /** @param at when, in ms since the epoch; kept with the key */
  store(origin: string, key: string, at: number): Promise<void>;
  /** When the key that is there was stored; undefined when nobody noted it. */
  storedAt(origin: string): Promise<number | undefined>;
  delete(origin: string): Promise<void>;
  /** Tells the origin whose key changed, in this window or, where the storage is shared, in another. */
  onDidChange(listener: (origin: string) => void): Subscription;
}

/**
 * Which marks a window has known of since it was loaded, by their change ids. As old as the window: a restart of the
 * extension host, after which the window still has the secrets of its beginning, leaves them there.
 */
export interface WindowMemory {
  /** Undefined when nothing was noted since the window was loaded. */
  recall(): readonly string[] | undefined;
  note(changeIds: readonly string[]): Promise<void>;
}

/** What this window may do: use the key; or it has none, another window removed it, or has one that is not to be had here. */
export type KeyAnswer =
  | { readonly state: 'usable'; readonly key: string }
  | { readonly state: 'none' | 'removed' | 'changedElsewhere' };

/** What shared keys work with. */
export interface SharedKeysCollaborators {
  readonly storage: KeyStorage;
  readonly marks: KeyMarks;
  readonly memory: WindowMemory;
  readonly watch: (folder: string, onChange: () => void) => FolderWatch;
  readonly clock: Clock;
  /** Another word at each call. */
  readonly randomId: () => string;
  readonly log: Log;
  /**
   * Whether every window has read all secrets when it was loaded and never again, as in a browser. There a window that
   * stores any secret also brings back those that others have removed meanwhile.
   */
  readonly windowsKeepOwnSecrets: boolean;
}

interface KnownOrigin {
  /** The last piece of work on this origin. */
  turn: Promise<unknown>;
  isLookDue: boolean;
  hasBegun: boolean;
  /** Of the newest mark that was taken into account. */
  changeId: string | undefined;
  /** What the storage answered last. */
  key: string | undefined;
  /** What other windows have said about the key in the storage. */
  standing: 'asStored' | 'removed' | 'changedElsewhere';
  /** What those who listen know; undefined until somebody asked. */
  told: KeyAnswer | undefined;
}

/**
 * The API keys as all windows of this computer see them. Where the storage itself does not tell other windows of a
 * change, marks on disk do. A key that was removed in another window is never answered with here, nor one that was
 * replaced in the storage that both share.
 */
export class SharedKeys {
  readonly #with: SharedKeysCollaborators;
  readonly #source = new ChangeSource<string>();
  readonly #known = new Map<string, KnownOrigin>();
  readonly #ofStorage: Subscription;
  readonly #watch: FolderWatch;
  /** The change ids of all origins when this window was loaded, and those of its own changes. */
  readonly #idsInSecrets: Promise<Set<string>>;
  #isDisposed = false;

  /** Tells the origin whose key was set, changed or removed: once per change, however many signals of it come. */
  readonly changes = this.#source.changes;

  constructor(collaborators: SharedKeysCollaborators) {
    this.#with = collaborators;
    const { storage, marks, watch } = collaborators;
    this.#ofStorage = storage.onDidChange((origin) => {
      this.#inBackground(this.#inTurn(origin, (known) => this.#settle(origin, known, 'storageTold')));
    });
    this.#watch = watch(marks.folder, () => {
      this.#lookAtAll();
    });
    this.#idsInSecrets = this.#begin();
    this.look();
  }

  /** What this window may do with the key of an origin, as of this moment. Throws what the storage throws. */
  read(origin: string): Promise<KeyAnswer> {
    return this.#inTurn(origin, (known) => this.#settle(origin, known, 'asked'));
  }

  /** Looks for changes of which no watch has told. Waits for nothing. */
  look(): void {
    this.#lookAtAll();
    // What changed before the watch began is seen only by looking.
    void this.#watch.start().then(() => {
      this.#lookAtAll();
    });
  }

  /**
   * Keeps a key and tells all windows.
   *
   * @returns whether the storage has it now
   * @throws what the storage throws
   */
  store(origin: string, key: string): Promise<boolean> {
    return this.#inTurn(origin, async (known) => {
      const before = await this.#settle(origin, known, 'asked');
      await this.#with.storage.store(origin, key, this.#with.clock.now());
      if ((await this.#with.storage.get(origin)) !== key) return false;
      if (!(await this.#isNoNews(origin, before, key))) await this.#mark(origin, known, true);
      this.#changedHere(origin, known, key);
      return true;
    });
  }

  /** Forgets a key in all windows. Throws what the storage throws. */
  remove(origin: string): Promise<void> {
    return this.#inTurn(origin, async (known) => {
      await this.#with.storage.delete(origin);
      await this.#mark(origin, known, false);
      this.#changedHere(origin, known, undefined);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#ofStorage.dispose();
    this.#watch.dispose();
  }

  #lookAtAll(): void {
    if (this.#isDisposed) return;
    for (const [origin, known] of this.#known) {
      if (known.isLookDue || !known.hasBegun) continue;
      known.isLookDue = true;
      this.#inBackground(this.#inTurn(origin, () => this.#lookAt(origin, known)));
    }
  }

  async #lookAt(origin: string, known: KnownOrigin): Promise<void> {
    known.isLookDue = false;
    if (isNews(await this.#with.marks.read(origin), known)) await this.#settle(origin, known, 'asked');
  }

  /** Brings the mark and the storage together, and tells when the outcome is another one than was told. */
  async #settle(origin: string, known: KnownOrigin, why: 'asked' | 'storageTold'): Promise<KeyAnswer> {
    const mark = await this.#with.marks.read(origin);
    const key = await this.#with.storage.get(origin);
    const before = known.standing;
    const news = known.hasBegun && isNews(mark, known) ? mark : undefined;
    if (why === 'storageTold') this.#believeStorage(known, key);
    else if (!known.hasBegun) await this.#beginWith(known, mark, key);
    else if (news !== undefined) this.#takeNews(known, news, key);
    else if (known.standing === 'changedElsewhere' && showsAnother(known, key)) known.standing = 'asStored';
    known.hasBegun = true;
    known.changeId = mark?.changeId ?? known.changeId;
    known.key = key;
    const answer = answerOf(known);
    const mayHaveChanged = news !== undefined || known.standing !== before;
    if (why === 'storageTold' || (known.told !== undefined && mayHaveChanged)) this.#tellIfNew(origin, known);
    known.told ??= answer;
    return answer;
  }

  /** Takes note of all marks, and looks at their origins now, while what the storage has is new. */
  async #begin(): Promise<Set<string>> {
    const marks = await this.#with.marks.all();
    for (const { origin } of marks) this.#inBackground(this.read(origin));
    const remembered = this.#with.windowsKeepOwnSecrets ? this.#with.memory.recall() : undefined;
    if (remembered !== undefined) return new Set(remembered);
    const ids = new Set(marks.map(({ changeId }) => changeId));
    this.#remember(ids);
    return ids;
  }

  #remember(ids: ReadonlySet<string>): void {
    const { memory, windowsKeepOwnSecrets, log } = this.#with;
    if (!windowsKeepOwnSecrets) return;
    memory.note([...ids]).catch((error: unknown) => {
      log.warn(`[keys] a change of an API key could not be noted: ${String(error)}`);
    });
  }

  /** What the storage has is right, whatever was marked before this window was loaded; with one exception. */
  async #beginWith(known: KnownOrigin, mark: KeyMark | undefined, key: string | undefined): Promise<void> {
    if (mark === undefined) return;
    const { windowsKeepOwnSecrets } = this.#with;
    const isOlder = (await this.#idsInSecrets).has(mark.changeId);
    if (mark.stored) {
      if (windowsKeepOwnSecrets && !isOlder) known.standing = 'changedElsewhere';
      return;
    }
    if (key !== undefined && (!windowsKeepOwnSecrets || (await this.#isStoredAfter(mark)))) return;
    known.standing = 'removed';
    if (key !== undefined && isOlder) await this.#removeAgain(mark.origin);
  }

  /** As by a page of the same browser that works on another computer and leaves its marks there. */
  async #isStoredAfter({ origin, at }: KeyMark): Promise<boolean> {
    const storedAt = await this.#with.storage.storedAt(origin);
    return storedAt !== undefined && storedAt > at;
  }

  /**
   * A removed key is in the storage again, because a window that still knew it has stored another secret. Only for a
   * window that has just been loaded: one that is open for longer would do the same to what others stored or removed.
   */
  async #removeAgain(origin: string): Promise<void> {
    const { storage, log } = this.#with;
    try {
      await storage.delete(origin);
      log.info('[keys] a removed API key was in the secret storage again and was removed once more');
    } catch (error) {
      log.warn(`[keys] a removed API key could not be removed from the secret storage: ${String(error)}`);
    }
  }

  #believeStorage(known: KnownOrigin, key: string | undefined): void {
    if (key !== undefined || known.standing !== 'removed') known.standing = 'asStored';
  }

  #takeNews(known: KnownOrigin, mark: KeyMark, key: string | undefined): void {
    if (!mark.stored) known.standing = 'removed';
    else if (showsAnother(known, key)) known.standing = 'asStored';
    // Elsewhere the storage tells of every key that is meant for this window. A key of which it does not tell is that of
    // another computer on the same remote, or of a window that keeps its secrets in memory for want of a keyring.
    else if (this.#with.windowsKeepOwnSecrets) known.standing = 'changedElsewhere';
  }

  /** Whether a mark would have others look for a key that they have already, or cannot get. */
  async #isNoNews(origin: string, before: KeyAnswer, key: string): Promise<boolean> {
    if (before.state === 'usable') return before.key === key;
    // A key was set, and the storage of this window has none: it is not that of the windows which have it.
    return before.state === 'none' && (await this.#with.marks.read(origin))?.stored === true;
  }

  async #mark(origin: string, known: KnownOrigin, stored: boolean): Promise<void> {
    // Before it is on disk, so that a watch never finds it to be news.
    const { marks, randomId, clock } = this.#with;
    known.changeId = randomId();
    const isWritten = await marks.write({ origin, changeId: known.changeId, stored, at: clock.now() });
    // An older mark that could not even be removed is no news, or it would undo what was just done here.
    if (!isWritten) known.changeId = (await marks.read(origin))?.changeId ?? known.changeId;
    const ids = await this.#idsInSecrets;
    this.#remember(ids.add(known.changeId));
  }

  #changedHere(origin: string, known: KnownOrigin, key: string | undefined): void {
    known.hasBegun = true;
    known.standing = 'asStored';
    known.key = key;
    known.told = undefined;
    this.#tellIfNew(origin, known);
  }

  #tellIfNew(origin: string, known: KnownOrigin): void {
    const answer = answerOf(known);
    if (this.#isDisposed || (known.told !== undefined && meansTheSame(known.told, answer))) return;
    known.told = answer;
    this.#source.tell(origin);
  }

  /** One thing after the other for each origin, so that no signal is taken into account twice. */
  #inTurn<T>(origin: string, work: (known: KnownOrigin) => Promise<T>): Promise<T> {
    const known = this.#knownOf(origin);
    const own = known.turn.then(() => work(known));
    // A failure is its caller's to report; the next in turn must not fail for it.
    known.turn = own.then(nothing, nothing);
    return own;
  }

  #knownOf(origin: string): KnownOrigin {
    const known = this.#known.get(origin) ?? {
      turn: Promise.resolve(),
      isLookDue: false,
      hasBegun: false,
      changeId: undefined,
      key: undefined,
      standing: 'asStored',
      told: undefined,
    };
    this.#known.set(origin, known);
    return known;
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#with.log.warn(`[keys] the API key could not be looked up: ${String(error)}`);
    });
  }
}

const nothing = (): void => {
  // There is nothing to do.
};

function isNews(mark: KeyMark | undefined, known: KnownOrigin): mark is KeyMark {
  return mark !== undefined && mark.changeId !== known.changeId;
}

function showsAnother(known: KnownOrigin, key: string | undefined): boolean {
  return key !== undefined && key !== known.key;
}

function answerOf({ standing, key }: KnownOrigin): KeyAnswer {
  if (standing !== 'asStored') return { state: standing };
  return key === undefined ? { state: 'none' } : { state: 'usable', key };
}

function meansTheSame(one: KeyAnswer, other: KeyAnswer): boolean {
  if (one.state === 'usable' && other.state === 'usable') return one.key === other.key;
  return sayable(one) === sayable(other);
}

/** For those who listen it makes no difference which window removed a key. */
function sayable({ state }: KeyAnswer): KeyAnswer['state'] {
  return state === 'removed' ? 'none' : state;
}
