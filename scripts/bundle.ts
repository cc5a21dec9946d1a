import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * Lets all files share one look at the API of VS Code. Left to itself, esbuild gives each file that imports it a copy
 * of its own, name by name, and making some 70 of them is most of what loading the product would take.
 */
const oneVscode: Plugin = {
  name: 'one-vscode',
  setup(builder) {
    builder.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'one-vscode'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'one-vscode' },
    );
    builder.onLoad({ filter: /^vscode$/, namespace: 'one-vscode' }, () => ({
      contents: "export * from 'vscode';",
    }));
  },
};

/** How the bundle is wanted; what else depends on the occasion is left to the caller. */
export interface BundleForm {
  readonly minify: boolean;
  /** Inline, for the debugger. */
  readonly sourcemap: boolean;
}

/** esbuild shares code between files as ES modules only; VS Code loads CommonJS. */
function asCommonJs({ minify, sourcemap }: BundleForm): Plugin {
  return {
    name: 'as-common-js',
    setup(builder) {
      builder.onEnd(async ({ outputFiles = [] }) => {
        for (const file of outputFiles) {
          const { code } = await transform(file.text, {
            format: 'cjs',
            platform: 'node',
            target,
            // `require` in its place: VS Code hands out its API to those who require it, and to no others.
            supported: { 'dynamic-import': false },
            minify,
            sourcemap: sourcemap && 'inline',
            sourcefile: file.path,
          });
          file.contents = Buffer.from(code);
        }
      });
    },
  };
}

/** Of an icon only its path gets into the page, which makes elements of it itself instead of parsing markup. */
const iconPaths: Plugin = {
  name: 'icon-paths',
  setup(builder) {
    builder.onLoad({ filter: /\.svg$/ }, async ({ path }) => {
      const icon = /^<svg [^>]*viewBox="0 0 16 16"[^>]*><path d="([^"]+)"\/><\/svg>\s*$/.exec(
        await readFile(path, 'utf8'),
      );
      if (!icon) throw new Error(`${path} is more than one path of 16 by 16.`);
      return { contents: icon[1] ?? '', loader: 'text' };
    });
  },
};

const target = 'node22';

/** How the page of the player is bundled: a script and a style for a browser. The caller writes the files. */
export function pageOptions({ minify, sourcemap }: BundleForm) {
  return {
    entryPoints: [
      { in: 'src/player/page/page.ts', out: 'player' },
      { in: 'src/player/page/player.css', out: 'player' },
    ],
    outdir: 'dist',
    write: false,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    // That of the oldest VS Code that is supported.
    target: 'chrome138',
    plugins: [iconPaths],
    minify,
    sourcemap: sourcemap && 'inline',
    sourcesContent: false,
    metafile: true,
  } satisfies BuildOptions;
}

/**
 * How the product is bundled: what is loaded at activation, the product behind its doors, and what both share. The
 * caller writes the files, which have their CommonJS when esbuild is done.
 */
export function bundleOptions(form: BundleForm) {
  return {
    entryPoints: ['src/extension.ts', 'src/features/product.ts'],
    entryNames: '[name]',
    // There is one, of what two entry points share.
    chunkNames: 'shared',
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target,
    minify: form.minify,
    sourcemap: form.sourcemap && 'inline',
    sourcesContent: false,
    // The ES modules of a package can be shaken; its CommonJS would come in whole.
    mainFields: ['module', 'main'],
    // The form without file access: translations are handed over by VS Code and never read from a path.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
    plugins: [oneVscode, asCommonJs(form)],
    metafile: true,
  } satisfies BuildOptions;
}
