import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of the file system that small state files need; `nodeStateFiles` is the real one. */
export interface StateFileSystem {
  /** The names in a folder; empty when it does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** The file's text; undefined when it does not exist. */
  read(path: string): Promise<string | undefined>;
  /** Replaces the file as a whole: a reader sees the old text or the new one. Makes the folder when missing. */
  replace(folder: string, name: string, text: string): Promise<void>;
  /** Removes the file if it is there. */
  remove(path: string): Promise<void>;
}

/** State files on the real disk. */
export const nodeStateFiles: StateFileSystem = {
  list: (folder) => unlessMissing(readdir(folder), []),
  read: (path) => unlessMissing<string | undefined>(readFile(path, 'utf8'), undefined),
  replace: async (folder, name, text) => {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${name}.${process.pid}.${temporaryNumber()}.tmp`);
    try {
      await writeFile(temporary, text, { encoding: 'utf8', mode: 0o600 });
      await rename(temporary, join(folder, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  },
  remove: (path) => rm(path, { force: true }),
};

/**
 * A file name for something that a server named: ids of the usual form stay readable, all others become a hash, so
 * that no id can lead out of the folder.
 */
export function stateFileName(id: string): string {
  const readable = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id);
  return `${readable ? id : `id_${createHash('sha256').update(id).digest('hex')}`}.json`;
}

function temporaryNumber(): string {
  return `${process.hrtime.bigint()}`;
}

async function unlessMissing<T>(result: Promise<T>, missing: T): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing;
    throw error;
  }
}
