import type { Equivalent } from '../equivalent.ts';

export const network: readonly Equivalent[] = [
  {
    file: 'network/failure.ts',
    line: 'if (code === undefined)',
    change: 'code === undefined → false',
    why: 'No list has a code that is not there, and what is in no list gets the same words.',
  },
  {
    file: 'network/causes.ts',
    line: "if ('cause' in current) pending.push(current.cause);",
    change: "'cause' in current → true",
    why: 'A cause that is not there is passed over like any that is no object.',
  },
  {
    file: 'network/causes.ts',
    line: 'return [code, chromiumCode]',
    change: '[code, chromiumCode] .filter((found) => found !== undefined) → [code, chromiumCode]',
    why: 'What is not there does not look like a code either.',
  },
  {
    file: 'network/causes.ts',
    line: '.filter((found) => found !== undefined)',
    change: 'found !== undefined → true',
    why: 'What is not there does not look like a code either.',
  },
  {
    file: 'network/abort.ts',
    line: 'ending.abort(signal?.reason);',
    change: 'signal?.reason → signal.reason',
    why: 'Only a signal calls this.',
  },
  {
    file: 'network/abort.ts',
    line: "signal?.addEventListener('abort', onCancel, { once: true });",
    change: '{ once: true } → {}',
    why: 'A signal aborts once.',
  },
  {
    file: 'network/abort.ts',
    line: "signal?.addEventListener('abort', onCancel, { once: true });",
    change: 'true → false',
    why: 'A signal aborts once.',
  },
  {
    file: 'network/clock.ts',
    line: "signal?.addEventListener('abort', finish, { once: true });",
    change: '{ once: true } → {}',
    why: 'A signal aborts once.',
  },
  {
    file: 'network/clock.ts',
    line: "signal?.addEventListener('abort', finish, { once: true });",
    change: 'true → false',
    why: 'A signal aborts once.',
  },
  {
    file: 'network/redaction.ts',
    line: String.raw`const opening = /^\\*["']?/.exec(value)?.[0] ?? '';`,
    change: String.raw`/^\\*["']?/.exec(value)?.[0] → /^\\*["']?/.exec(value)[0]`,
    why: 'The pattern fits every text, if only with nothing.',
  },
  {
    file: 'network/redaction.ts',
    line: String.raw`const opening = /^\\*["']?/.exec(value)?.[0] ?? '';`,
    change: String.raw`/^\\*["']?/ → /\\*["']?/`,
    why: 'The pattern fits at the very beginning, if only with nothing.',
  },
  {
    file: 'network/redaction.ts',
    line: "const closing = opening.length === 1 && value.length > 1 && value.endsWith(opening) ? opening : '';",
    change: 'opening.length === 1 → true',
    why: 'No opening closes with nothing, and a longer one is never at the end of what is found.',
  },
  {
    file: 'network/redaction.ts',
    line: 'const place = tailAt < 0 ? afterScheme : afterScheme.slice(0, tailAt);',
    change: 'tailAt < 0 → tailAt <= 0',
    why: 'A colon is in front.',
  },
  {
    file: 'network/redaction.ts',
    line: String.raw`const [slashes = ''] = /^:\\?\/\\?\//.exec(place) ?? [];`,
    change: String.raw`/^:\\?\/\\?\// → /:\\?\/\\?\//`,
    why: 'The first place is the beginning.',
  },
  {
    file: 'network/redaction.ts',
    line: String.raw`const [slashes = ''] = /^:\\?\/\\?\//.exec(place) ?? [];`,
    change: '[] → ["Stryker was here"]',
    why: 'The pattern fits: with it the text was found.',
  },
  {
    file: 'network/redaction.ts',
    line: "return `${slashes}${host}${path}${tailAt < 0 ? '' : `${afterScheme.charAt(tailAt)}…`}`;",
    change: 'tailAt < 0 → tailAt <= 0',
    why: 'A colon is in front.',
  },
  {
    file: 'network/redaction.ts',
    line: 'return cut(escapeInvisible(redactPatterns(withoutSecrets.slice(0, MAX_EXAMINED_LENGTH))));',
    change: 'withoutSecrets.slice(0, MAX_EXAMINED_LENGTH) → withoutSecrets',
    why: 'It takes longer, and what is shown is cut shorter still.',
  },
];
