import type { Stats } from 'node:fs';
import * as fsPromises from 'node:fs/promises';

/** An open file, as far as the engine needs one. */
export interface DownloadFileHandle {
  /** Writes at a byte position; may write less than asked. */
  writev(buffers: readonly Uint8Array[], position: number): Promise<{ readonly bytesWritten: number }>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  writeFile(text: string): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<Stats>;
  /** Flushes content to the disk. */
  datasync(): Promise<void>;
  /** Flushes content and metadata to the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The part of `node:fs/promises` that the engine uses. Paths are absolute. */
export interface DownloadFileSystem {
  open(path: string, flags: string): Promise<DownloadFileHandle>;
  mkdir(path: string): Promise<void>;
  lstat(path: string): Promise<Stats>;
  stat(path: string): Promise<Stats>;
  link(existing: string, created: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  readTextFile(path: string): Promise<string>;
  readdir(path: string): Promise<readonly string[]>;
  realpath(path: string): Promise<string>;
  /** Bytes free for this user on the file system that holds the path; undefined when it does not say. */
  freeBytes(path: string): Promise<number | undefined>;
}

/** The file system of this machine. */
export const nodeFileSystem: DownloadFileSystem = {
  open: (path, flags) => fsPromises.open(path, flags),
  mkdir: async (path) => {
    await fsPromises.mkdir(path, { recursive: true });
  },
  lstat: (path) => fsPromises.lstat(path),
  stat: (path) => fsPromises.stat(path),
  link: (existing, created) => fsPromises.link(existing, created),
  rename: (from, to) => fsPromises.rename(from, to),
  unlink: (path) => fsPromises.unlink(path),
  readTextFile: (path) => fsPromises.readFile(path, 'utf8'),
  readdir: (path) => fsPromises.readdir(path),
  realpath: (path) => fsPromises.realpath(path),
  freeBytes: async (path) => {
    const { bsize, blocks, bavail } = await fsPromises.statfs(path);
    return blocks > 0 ? bsize * bavail : undefined;
  },
};

/** The `code` of a file system error, such as `ENOENT`; undefined for anything else. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** `lstat` that answers undefined when there is nothing at the path. */
export function lstatIfThere(fs: DownloadFileSystem, path: string): Promise<Stats | undefined> {
  return ifThere(() => fs.lstat(path));
}

/** `unlink` that is content when there is nothing at the path. */
export async function unlinkIfThere(fs: DownloadFileSystem, path: string): Promise<void> {
  await ifThere(() => fs.unlink(path));
}

/** The whole text of a file; undefined when there is none. */
export function readTextIfThere(fs: DownloadFileSystem, path: string): Promise<string | undefined> {
  return ifThere(() => fs.readTextFile(path));
}

async function ifThere<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes a folder and those above it. Some file systems answer with all kinds of refusals for one that is there, such as
 * the root of a drive; then that it is there is what counts.
 */
export async function makeFolder(fs: DownloadFileSystem, path: string): Promise<void> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    if (!(await isFolder(fs, path))) throw error;
  }
}

async function isFolder(fs: DownloadFileSystem, path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch {
    // It is not there, or cannot be looked at: the refusal to make it says more.
    return false;
  }
}

/** What file systems answer that cannot flush, such as network shares. It says nothing about the bytes. */
const CANNOT_FLUSH = ['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS', 'EPERM', 'EBADF', 'ENOTTY'];

/**
 * Flushes if the file system can. @returns whether it did
 *
 * @throws what flushing threw, when that says that bytes are lost: a full or a broken disk
 */
export async function flushIfPossible(flush: () => Promise<void>): Promise<boolean> {
  try {
    await flush();
    return true;
  } catch (error) {
    if (CANNOT_FLUSH.includes(fileErrorCode(error) ?? '')) return false;
    throw error;
  }
}
