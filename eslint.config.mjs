import { join } from 'node:path';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { floors } from './scripts/eslint/floors.ts';
import { untranslatedText } from './scripts/eslint/untranslatedText.ts';

const noVscode = {
  name: 'vscode',
  message: 'This part runs in plain Node: take what it needs as a parameter.',
};
const noHttpLibraries = ['undici', 'axios', 'node-fetch'].map((name) => ({
  name,
  message:
    'Every request goes through the injected fetch, which carries the proxy and certificates of VS Code.',
}));

/** The rooms of `src`, floor by floor from the top. Imports lead down. */
const house = [
  ['extension.ts'],
  ['features'],
  ['exportedApi.ts'],
  ['commands'],
  ['commands/send', 'commands/media', 'commands/bot', 'commands/view'],
  ['commands/downloading', 'commands/account'],
  ['commands/calling'],
  ['views', 'tools', 'player'],
  ['host'],
  ['descriptions', 'following'],
  ['media'],
  ['bots', 'keys', 'transcripts', 'extensionUri.ts'],
  ['recall', 'download'],
  ['state', 'meetings'],
  ['network'],
  ['language'],
  ['api.ts'],
];

/** Rooms that know nothing of VS Code and run in plain Node. */
const withoutVscode = [
  'src/{language,network,state,meetings,recall,keys,transcripts,download,bots,media,following,descriptions}/**/*.ts',
  'src/extensionUri.ts',
  'src/player/page/**/*.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', '.vscode-test/', '.demo/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: noHttpLibraries }],
    },
  },
  {
    files: withoutVscode,
    rules: { 'no-restricted-imports': ['error', { paths: [...noHttpLibraries, noVscode] }] },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { own: { rules: { floors, 'untranslated-text': untranslatedText } } },
    rules: {
      'own/floors': ['error', { root: join(import.meta.dirname, 'src'), floors: house }],
      'own/untranslated-text': [
        'error',
        {
          internalErrors: [
            'Error',
            'TypeError',
            'DOMException',
            'TimedOutError',
            'BodyTooLargeError',
            'RoundCutShortError',
            'InterruptedByWindowError',
            'NoPlaceChosenError',
          ],
          // The log is in English, dates of HTTP are, and so is what language models read.
          machineCalls: ['log.*', 'optional.add', 'Date.parse', 'dataAnswer', 'sentence'],
          machineNames: [
            'userAgent',
            'Authorization',
            // As in package.json, where it is the same in every language.
            'DEFAULT_BOT_NAME',
            // Parts of file names, which do not depend on the language.
            'ofRecordings',
            'ofParts',
          ],
        },
      ],
    },
  },
  {
    files: [
      // Names of products.
      'src/meetings/platforms.ts',
      'src/meetings/mailGateways.ts',
      // Lines for the log.
      'src/host/logChannel.ts',
      'src/host/networkSettings.ts',
      // Sentences for language models.
      'src/tools/toolAnswer.ts',
      // Markup without texts.
      'src/player/playerPage.ts',
    ],
    rules: { 'own/untranslated-text': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
