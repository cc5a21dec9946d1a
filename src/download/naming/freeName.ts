import type { Clock } from '../../network/clock.ts';
import { type DownloadFileSystem, fileErrorCode, unlinkIfThere } from '../fileSystem.ts';
import { renamePatiently } from '../heldFiles.ts';

/** What giving a file a name needs from outside. */
export interface NamingContext {
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
}

/**
 * Gives a file a name that is free, on file systems without links: an empty file, created exclusively, keeps the name
 * until the rename.
 *
 * @returns whether the name was free
 */
export async function renameOntoPlace(context: NamingContext, from: string, to: string): Promise<boolean> {
  const { fs } = context;
  try {
    await (await fs.open(to, 'wx')).close();
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await renamePatiently(context, from, to);
  } catch (error) {
    await unlinkIfThere(fs, to);
    throw error;
  }
  return true;
}

/** Whether a refusal to make a link says that this file system has none. */
export function isWithoutLinks(error: unknown): boolean {
  const codes = [
    'EPERM',
    'ENOTSUP',
    'EOPNOTSUPP',
    'ENOSYS',
    'EINVAL',
    'EMLINK',
    'EACCES',
    'EXDEV',
    'UNKNOWN',
  ];
  return codes.includes(fileErrorCode(error) ?? '');
}
