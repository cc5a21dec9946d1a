import { stat } from 'node:fs/promises';
import type { SavedMedia } from '../bots/botRecords.ts';

/**
 * Those of the saved files that are still there, complete; of texts that were written together, with those of them that
 * are there.
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
  const { path, bytes, texts } = saved;
  const length = await lengthOf(path);
  if (texts === undefined) return length === bytes ? saved : undefined;
  if (length === undefined) return undefined;
  const lengths = await Promise.all(texts.map(lengthOf));
  return { ...saved, texts: texts.filter((_, index) => lengths[index] !== undefined) };
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
