import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { floors } from '../../../scripts/eslint/floors.ts';

const options = {
  root: '/house/src',
  floors: [
    ['main.ts'],
    ['commands'],
    ['commands/media'],
    ['commands/calling'],
    ['bots', 'keys'],
    ['network'],
  ],
};

/** What the rule says of an import in a file, both below the root. */
function troubleWith(file: string, code: string): string[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { own: { rules: { floors } } },
    rules: { 'own/floors': ['error', options] },
  };
  const found = new Linter({ cwd: '/house' }).verify(code, config, { filename: `/house/src/${file}` });
  return found.map(({ message }) => message);
}

/** Each way to import from a file, in code. */
const importsOf = (source: string): string[] => [
  `import { thing } from '${source}';`,
  `import type { Thing } from '${source}';`,
  `export { thing } from '${source}';`,
  `export * from '${source}';`,
  `const thing = await import('${source}');`,
  `let thing: import('${source}').Thing;`,
  `let thing: typeof import('${source}');`,
];

describe('the lint rule for the floors of the house', () => {
  for (const [file, source] of [
    ['main.ts', './commands/register.ts'],
    ['commands/register.ts', './media/download.ts'],
    ['commands/media/download.ts', '../calling/command.ts'],
    ['commands/media/download.ts', './open.ts'],
    ['bots/store.ts', '../network/clock.ts'],
    ['bots/store.ts', 'node:path'],
    ['bots/store.ts', 'valibot'],
  ] as const) {
    it(`lets ${file} import ${source}`, () => {
      for (const code of importsOf(source)) assert.deepEqual(troubleWith(file, code), [], code);
    });
  }

  for (const [file, source, from, to] of [
    ['network/clock.ts', '../bots/store.ts', 'network', 'bots'],
    ['bots/store.ts', '../keys/marks.ts', 'bots', 'keys'],
    ['commands/calling/command.ts', '../media/download.ts', 'commands/calling', 'commands/media'],
    ['commands/media/download.ts', '../register.ts', 'commands/media', 'commands'],
    ['bots/store.ts', '../main.ts', 'bots', 'main.ts'],
  ] as const) {
    it(`does not let ${file} import ${source}`, () => {
      for (const code of importsOf(source)) {
        const [trouble = '', ...more] = troubleWith(file, code);
        assert.ok(trouble.startsWith(`${from} must not import from ${to}:`), `${code} ${trouble}`);
        assert.deepEqual(more, []);
      }
    });
  }

  it('does not guess what a computed import leads to', () => {
    assert.deepEqual(troubleWith('network/clock.ts', 'const thing = await import(path);'), []);
  });

  it('wants every file, and every file that is imported, to have its floor', () => {
    assert.match(troubleWith('cellar/wine.ts', '').join(), /on which floor cellar\/wine\.ts is/);
    for (const code of importsOf('../cellar/wine.ts'))
      assert.match(troubleWith('bots/store.ts', code).join(), /on which floor cellar\/wine\.ts is/, code);
  });
});
