import type { BuildOptions } from 'esbuild';

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
  external: ['vscode'],
  metafile: true,
} satisfies BuildOptions;
