import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { causeCodes } from '../network/causes.ts';

/** The part of the file system that small state files need; `nodeStateFiles` is the real one. */
export interface StateFileSystem {
  /** The names in a folder; empty when it does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** The file's text; undefined when it does not exist. */
  read(path: string): Promise<string | undefined>;
  /** Replaces the file as a whole: a reader sees the old text or the new one. Makes the folder when missing. */
  replace(folder: string, name: string, text: string): Promise<void>;
  /**
   * Makes the file if there is none of this name; of several processes that try, one succeeds. Makes the folder when
   * missing. For a moment a reader can see the new file without its text.
   *
   * @returns whether this call made it
   */
  create(folder: string, name: string, text: string): Promise<boolean>;
  /**
   * Runs `work` while no other process or call runs work under the same name. For work of a few milliseconds: a lock
   * that stays for seconds is taken for that of a killed process.
   */
  exclusively<T>(folder: string, name: string, work: () => Promise<T>): Promise<T>;
  /** Removes the file if it is there. */
  remove(path: string): Promise<void>;
}

/** State files on the real disk. */
export const nodeStateFiles: StateFileSystem = {
  list: (folder) => unlessMissing(readdir(folder), []),
  read: readIfThere,
  replace: async (folder, name, text) => {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${name}.${uniqueWord()}.tmp`);
    try {
      await writeFile(temporary, text, { encoding: 'utf8', mode: 0o600 });
      await renamePatiently(temporary, join(folder, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  },
  create: async (folder, name, text) => {
    await mkdir(folder, { recursive: true });
    return createIfMissing(join(folder, name), text);
  },
  exclusively: async (folder, name, work) => {
    await mkdir(folder, { recursive: true });
    const lock = join(folder, `${name}.lock`);
    const ownWord = uniqueWord();
    await takeLock(lock, ownWord);
    try {
      return await work();
    } finally {
      if ((await readIfThere(lock)) === ownWord) await rm(lock, { force: true });
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

/** A folder name for an API origin, from its host and port. */
export function originFolderName(origin: string): string {
  return new URL(origin).host.replace(/[^A-Za-z0-9.-]/g, '_');
}

const LOCK_PAUSE_MS = 20;
const LOCK_PATIENCE_MS = 4_000;

async function takeLock(lock: string, ownWord: string): Promise<void> {
  let holder: string | undefined;
  let waitedMs = 0;
  while (!(await createIfMissing(lock, ownWord))) {
    const seen = await readIfThere(lock);
    if (seen !== holder) waitedMs = 0;
    holder = seen;
    // Held by one and the same for so long: its process was killed in the middle.
    if (waitedMs >= LOCK_PATIENCE_MS) await rm(lock, { force: true });
    await pause(LOCK_PAUSE_MS);
    waitedMs += LOCK_PAUSE_MS;
  }
}

async function createIfMissing(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { encoding: 'utf8', mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    // On Windows a file that is just being removed answers with EPERM.
    if (hasCode(error, ['EEXIST', ...(process.platform === 'win32' ? ['EPERM'] : [])])) return false;
    throw error;
  }
}

/** Windows refuses to replace a file while another process, often a virus scanner, looks at it. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let pauseMs = 10; ; pauseMs *= 2) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (pauseMs > 500 || !hasCode(error, ['EPERM', 'EACCES', 'EBUSY'])) throw error;
      await pause(pauseMs);
    }
  }
}

function readIfThere(path: string): Promise<string | undefined> {
  return unlessMissing<string | undefined>(readFile(path, 'utf8'), undefined);
}

function uniqueWord(): string {
  return `${process.pid}.${process.hrtime.bigint()}`;
}

async function unlessMissing<T>(result: Promise<T>, missing: T): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (hasCode(error, ['ENOENT'])) return missing;
    throw error;
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return causeCodes(error).some((code) => codes.includes(code));
}
