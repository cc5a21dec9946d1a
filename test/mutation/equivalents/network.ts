import type { Equivalent } from '../equivalent.ts';

export const network: readonly Equivalent[] = [
  {
    file: 'network/failure.ts',
    line: 'if (code === undefined)',
    change: 'code === undefined → false',
    why: 'No list has a code that is not there, and what is in no list gets the same words.',
  },
  {
    file: 'network/failure.ts',
    line: "if ('cause' in current) pending.push(current.cause);",
    change: "'cause' in current → true",
    why: 'A cause that is not there is passed over like any that is no object.',
  },
  {
    file: 'network/failure.ts',
    line: 'return [code, chromiumCode]',
    change: '[code, chromiumCode] .filter((found) => found !== undefined) → [code, chromiumCode]',
    why: 'What is not there does not look like a code either.',
  },
  {
    file: 'network/failure.ts',
    line: '.filter((found) => found !== undefined)',
    change: 'found !== undefined → true',
    why: 'What is not there does not look like a code either.',
  },
];
