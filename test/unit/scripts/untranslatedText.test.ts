import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import { untranslatedText } from '../../../scripts/eslint/untranslatedText.ts';

const options = {
  internalErrors: ['TimedOutError'],
  machineCalls: ['log.*', 'Date.parse', 'tell'],
  machineNames: ['userAgent'],
};

/** The kinds of trouble that the rule finds in a piece of code. */
function troubleIn(code: string): (string | undefined)[] {
  const found = new Linter().verify(code, {
    plugins: { own: { rules: { text: untranslatedText } } },
    rules: { 'own/text': ['error', options] },
  });
  return found.map(({ messageId, message }) => messageId ?? message);
}

describe('the lint rule for texts', () => {
  for (const code of [
    "show('Nothing was recorded')",
    "const label = 'Saved'",
    'show(`Paused at ${percent}`)',
    'show(`${count} bots`)',
    'show(`${sentence} Try again.`)',
    "show('$(sync) Starting')",
    "throw new RecallError('noKey', 'There is no key.')",
    "const table = new Map([['fatal', 'The bot failed.']])",
    "log.info(names.map(() => { show('Not for the log'); }))",
    "() => vscode.l10n.t('Save {0}', found ? name : dialog(() => { return 'no name'; }))",
  ]) {
    it(`finds the text in ${code}`, () => {
      assert.deepEqual(troubleIn(code), ['untranslated']);
    });
  }

  for (const code of [
    "() => show(vscode.l10n.t('Nothing was recorded'))",
    "function tell() { show(l10n.t('Paused at {0}', percent)); }",
    "class A { tell() { show(l10n.t({ message: 'Paused at {0}', args: [percent], comment: 'How far it is' })); } }",
    "parts.log.warn(`[watch] ${botId} could not be asked: ${error ? 'no answer' : ''}`)",
    "class A { #log; f() { this.#log[ok ? 'info' : 'warn'](`[test] ${step} is fine`) } }",
    "throw new TimedOutError('No answer in time')",
    'const userAgent = `product/1 (VS Code ${version})`',
    'const headers = { userAgent: `product/1 (VS Code ${version})` }',
    'Date.parse(`${text} GMT`)',
    "tell('a model')",
    "if (title === 'Red Green') stop()",
    "switch (title) { case 'Red Green': stop(); }",
    "import Text from 'Some where'",
    'new RegExp(String.raw`(today|next )+ ${words}`)',
    "const codes = ['in_waiting_room', 'ENOENT', 'GET', 'charts.blue', 'TimedOutError', ' · ', ', ']",
    "const table = { 'Not Found': 404 }",
    'show(`${host}:${port} (${code})`)',
    'show(`$(record) ${count}`)',
  ]) {
    it(`has nothing against ${code}`, () => {
      assert.deepEqual(troubleIn(code), []);
    });
  }

  for (const code of ["const saved = l10n.t('Saved')", "const words = new Map([['done', l10n.t('Done')]])"]) {
    it(`wants the language to be known before ${code}`, () => {
      assert.deepEqual(troubleIn(code), ['tooEarly']);
    });
  }

  for (const code of [
    'l10n.t(`Paused at ${percent}`)',
    "vscode.l10n.t('Paused ' + 'at')",
    'l10n.t(sentence)',
    "l10n.t({ message: sentence, comment: 'One' })",
  ]) {
    it(`wants a text that tools can read in ${code}`, () => {
      assert.deepEqual(troubleIn(`() => ${code}`), ['unreadable']);
    });
  }
});
