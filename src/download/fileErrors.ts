import { DownloadError, formatBytes } from './errors.ts';
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
  const details = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DownloadError('diskFull', `The disk that holds ${folder} is full.`, details);
    case 'EACCES':
    case 'EPERM':
      return new DownloadError('noPermission', `There is no permission to write in ${folder}.`, details);
    case 'EROFS':
      return new DownloadError(
        'readOnly',
        `${folder} is on a file system that cannot be written to.`,
        details,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new DownloadError('notAFolder', `${folder} is not a folder.`, details);
    case 'EISDIR':
      return new DownloadError('notAFolder', `A folder in ${folder} is in the way of the download.`, details);
    case 'ENOENT':
      return new DownloadError('folderGone', `${folder}, or the download in it, was removed.`, details);
    default:
      return new DownloadError('fileSystem', `Writing in ${folder} failed (${code}).`, details);
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
  const missing = missingBytes === undefined ? '' : ` ${formatBytes(missingBytes)} more are needed.`;
  return new DownloadError('diskFull', `The disk that holds ${folder} is full.${missing}`, {
    cause,
    missingBytes,
  });
}
