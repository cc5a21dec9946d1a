import * as l10n from '@vscode/l10n';

/** The language in which VS Code talks to its user. */
export interface DisplayLanguage {
  /** A BCP 47 tag, such as `pt-br`. */
  readonly tag: string;
  /** The translated messages by their English; undefined in English and where there is no translation. */
  readonly messages: Readonly<Record<string, string>> | undefined;
}

// What a text falls back to is also what a format falls back to, so that the two never differ.
const FALLBACK = 'en';

let locales: readonly string[] = [FALLBACK];

/** Has every text and every format from now on in this language. Called once, before anything is said. */
export function setDisplayLanguage({ tag, messages }: DisplayLanguage): void {
  l10n.config({ contents: { ...messages } });
  locales = isLocale(tag) ? [tag, FALLBACK] : [FALLBACK];
}

/** The locales for `Intl`, best first. The same array for as long as the language is the same. */
export function displayLocales(): readonly string[] {
  return locales;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    // A tag without the form of one: Intl says so by a RangeError only.
    return false;
  }
}
