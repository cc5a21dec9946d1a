import type { WindowMemory } from '../../../src/keys/sharedKeys.ts';

/** What stays in a window while its extension host starts anew. */
export function windowMemory(): WindowMemory {
  let noted: readonly string[] | undefined;
  return {
    recall: () => noted,
    note: (changeIds) => {
      noted = changeIds;
      return Promise.resolve();
    },
  };
}
