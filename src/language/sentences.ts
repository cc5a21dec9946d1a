import * as l10n from '@vscode/l10n';

/** Whole sentences one after the other. Not every language puts a space between them. */
export function joinSentences(first: string, ...more: readonly string[]): string {
  return more.reduce(
    (text, sentence) =>
      l10n.t({ message: '{0} {1}', args: [text, sentence], comment: 'Two sentences, one after the other' }),
    first,
  );
}

/** A sentence with a code in parentheses before its full stop. */
export function withCode(sentence: string, code: string): string {
  const withoutFullStop = sentence.replace(/[.。।]$/u, '');
  return l10n.t({
    message: '{0} ({1}).',
    args: [withoutFullStop, code],
    comment: '{0} is a sentence without its full stop, {1} a code that can be looked up',
  });
}
