import * as vscode from 'vscode';
import { formatBytes } from '../../language/formats.ts';
import type { UnfinishedDownload } from '../../download/unfinished.ts';
import { joinSentences } from '../../language/sentences.ts';
import { RemediedError } from '../calling/remediedError.ts';

/** What a part file was begun for is gone from Recall. The code is that of the reason. */
export class PartLeftError extends RemediedError {
  override readonly name = 'PartLeftError';

  /** @param deletePart deletes the part file, for a person; does not throw */
  constructor(
    reason: Error & { readonly code: string },
    { receivedBytes, name, extension }: UnfinishedDownload,
    deletePart: () => Promise<void>,
  ) {
    const kept = vscode.l10n.t(
      '{0} of it lie in {1}.',
      formatBytes(receivedBytes),
      `${name}.${extension}.part`,
    );
    const remedies = [
      { button: vscode.l10n.t('Delete Part File'), run: deletePart },
      { button: vscode.l10n.t('Keep'), run: () => Promise.resolve() },
    ];
    super(joinSentences(reason.message, kept), reason, { remedies, isFault: false });
  }
}
