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

/** How the product is put into one file; what depends on the occasion is left to the caller. */
export const bundleOptions = {
  entryPoints: ['src/extension.ts'],
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  // The ES modules of a package can be shaken; its CommonJS would come in whole.
  mainFields: ['module', 'main'],
  // The form without file access: translations are handed over by VS Code and never read from a path.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  plugins: [oneVscode],
  metafile: true,
} satisfies BuildOptions;
