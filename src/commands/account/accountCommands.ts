import type { Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { removeApiKey } from './removeApiKey.ts';
import { selectRegion } from './selectRegion.ts';
import { setApiKey } from './setApiKey.ts';
import { testConnection } from './testConnection.ts';

/** Commands about the account: its key, its region, and whether Recall can be reached. */
export function accountCommands(parts: Parts) {
  return {
    setApiKey: setApiKey(parts),
    removeApiKey: removeApiKey(parts),
    selectRegion: selectRegion(parts),
    testConnection: testConnection(parts),
  } satisfies Commands;
}
