import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/sentences.ts';
import { formatBytes } from '../language/formats.ts';
import { DownloadError } from './errors.ts';
import type { DownloadErrorCode } from './errors.ts';
import { fileErrorCode } from './fileSystem.ts';

/**
 * Puts a file system error in words for the user.
 *
 * @param folder the folder of the download, named in the sentence
 * @returns undefined when the error did not come from the file system
 */
export function describeFileError(error: unknown, folder: string): DownloadError | undefined {
  const code = fileErrorCode(error);
  if (code === undefined) return undefined;
  const [meaning, sentence] = meaningOf(code, folder);
  return new DownloadError(meaning, sentence, { cause: error });
}

function meaningOf(code: string, folder: string): readonly [DownloadErrorCode, sentence: string] {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return ['diskFull', l10n.t('The disk that holds {0} is full.', folder)];
    case 'EACCES':
    case 'EPERM':
      return ['noPermission', l10n.t('There is no permission to write in {0}.', folder)];
    case 'EROFS':
      return ['readOnly', l10n.t('{0} is on a file system that cannot be written to.', folder)];
    case 'ENOTDIR':
    case 'EEXIST':
      return ['notAFolder', l10n.t('{0} is not a folder.', folder)];
    case 'EISDIR':
      return ['notAFolder', l10n.t('A folder in {0} is in the way of the download.', folder)];
    case 'ENOENT':
      return ['folderGone', l10n.t('{0}, or the download in it, was removed.', folder)];
    default:
      return ['fileSystem', l10n.t('Writing in {0} failed ({1}).', folder, code)];
  }
}

/**
 * The error for a disk that cannot hold the whole recording.
 *
 * @param missingBytes how much more room it needs; undefined when the total is not known
 */
export function diskFullError(
  folder: string,
  missingBytes: number | undefined,
  cause?: unknown,
): DownloadError {
  const full = l10n.t('The disk that holds {0} is full.', folder);
  const sentences =
    missingBytes === undefined
      ? full
      : joinSentences(full, l10n.t('{0} more are needed.', formatBytes(missingBytes)));
  return new DownloadError('diskFull', sentences, { cause, missingBytes });
}
