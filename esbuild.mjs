import { build, context } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { bundleOptions, pageOptions } from './scripts/bundle.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** In the editor's problem matcher, a build starts and ends with these lines. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(builder) {
    builder.onStart(() => console.log('[watch] build started'));
    builder.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

/** An HTTP library in the bundle would go past VS Code's proxy and certificates, and can break other extensions. */
const noHttpLibraries = {
  name: 'no-http-libraries',
  setup(builder) {
    builder.onEnd(({ metafile }) => {
      const found = Object.keys(metafile?.inputs ?? {}).filter((input) =>
        /node_modules\/(undici|axios|node-fetch)\//.test(input),
      );
      return { errors: found.map((input) => ({ text: `${input} must not be in the bundle` })) };
    });
  },
};

const writesFiles = {
  name: 'writes-files',
  setup(builder) {
    builder.onEnd(async ({ outputFiles = [] }) => {
      await mkdir('dist', { recursive: true });
      await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
    });
  },
};

const form = { minify: production, sourcemap: !production };
const bundles = [bundleOptions(form), pageOptions(form)].map((bundle) => ({
  ...bundle,
  logLevel: 'warning',
  plugins: [...(bundle.plugins ?? []), writesFiles, noHttpLibraries, ...(watch ? [problemMatcher] : [])],
}));

if (watch) {
  for (const bundle of bundles) {
    const watching = await context(bundle);
    await watching.watch();
  }
} else {
  await rm('dist', { recursive: true, force: true });
  const built = await Promise.all(bundles.map((bundle) => build(bundle)));
  await mkdir('out', { recursive: true });
  const inputs = Object.assign({}, ...built.map(({ metafile }) => metafile.inputs));
  await writeFile('out/metafile.json', JSON.stringify({ inputs }));
}
