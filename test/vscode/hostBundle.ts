import { build, type Plugin } from 'esbuild';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outputFolder, repositoryRoot } from './repository.ts';

/**
 * Bundles a folder of tests for the extension host, which loads CommonJS.
 * @param room the folder's name below `test`
 * @returns the path of the module that exports `run()`
 * @throws esbuild's error when a file does not compile
 */
export async function bundleHostTests(room: 'host' | 'network' = 'host'): Promise<string> {
  const folder = join(repositoryRoot, 'test', room);
  const outfile = join(outputFolder, 'test', room, 'index.cjs');
  await build({
    stdin: { contents: await entry(folder), resolveDir: folder, sourcefile: 'all.ts', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
    // Mocha's parallel mode is not used here.
    logOverride: { 'require-resolve-not-external': 'silent' },
    plugins: [ownLocation],
  });
  return outfile;
}

/** Loads each file only when mocha's functions are in place. */
async function entry(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  const loaders = names.map((name) => `() => import('./${name}')`).join(', ');
  return `import { runSuites } from '../host/index.ts'; export const run = () => runSuites([${loaders}]);`;
}

/** A bundle lies elsewhere than its sources, but tests find their data beside themselves. */
const ownLocation: Plugin = {
  name: 'own-location',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: 'ts' };
    });
  },
};
