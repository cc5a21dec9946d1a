import { createApi } from '../host/api.ts';
import type { Api } from '../host/api.ts';
import { extensionVersion } from '../host/logChannel.ts';
import { returnSigns } from '../host/returnSigns.ts';
import type { Clock } from '../network/clock.ts';
import type { Signs } from '../network/signs.ts';
import type { Foundation } from './foundation.ts';
import type { KeysFeature } from './keys.ts';

/** The API key, the account in use, and the doors to Recall. */
export interface AccountFeature extends KeysFeature {
  readonly api: Api;
  /** For what Recall decides, such as what has expired: this computer's clock may be wrong. */
  readonly recallClock: Clock;
  /** That what was away may be back. */
  readonly signs: Signs;
}

/** Sets it up. */
export function addAccount(foundation: Foundation, { account, keys }: KeysFeature): AccountFeature {
  const { context, log, clock, random, fetch } = foundation;
  const api = createApi({ account, fetch, clock, random, log, extensionVersion: extensionVersion(context) });
  const recallClock = api.serverTime.clock(clock);
  return { account, keys, api, recallClock, signs: returnSigns(api.reachability) };
}
