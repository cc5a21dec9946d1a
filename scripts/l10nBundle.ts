import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { format, resolveConfig } from 'prettier';

/** Where the English texts of the code are, for translators, below the root. */
export const L10N_BUNDLE = join('l10n', 'bundle.l10n.json');

/** What that file has to hold: every text of an `l10n.t` call in the sources, in the order of the alphabet. */
export async function l10nBundle(root: string): Promise<string> {
  const folder = join(root, 'src');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const texts = await getL10nJson(contents.map((text) => ({ contents: text, extension: '.ts' })));
  const sorted = Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const options = await resolveConfig(join(root, L10N_BUNDLE));
  return format(JSON.stringify(sorted), { ...options, parser: 'json' });
}
