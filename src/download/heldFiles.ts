import type { Clock } from '../network/clock.ts';
import { type DownloadFileSystem, fileErrorCode } from './fileSystem.ts';

// Together about ten seconds.
const TRIES = 10;
const FIRST_WAIT_MS = 20;

interface Patient {
  readonly clock: Clock;
}

/** Renames, patiently. */
export function renamePatiently(
  context: Patient & { readonly fs: DownloadFileSystem },
  from: string,
  to: string,
): Promise<void> {
  return whilePatient(context, () => context.fs.rename(from, to));
}

/**
 * Does work on a file, and tries again for some seconds when the file is held by another program: on Windows a virus
 * scanner opens every new file for a moment.
 */
export async function whilePatient({ clock }: Patient, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
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
