import { BotList } from '../bots/botList.ts';
import { BotRecords } from '../bots/botRecords.ts';
import { BotStore } from '../bots/botStore.ts';
import { SharedRecords } from '../bots/sharedRecords.ts';
import { WholeAccount } from '../bots/wholeAccount.ts';
import { settings } from '../host/settings.ts';
import { nodeStateFiles } from '../state/stateFiles.ts';
import type { AccountFeature } from './account.ts';
import type { Foundation } from './foundation.ts';

/** What is known of bots. */
export interface BotsFeature {
  readonly store: BotStore;
  readonly list: BotList;
  readonly wholeAccount: WholeAccount;
  /** The records of the account in use. */
  readonly records: () => BotRecords;
  readonly sharedRecords: SharedRecords;
}

/** Sets it up. */
export function addBots(
  { owned, clock, log, sharedFolder }: Foundation,
  { api }: AccountFeature,
): BotsFeature {
  const store = new BotStore();
  const list = new BotList({ client: api.client, store, clock });
  const records = (): BotRecords => new BotRecords(sharedFolder, settings.apiOrigin(), nodeStateFiles, log);
  return {
    ...{ store, list, records },
    sharedRecords: owned.add(new SharedRecords(records, store)),
    wholeAccount: new WholeAccount({ list, clock }),
  };
}
