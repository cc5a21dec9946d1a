import type { Memento, SecretStorage } from 'vscode';
import { l10n } from 'vscode';
import type { Redactor } from '../network/redaction.ts';
import { ChangeSource } from '../bots/changes.ts';
import type { Subscription } from '../bots/changes.ts';

/** SecretStorage failed or did not keep the key. */
export class SecretStorageError extends Error {
  override readonly name = 'SecretStorageError';
  readonly code = 'secretStorage';
}

// These names are written into the user's SecretStorage: renaming them loses the keys.
const SECRET_PREFIX = 'recall.apiKey:';
const STORED_PREFIX = 'recall.apiKeyStored:';

/** The API keys, one per API origin so that none can go to another host; in SecretStorage and nowhere else. */
export class ApiKeys {
  readonly #secrets: SecretStorage;
  readonly #remembered: Memento;
  readonly #redactor: Redactor;
  readonly #source = new ChangeSource<string>();
  readonly #subscription: Subscription;

  /** Tells the origin whose key was set, changed or removed, in this window or another. */
  readonly changes = this.#source.changes;

  /** @param remembered keeps, for each origin, whether a key was stored once; never the key */
  constructor(secrets: SecretStorage, remembered: Memento, redactor: Redactor) {
    this.#secrets = secrets;
    this.#remembered = remembered;
    this.#redactor = redactor;
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(SECRET_PREFIX)) this.#source.tell(key.slice(SECRET_PREFIX.length));
    });
  }

  /** The key of an API origin; undefined when there is none. Throws SecretStorageError. */
  async get(origin: string): Promise<string | undefined> {
    const key = await this.#access(() => this.#secrets.get(SECRET_PREFIX + origin));
    if (key !== undefined) this.#redactor.addSecret(key);
    return key;
  }

  /**
   * Keeps a key and reads it back.
   *
   * @throws SecretStorageError when SecretStorage fails or has forgotten the key at once
   */
  async store(origin: string, key: string): Promise<void> {
    this.#redactor.addSecret(key);
    await this.#access(() => this.#secrets.store(SECRET_PREFIX + origin, key));
    if ((await this.get(origin)) !== key) throw new SecretStorageError(notKept());
    await this.#remembered.update(STORED_PREFIX + origin, true);
  }

  /** Forgets the key of an API origin. Throws SecretStorageError. */
  async remove(origin: string): Promise<void> {
    await this.#access(() => this.#secrets.delete(SECRET_PREFIX + origin));
    await this.#remembered.update(STORED_PREFIX + origin, undefined);
  }

  /** Whether a key was stored for the origin and not removed by the user. */
  wasStored(origin: string): boolean {
    return this.#remembered.get<unknown>(STORED_PREFIX + origin) === true;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #access<T>(call: () => Thenable<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new SecretStorageError(storageFailed(), { cause: error });
    }
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
