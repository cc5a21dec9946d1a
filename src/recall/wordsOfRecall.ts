import * as l10n from '@vscode/l10n';

/** A sentence of ours, and behind it what an answer of the API has to say; the sentence alone where that is nothing. */
export function withWordsOfRecall(sentence: string, words: string | undefined): string {
  return words === undefined ? sentence : l10n.t('{0} Recall says: {1}', sentence, words);
}
