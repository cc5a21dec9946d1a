import * as l10n from '@vscode/l10n';

/** The language in which VS Code talks to its user. */
export interface DisplayLanguage {
  /** A BCP 47 tag, such as `pt-br`. */
  readonly tag: string;
  /** The translated messages by their English; undefined in English and where there is no translation. */
  readonly messages: Readonly<Record<string, string>> | undefined;
}

const FALLBACK = 'en';

let locales: readonly string[] = [FALLBACK];
let localesOfTexts: readonly string[] = [FALLBACK];

/** Has every text and every format from now on in this language. Called once, before anything is said. */
export function setDisplayLanguage({ tag, messages }: DisplayLanguage): void {
  l10n.config({ contents: { ...messages } });
  locales = isLocale(tag) ? [tag, FALLBACK] : [FALLBACK];
  localesOfTexts = messages ? locales : [FALLBACK];
}

/** The locales of dates and numbers, for `Intl`, best first. The same array for as long as the language is the same. */
export function displayLocales(): readonly string[] {
  return locales;
}

/** The locales of words that stand inside a text: English, as the text, where there is no translation. */
export function textLocales(): readonly string[] {
  return localesOfTexts;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    // A tag without the form of one: Intl says so by a RangeError only.
    return false;
  }
}
