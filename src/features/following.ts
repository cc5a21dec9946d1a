import { Following } from '../host/following.ts';
import { windowFocus } from '../host/windowFocus.ts';
import type { AccountFeature } from './account.ts';
import type { BotsFeature } from './bots.ts';
import type { Foundation } from './foundation.ts';
import type { ViewFeature } from './view.ts';

/** Follows the bots of this computer, and while the view is visible those that are live elsewhere. */
export function addFollowing(
  { owned, log, clock, random, sharedFolder }: Foundation,
  { api, signs }: AccountFeature,
  { store, list, records }: BotsFeature,
  { tree }: ViewFeature,
): Following {
  return owned.add(
    new Following({
      ...{ store, list, records, clock, random, log, signs, sharedFolder },
      client: api.watchClient,
      attention: {
        ...windowFocus,
        isViewVisible: () => tree.view.visible,
        onDidChangeVisibility: (listener: () => void) => tree.view.onDidChangeVisibility(listener),
      },
    }),
  );
}
