import { tellKeyChangedElsewhere } from '../commands/account/keyChangedElsewhere.ts';
import { Account } from '../host/account.ts';
import { createApi } from '../host/api.ts';
import type { Api } from '../host/api.ts';
import { ApiKeys, createSharedKeys } from '../host/apiKeys.ts';
import { extensionVersion } from '../host/logChannel.ts';
import { windowFocus } from '../host/windowFocus.ts';
import { returnSigns } from '../host/returnSigns.ts';
import type { Clock } from '../network/clock.ts';
import type { Signs } from '../network/signs.ts';
import type { Foundation } from './foundation.ts';

/** The API key, the account in use, and the doors to Recall. */
export interface AccountFeature {
  readonly account: Account;
  readonly keys: ApiKeys;
  readonly api: Api;
  /** For what Recall decides, such as what has expired: this computer's clock may be wrong. */
  readonly recallClock: Clock;
  /** That what was away may be back. */
  readonly signs: Signs;
}

/** Sets it up. */
export function addAccount(foundation: Foundation): AccountFeature {
  const { context, owned, log, redactor, clock, random, fetch, sharedFolder } = foundation;
  const { secrets, globalState, workspaceState: windowState } = context;
  const sharedKeys = owned.add(
    createSharedKeys({ secrets, redactor, windowState, sharedFolder, clock, log }),
  );
  const keys = new ApiKeys(sharedKeys, globalState);
  const account = new Account(keys);
  const api = createApi({ account, fetch, clock, random, log, extensionVersion: extensionVersion(context) });
  owned.add(
    windowFocus.onDidChangeFocus(() => {
      sharedKeys.look();
    }),
  );
  owned.add(tellKeyChangedElsewhere({ account, attention: windowFocus, log }));
  const recallClock = api.serverTime.clock(clock);
  return { account, keys, api, recallClock, signs: returnSigns(api.reachability) };
}
