import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** A display language of VS Code, and the extension's texts in it. */
export interface Translation {
  /** Such as `de`. */
  readonly language: string;
  /** Translates a file of texts: JSON in, texts by their key out. */
  readonly translate: (json: string) => Readonly<Record<string, string>>;
}

/** Gives the installed extension its texts in the language, and has VS Code's pages use it, as a language pack would. */
export async function speak(
  { language, translate }: Translation,
  dataDir: string,
  context: BrowserContext,
): Promise<void> {
  const extensions = join(dataDir, 'extensions');
  const name = (await readdir(extensions)).find((entry) => entry.includes('recall-meeting-audio'));
  if (name === undefined) throw new Error(`The extension is not installed in ${extensions}.`);
  for (const file of ['package.nls', 'l10n/bundle.l10n']) {
    const path = join(extensions, name, file);
    const texts = translate(await readFile(`${path}.json`, 'utf8'));
    await writeFile(`${path}.${language}.json`, JSON.stringify(texts));
  }
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
}
