import type { Equivalent } from '../equivalent.ts';

const usableKeys = "if (one.state === 'usable' && other.state === 'usable') return one.key === other.key;";
const sameAnswer = 'Of two answers of which only one is usable neither the keys nor the states are equal.';

export const keys: readonly Equivalent[] = [
  {
    file: 'keys/keyMarks.ts',
    line: 'if (text === undefined) return undefined;',
    change: 'text === undefined → false',
    why: 'What is no text is no mark either; it only gets a line in the log.',
  },
  {
    file: 'keys/sharedKeys.ts',
    line: 'return storedAt !== undefined && storedAt > at;',
    change: 'storedAt !== undefined → true',
    why: 'Nothing is greater than undefined.',
  },
  {
    file: 'keys/sharedKeys.ts',
    line: 'if (!isWritten) known.changeId = (await marks.read(origin))?.changeId ?? known.changeId;',
    change: '!isWritten → true',
    why: 'Of a mark that was written, the same id is read again.',
  },
  ...[
    "one.state === 'usable' && other.state === 'usable' → one.state === 'usable' || other.state === 'usable'",
    "one.state === 'usable' → true",
    "other.state === 'usable' → true",
  ].map((change) => ({ file: 'keys/sharedKeys.ts', line: usableKeys, change, why: sameAnswer })),
];
