import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from './packaged.ts';
import { outputFolder } from './repository.ts';
import { startServer } from './server.ts';

/** The largest package that users should have to download, in bytes. */
const MAX_PACKAGE_BYTES = 250_000;

const problems: string[] = [];
const { vsix } = await packageExtension();
const { size } = await stat(vsix);
console.log(`The package has ${size} bytes; at most ${MAX_PACKAGE_BYTES} are allowed.`);
if (size > MAX_PACKAGE_BYTES) problems.push('The package is too large.');

const bundled = await bundledPackages();
console.log(`Packages in the bundle: ${bundled.join(', ')}`);
if (bundled.some((name) => ['undici', 'axios', 'node-fetch'].includes(name))) {
  problems.push('An HTTP library is in the bundle.');
}

for (const version of ['current', 'floor'] as const) {
  // Starting fails when the package cannot be installed.
  const server = await startServer({ version, form: 'front', extensions: [vsix] });
  console.log(`Installs in VS Code ${server.version}.`);
  await server.stop();
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Names of the npm packages that esbuild put into the bundle. */
async function bundledPackages(): Promise<string[]> {
  const metafile: unknown = JSON.parse(await readFile(join(outputFolder, 'metafile.json'), 'utf8'));
  const inputs =
    typeof metafile === 'object' && metafile !== null && 'inputs' in metafile ? metafile.inputs : {};
  const names = Object.keys(inputs ?? {}).flatMap(
    (input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
  );
  return [...new Set(names)].toSorted();
}
