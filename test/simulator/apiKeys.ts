import { type ApiAnswer, notAuthenticated } from './apiAnswers.ts';

/** Which API keys open the simulated workspace. */
export interface ApiKeys {
  /** Only these from now on; an empty list accepts none. */
  acceptOnly(keys: readonly string[]): void;
  acceptAny(): void;
  /** The 401 that an `Authorization` header deserves; undefined when it is good. */
  refusal(header: string | undefined): ApiAnswer | undefined;
}

/** Accepts any key until told otherwise. */
export function createApiKeys(): ApiKeys {
  let accepted: ReadonlySet<string> | undefined;
  const isGood = (key: string): boolean => accepted?.has(key) ?? true;
  return {
    acceptOnly: (keys) => {
      accepted = new Set(keys);
    },
    acceptAny: () => {
      accepted = undefined;
    },
    refusal: (header) => {
      const words = header?.trim().split(/\s+/) ?? [];
      const [first = '', second] = words;
      if (first === '') return notAuthenticated.missing;
      if (second === undefined && words.length === 1 && first.toLowerCase() !== 'token') {
        return isGood(first) ? undefined : notAuthenticated.bad;
      }
      if (first.toLowerCase() === 'token' && second !== undefined) {
        return words.length === 2 && isGood(second) ? undefined : notAuthenticated.bad;
      }
      return first.toLowerCase() === 'bearer' ? notAuthenticated.bad : notAuthenticated.unknownScheme;
    },
  };
}
