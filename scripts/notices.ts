// Writes THIRD_PARTY_NOTICES.txt for the bundle that was built last; with --check only looks whether it is right.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { thirdPartyNotices, type BundleInputs } from './thirdParty.ts';

const root = resolve(import.meta.dirname, '..');
const file = join(root, 'THIRD_PARTY_NOTICES.txt');
const metafile = JSON.parse(await readFile(join(root, 'out', 'metafile.json'), 'utf8')) as BundleInputs;
const notices = await thirdPartyNotices(metafile, root);

if (!process.argv.includes('--check')) {
  await writeFile(file, notices);
} else if ((await readFile(file, 'utf8')) !== notices) {
  console.error('THIRD_PARTY_NOTICES.txt does not fit the bundle. Run: npm run notices');
  process.exitCode = 1;
}
