import type { Memento, SecretStorage } from 'vscode';
import { UIKind, env, l10n } from 'vscode';
import { randomUUID } from 'node:crypto';
import type { Changes } from '../state/changes.ts';
import { watchFolder } from '../state/folderWatch.ts';
import { KeyMarks } from '../keys/keyMarks.ts';
import { SharedKeys } from '../keys/sharedKeys.ts';
import type { KeyAnswer, KeyStorage, WindowMemory } from '../keys/sharedKeys.ts';
import { nodeStateFiles } from '../state/stateFiles.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Redactor } from '../network/redaction.ts';
import { RecallError } from '../recall/errors.ts';

/** SecretStorage failed or did not keep the key. */
export class SecretStorageError extends Error {
  override readonly name = 'SecretStorageError';
  readonly code = 'secretStorage';
}

// These names are written into the user's SecretStorage: renaming them loses the keys.
const SECRET_PREFIX = 'recall.apiKey:';
const STORED_AT_PREFIX = 'recall.apiKeyStoredAt:';
const STORED_PREFIX = 'recall.apiKeyStored:';
const WINDOW_MEMORY = 'recall.keyMarksOfWindow';

/** The API keys, one per API origin so that none can go to another host; in SecretStorage and nowhere else. */
export class ApiKeys {
  readonly #keys: SharedKeys;
  readonly #remembered: Memento;

  /** Tells the origin whose key was set, changed or removed, in this window or another. */
  readonly changes: Changes<string>;

  /** @param remembered keeps, for each origin, whether a key was stored once; never the key */
  constructor(keys: SharedKeys, remembered: Memento) {
    this.#keys = keys;
    this.#remembered = remembered;
    this.changes = keys.changes;
  }

  /**
   * The key of an API origin; undefined when there is none.
   *
   * @throws SecretStorageError; RecallError `keyChangedElsewhere` when this window cannot get at the key
   */
  async get(origin: string): Promise<string | undefined> {
    const answer = await this.#keys.read(origin);
    if (answer.state === 'changedElsewhere') {
      throw new RecallError('keyChangedElsewhere', keyChangedElsewhere());
    }
    return answer.state === 'usable' ? answer.key : undefined;
  }

  /** What this window may do with the key of an API origin. Throws SecretStorageError. */
  async state(origin: string): Promise<KeyAnswer['state']> {
    return (await this.#keys.read(origin)).state;
  }

  /**
   * Keeps a key and reads it back.
   *
   * @throws SecretStorageError when SecretStorage fails or has forgotten the key at once
   */
  async store(origin: string, key: string): Promise<void> {
    if (!(await this.#keys.store(origin, key))) throw new SecretStorageError(notKept());
    await this.#remembered.update(STORED_PREFIX + origin, true);
  }

  /** Forgets the key of an API origin. Throws SecretStorageError. */
  async remove(origin: string): Promise<void> {
    await this.#keys.remove(origin);
    await this.#remembered.update(STORED_PREFIX + origin, undefined);
  }

  /** Whether VS Code lost a key that was stored for the origin and that nobody removed. Throws SecretStorageError. */
  async isForgotten(origin: string): Promise<boolean> {
    const wasStored = this.#remembered.get<unknown>(STORED_PREFIX + origin) === true;
    return wasStored && (await this.state(origin)) === 'none';
  }
}

/** What the keys of all windows are made of. */
export interface SharedKeysParts {
  readonly secrets: SecretStorage;
  readonly redactor: Redactor;
  /** Kept by this window, also while its extension host starts anew. */
  readonly windowState: Memento;
  /** Absolute; where the windows of this computer tell each other of changes. */
  readonly sharedFolder: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the keys as all windows see them, over SecretStorage. */
export function createSharedKeys(parts: SharedKeysParts): SharedKeys {
  const { secrets, redactor, windowState, sharedFolder, clock, log } = parts;
  return new SharedKeys({
    storage: secretKeyStorage(secrets, redactor),
    marks: new KeyMarks(sharedFolder, nodeStateFiles, log),
    memory: windowMemory(windowState),
    watch: (folder, onChange) => watchFolder(folder, onChange, log),
    clock,
    randomId: randomUUID,
    log,
    windowsKeepOwnSecrets: env.uiKind === UIKind.Web,
  });
}

/** The state belongs to the folder, and a later window finds what this one left there; its session is another one. */
function windowMemory(state: Memento): WindowMemory {
  return {
    recall: () => {
      const noted = state.get<{ session: string; changeIds: readonly string[] }>(WINDOW_MEMORY);
      return noted?.session === env.sessionId ? noted.changeIds : undefined;
    },
    note: async (changeIds) => {
      await state.update(WINDOW_MEMORY, { session: env.sessionId, changeIds });
    },
  };
}

/** Every key that passes is hidden from the log; every failure is a SecretStorageError. */
function secretKeyStorage(secrets: SecretStorage, redactor: Redactor): KeyStorage {
  return {
    get: async (origin) => {
      const key = await accessing(() => secrets.get(SECRET_PREFIX + origin));
      if (key !== undefined) redactor.addSecret(key);
      return key;
    },
    store: async (origin, key, at) => {
      redactor.addSecret(key);
      await accessing(() => secrets.store(STORED_AT_PREFIX + origin, String(at)));
      await accessing(() => secrets.store(SECRET_PREFIX + origin, key));
    },
    storedAt: async (origin) => {
      const at = Number.parseInt((await accessing(() => secrets.get(STORED_AT_PREFIX + origin))) ?? '', 10);
      return Number.isNaN(at) ? undefined : at;
    },
    delete: async (origin) => {
      // First, so that a failure leaves the key there and is not taken for a removal.
      await accessing(() => secrets.delete(STORED_AT_PREFIX + origin));
      await accessing(() => secrets.delete(SECRET_PREFIX + origin));
    },
    onDidChange: (listener) =>
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(SECRET_PREFIX)) listener(key.slice(SECRET_PREFIX.length));
      }),
  };
}

async function accessing<T>(call: () => Thenable<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new SecretStorageError(storageFailed(), { cause: error });
  }
}

/** Where VS Code explains how to give it a keyring on Linux. */
export const KEYRING_HELP =
  'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

function storageFailed(): string {
  return l10n.t('VS Code could not reach its secret storage, so the API key cannot be kept or read.');
}

function notKept(): string {
  return l10n.t('VS Code accepted the API key but did not keep it. It will be asked for again.');
}

function keyChangedElsewhere(): string {
  return l10n.t('A new API key was set in another window. Reload this window to use it.');
}
