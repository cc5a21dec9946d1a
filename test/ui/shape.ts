import { isDeepStrictEqual } from 'node:util';

/** Text that must be equal, or a pattern that must match. */
export type Wanted = string | RegExp;

/**
 * The whole of what a test wants to see of something: each property that is named here, as it must be. Text can be
 * wanted by a pattern, and anything by a function that says whether it will do.
 */
export type Shape<T> = {
  readonly [Name in keyof T]?:
    T[Name] | (string extends T[Name] ? RegExp : never) | ((value: T[Name]) => boolean);
};

/** Whether text is as wanted. */
export function matches(text: string, wanted: Wanted): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** Whether something has every property as it is wanted. */
export function fits<T extends object>(actual: T, shape: Shape<T>): boolean {
  return Object.entries(shape).every(([name, wanted]: [string, unknown]) => {
    const value: unknown = actual[name as keyof T];
    if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value);
    return isCheck(wanted) ? wanted(value) : isDeepStrictEqual(value, wanted);
  });
}

function isCheck(wanted: unknown): wanted is (value: unknown) => boolean {
  return typeof wanted === 'function';
}

/** A shape in words, for errors. */
export function inWords(shape: object): string {
  const wanted = Object.entries(shape).map(([name, value]: [string, unknown]) => {
    const text =
      value instanceof RegExp || typeof value === 'function' ? String(value) : JSON.stringify(value);
    return `${name} ${text}`;
  });
  return wanted.join(', ');
}
