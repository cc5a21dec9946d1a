import * as vscode from 'vscode';
import { joinSentences } from '../../language/sentences.ts';

/**
 * A download that a person looks at met an outage that lasts. The sentence and the code are those of the outage; the
 * download goes on by itself when it is over.
 */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
  readonly code: string;
  /** Tries again now, for a person. Does not throw. */
  readonly tryAgain: () => Promise<void>;

  /** @param goesOn whether the download goes on by itself */
  constructor(
    outage: Error & { readonly code: string },
    { tryAgain, goesOn }: { readonly tryAgain: () => Promise<void>; readonly goesOn: boolean },
  ) {
    const sentence = goesOn
      ? joinSentences(
          outage.message,
          vscode.l10n.t('It goes on by itself when the connection is back, until you cancel it.'),
        )
      : outage.message;
    super(sentence, { cause: outage });
    this.code = outage.code;
    this.tryAgain = tryAgain;
  }
}
