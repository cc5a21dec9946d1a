import { goOnFromBefore } from '../commands/downloading/goOnFromBefore.ts';
import type { Parts } from '../commands/calling/parts.ts';
import type { Following } from '../host/following.ts';
import { inBackground } from '../host/progress.ts';
import type { AccountFeature } from './account.ts';
import type { Foundation } from './foundation.ts';
import type { MediaFeature } from './media.ts';
import type { ViewFeature } from './view.ts';

/** What begins anew with each account. */
export interface AccountInUseNeeds {
  readonly account: AccountFeature;
  readonly media: MediaFeature;
  readonly view: ViewFeature;
  readonly following: Following;
  readonly parts: Parts;
}

/** Brings everything over to another account whenever its region, address or key changes. */
export class AccountInUse {
  // One change after the other: a region and its key often change within a moment.
  #switched: Promise<void> = Promise.resolve();

  /** Resolves when the account that was chosen last is in use. */
  whenSwitched(): Promise<void> {
    return this.#switched;
  }

  /** Begins with the account of this moment, and goes on with every later one. */
  begin({ owned, log }: Foundation, needs: AccountInUseNeeds): void {
    const { account, media, view, following, parts } = needs;
    const switchAccount = (): void => {
      // At once, so that nothing the old account says can arrive in the new one's tree.
      following.dispose();
      this.#switched = this.#switched.then(async () => {
        const isUsable = await view.view.accountChanged();
        following.restart(isUsable);
        if (!isUsable) return;
        inBackground(log, goOnFromBefore(parts));
        inBackground(log, media.expiryWarnings.look());
      });
    };
    owned.add(account.account.onDidChange(switchAccount));
    switchAccount();
  }
}
