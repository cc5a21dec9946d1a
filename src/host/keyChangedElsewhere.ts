import type { Subscription } from '../state/changes.ts';
import type { Account } from './account.ts';
import { DisposableList } from './disposables.ts';
import type { WindowAttention } from './following.ts';
import { inBackground } from './progress.ts';
import type { Log } from '../network/log.ts';
import { recallErrorCode } from '../recall/errors.ts';

/** What telling of a key in another window needs. */
export interface KeyNewsParts {
  readonly account: Account;
  readonly attention: Pick<WindowAttention, 'isFocused' | 'onDidChangeFocus'>;
  readonly log: Log;
  /** Shows a failure to the person. */
  readonly show: (failure: unknown) => Promise<void>;
}

/** Says that another window has a new key which this one has only after a reload: once, and where somebody looks. */
export function tellKeyChangedElsewhere({ account, attention, log, show }: KeyNewsParts): Subscription {
  let isDue = false;
  const tellIfSeen = async (): Promise<void> => {
    if (!isDue || !attention.isFocused()) return;
    isDue = false;
    const failure = await keyFailure(account);
    if (recallErrorCode(failure) === 'keyChangedElsewhere') await show(failure);
  };
  const tell = (): void => {
    inBackground(log, tellIfSeen());
  };
  const owned = new DisposableList();
  owned.add(attention.onDidChangeFocus(tell));
  owned.add(
    account.onDidChange(() => {
      isDue = true;
      tell();
    }),
  );
  return owned;
}

async function keyFailure(account: Account): Promise<unknown> {
  try {
    await account.hasKey();
    return undefined;
  } catch (error) {
    return error;
  }
}
