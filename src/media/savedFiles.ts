import { stat } from 'node:fs/promises';
import type { SavedMedia } from '../bots/botRecords.ts';

/**
 * Those of the saved files that are still there, complete, or if they are texts, in whatever state; with those of what was
 * written beside them that are there.
 */
export async function stillOnDisk(saved: readonly SavedMedia[]): Promise<SavedMedia[]> {
  const present = await Promise.all(saved.map(onDisk));
  return present.filter((one) => one !== undefined);
}

/** Whether a saved file is still there, complete. */
export async function isOnDisk(saved: SavedMedia): Promise<boolean> {
  return (await onDisk(saved)) !== undefined;
}

async function onDisk(saved: SavedMedia): Promise<SavedMedia | undefined> {
  const { path, bytes, beside, isText } = saved;
  const length = await lengthOf(path);
  if (length === undefined || (length !== bytes && !isText)) return undefined;
  if (!beside) return saved;
  const lengths = await Promise.all(beside.map(lengthOf));
  return { ...saved, beside: beside.filter((_, index) => lengths[index] !== undefined) };
}

/** In bytes; undefined when there is no such file. One that cannot be looked at counts as not there. */
async function lengthOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    // Moved, deleted or out of reach: in each case there is nothing here to open.
    return undefined;
  }
}
