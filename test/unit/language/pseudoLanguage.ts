import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setDisplayLanguage } from '../../../src/language/displayLanguage.ts';

type Message = string | { readonly message: string };

const bundleFile = join(resolve(import.meta.dirname, '..', '..', '..'), 'l10n', 'bundle.l10n.json');

/**
 * Sets a language in which every letter of a translated text is a wide one, so that a plain letter shows what was not
 * translated, also in the middle of a sentence. Dates are as in Japanese, without letters.
 */
export async function speakPseudo(): Promise<void> {
  setDisplayLanguage({ tag: 'ja', messages: widenedBundle(await readFile(bundleFile, 'utf8')) });
}

/** Goes back to English. */
export function speakEnglish(): void {
  setDisplayLanguage({ tag: 'en', messages: undefined });
}

/** @param data words that are the same in every language: codes, hosts, names of products */
export function assertTranslated(text: string | undefined, ...data: readonly string[]): void {
  assert.ok(text !== undefined && text !== '', 'there is no text');
  const own = data.reduce((rest, word) => rest.replaceAll(word, ''), text);
  assert.deepEqual(own.match(/[A-Za-z]+/g) ?? [], [], text);
  assert.match(own, /[\uFF21-\uFF5A]/, `nothing in it is translated: ${text}`);
}

/** A bundle of texts, or the texts of the manifest, as JSON, in the language of wide letters. */
export function widenedBundle(json: string): Record<string, string> {
  const bundle = JSON.parse(json) as Readonly<Record<string, Message>>;
  return Object.fromEntries(
    Object.entries(bundle).map(([key, value]) => [
      key,
      widened(typeof value === 'string' ? value : value.message),
    ]),
  );
}

/** The text in wide letters. The targets of links, and code, stay as they are. */
export function widened(text: string): string {
  return text.replace(/(\]\([^)]*\)|`[^`]*`)|[A-Za-z]/g, (found, kept: string | undefined) =>
    kept === undefined ? String.fromCharCode(found.charCodeAt(0) + 0xfee0) : found,
  );
}
