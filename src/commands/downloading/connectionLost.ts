import * as vscode from 'vscode';
import { joinSentences } from '../../language/sentences.ts';
import { RemediedError } from '../calling/remediedError.ts';

/**
 * A download that a person looks at met an outage that lasts. The sentence and the code are those of the outage; the
 * download goes on by itself when it is over.
 */
export class ConnectionLostError extends RemediedError {
  override readonly name = 'ConnectionLostError';

  /**
   * @param goesOn whether the download goes on by itself
   * @param tryAgain tries again now, for a person; does not throw
   */
  constructor(
    outage: Error & { readonly code: string },
    { tryAgain, goesOn }: { readonly tryAgain: () => Promise<void>; readonly goesOn: boolean },
  ) {
    const sentence = goesOn
      ? joinSentences(
          outage.message,
          vscode.l10n.t('The download goes on by itself when the connection is back, until you cancel it.'),
        )
      : outage.message;
    const remedies = [{ button: vscode.l10n.t('Try Again'), run: tryAgain }];
    super(sentence, outage, { remedies, isFault: true });
  }
}
