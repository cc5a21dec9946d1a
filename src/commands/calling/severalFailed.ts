import * as vscode from 'vscode';
import { joinSentences } from '../../language/sentences.ts';
import { formatList } from '../../language/formats.ts';

/** More names would fill the whole message. */
const MOST_NAMES = 3;

/** Something failed for some of several bots: for which ones, and why for the first. The code is that of the reason. */
export class SeveralFailedError extends Error {
  override readonly name = 'SeveralFailedError';
  readonly code: string;

  /** @param names what those bots are called, at least one */
  constructor(reason: Error, code: string, names: readonly string[]) {
    const more = names.length - MOST_NAMES;
    const shown = more > 0 ? [...names.slice(0, MOST_NAMES), vscode.l10n.t('{0} more', more)] : names;
    super(joinSentences(vscode.l10n.t('This failed for {0}.', formatList(shown)), reason.message), {
      cause: reason,
    });
    this.code = code;
  }
}
