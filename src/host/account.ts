import * as vscode from 'vscode';
import { RecallError } from '../recall/errors.ts';
import type { ApiAccess } from '../recall/transport.ts';
import type { ApiKeys } from './apiKeys.ts';
import { settings } from './settings.ts';

/** The API in use and the key for it: what the settings and the secret storage say at the moment of the call. */
export class Account {
  readonly #keys: ApiKeys;

  constructor(keys: ApiKeys) {
    this.#keys = keys;
  }

  /**
   * What a request needs.
   *
   * @throws RecallError `noKey`, `keyChangedElsewhere` or `badSetting`, SecretStorageError
   */
  async access(): Promise<ApiAccess> {
    const origin = settings.apiOrigin();
    const key = await this.#keys.get(origin);
    if (key === undefined) {
      throw new RecallError(
        'noKey',
        vscode.l10n.t('There is no Recall API key yet. Set one with Recall: Set API Key.'),
      );
    }
    return { origin, key };
  }

  /**
   * Whether there is a key for the API in use.
   *
   * @throws RecallError `keyChangedElsewhere` or `badSetting`, SecretStorageError
   */
  async hasKey(): Promise<boolean> {
    return (await this.#keys.get(settings.apiOrigin())) !== undefined;
  }

  /** Calls back when another API or another key may be in use from now on, also when another window changed it. */
  onDidChange(listener: () => void): { dispose(): void } {
    const ofSettings = settings.onDidChangeApiOrigin(listener);
    const ofKeys = this.#keys.changes(listener);
    return {
      dispose: () => {
        ofSettings.dispose();
        ofKeys.dispose();
      },
    };
  }
}
