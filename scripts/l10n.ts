// Writes the texts of the code for translators; with --check only looks whether the file fits the code.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { L10N_BUNDLE, l10nBundle } from './l10nBundle.ts';

const root = resolve(import.meta.dirname, '..');
const file = join(root, L10N_BUNDLE);
const bundle = await l10nBundle(root);

if (!process.argv.includes('--check')) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bundle);
} else if ((await readFile(file, 'utf8')) !== bundle) {
  console.error(`${L10N_BUNDLE} does not fit the texts in src. Run: npm run l10n`);
  process.exitCode = 1;
}
