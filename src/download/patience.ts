import type { Clock } from '../network/clock.ts';
import { type DownloadFileSystem, fileErrorCode } from './fileSystem.ts';

const TRIES = 7;
const FIRST_WAIT_MS = 20;

/**
 * Renames, and tries again for about a second when the file is held by another program: on Windows a virus scanner
 * opens every new file for a moment.
 */
export async function renamePatiently(
  { fs, clock }: { readonly fs: DownloadFileSystem; readonly clock: Clock },
  from: string,
  to: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      if (attempt === TRIES || !isHeld(error)) throw error;
      await clock.sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}

function isHeld(error: unknown): boolean {
  return ['EPERM', 'EBUSY', 'EACCES'].includes(fileErrorCode(error) ?? '');
}
