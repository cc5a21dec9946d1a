import { stat } from 'node:fs/promises';
import type { SavedMedia } from '../bots/botRecords.ts';

/** Whether a file is there with this length in bytes. A file that cannot be looked at counts as not there. */
export async function isOnDisk(path: string, bytes: number): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size === bytes;
  } catch {
    // Moved, deleted or out of reach: in each case there is nothing here to open.
    return false;
  }
}

/** Those of the saved MP3s that are still there, complete. */
export async function stillOnDisk(saved: readonly SavedMedia[]): Promise<SavedMedia[]> {
  const present = await Promise.all(saved.map(({ path, bytes }) => isOnDisk(path, bytes)));
  return saved.filter((_, index) => present[index]);
}
