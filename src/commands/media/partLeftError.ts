import * as vscode from 'vscode';
import { formatBytes } from '../../download/errors.ts';
import type { UnfinishedDownload } from '../../download/unfinished.ts';
import { joinSentences } from '../../language/sentences.ts';

/** What a part file was begun for is gone from Recall. The code is that of the reason. */
export class PartLeftError extends Error {
  override readonly name = 'PartLeftError';
  readonly code: string;
  /** Deletes the part file, for a person. Does not throw. */
  readonly deletePart: () => Promise<void>;

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
    super(joinSentences(reason.message, kept), { cause: reason });
    this.code = reason.code;
    this.deletePart = deletePart;
  }
}
