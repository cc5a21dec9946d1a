import { Account } from '../host/account.ts';
import { ApiKeys, createSharedKeys } from '../host/apiKeys.ts';
import { windowFocus } from '../host/windowFocus.ts';
import type { Foundation } from './foundation.ts';

/** The API keys, and the account that they and the settings lead to. */
export interface KeysFeature {
  readonly account: Account;
  readonly keys: ApiKeys;
}

/** Sets it up. */
export function addKeys(foundation: Foundation): KeysFeature {
  const { context, owned, log, redactor, clock, sharedFolder } = foundation;
  const { secrets, globalState, workspaceState: windowState } = context;
  const sharedKeys = owned.add(
    createSharedKeys({ secrets, redactor, windowState, sharedFolder, clock, log }),
  );
  owned.add(
    windowFocus.onDidChangeFocus(() => {
      sharedKeys.look();
    }),
  );
  const keys = new ApiKeys(sharedKeys, globalState);
  return { keys, account: new Account(keys) };
}
