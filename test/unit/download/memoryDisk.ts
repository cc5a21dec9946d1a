import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DownloadFileHandle, DownloadFileSystem } from '../../../src/download/fileSystem.ts';

interface MemoryFile {
  readonly inode: number;
  content: Buffer;
}

const A_FOLDER = statSync(import.meta.dirname);

/** A disk in memory: nothing on it takes time, so that a test can run hours of a simulated clock in no time. */
export class MemoryDisk implements DownloadFileSystem {
  readonly #files = new Map<string, MemoryFile>();
  readonly #folders = new Set<string>();
  #inodes = 0;

  /** The names of the files in a folder. */
  names(folder: string): string[] {
    return [...this.#files.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }

  /** What a file holds; undefined when there is none. */
  contentOf(path: string): Buffer | undefined {
    return this.#files.get(path)?.content;
  }

  open(path: string, flags: string): Promise<DownloadFileHandle> {
    return attempt(() => {
      if (flags.includes('x') && this.#files.has(path)) throw failure('EEXIST', 'open');
      const file = this.#files.get(path) ?? this.#make(path, flags);
      if (flags.startsWith('w') && !flags.includes('x')) file.content = Buffer.alloc(0);
      return handleOf(file);
    });
  }

  mkdir(path: string): Promise<void> {
    this.#folders.add(path);
    return Promise.resolve();
  }

  lstat(path: string): Promise<Stats> {
    return attempt(() => {
      if (this.#folders.has(path)) return A_FOLDER;
      return statsOf(this.#get(path, 'lstat'));
    });
  }

  stat(path: string): Promise<Stats> {
    return this.lstat(path);
  }

  link(existing: string, created: string): Promise<void> {
    return attempt(() => {
      if (this.#files.has(created)) throw failure('EEXIST', 'link');
      this.#files.set(created, this.#get(existing, 'link'));
    });
  }

  rename(from: string, to: string): Promise<void> {
    return attempt(() => {
      this.#files.set(to, this.#get(from, 'rename'));
      this.#files.delete(from);
    });
  }

  unlink(path: string): Promise<void> {
    return attempt(() => {
      this.#get(path, 'unlink');
      this.#files.delete(path);
    });
  }

  readTextFile(path: string): Promise<string> {
    return attempt(() => this.#get(path, 'open').content.toString('utf8'));
  }

  readdir(path: string): Promise<readonly string[]> {
    return Promise.resolve(this.names(path));
  }

  realpath(path: string): Promise<string> {
    return Promise.resolve(join(path));
  }

  freeBytes(): Promise<number | undefined> {
    return Promise.resolve(undefined);
  }

  #get(path: string, call: string): MemoryFile {
    const file = this.#files.get(path);
    if (!file) throw failure('ENOENT', call);
    return file;
  }

  #make(path: string, flags: string): MemoryFile {
    // A folder can be opened, too: to flush it.
    if (flags.startsWith('r') && !this.#folders.has(path)) throw failure('ENOENT', 'open');
    const file = { inode: ++this.#inodes, content: Buffer.alloc(0) };
    if (!this.#folders.has(path)) this.#files.set(path, file);
    return file;
  }
}

function handleOf(file: MemoryFile): DownloadFileHandle {
  return {
    writev: (buffers, position) => {
      const added = Buffer.concat(buffers);
      const grown = Buffer.alloc(Math.max(file.content.length, position + added.length));
      file.content.copy(grown);
      added.copy(grown, position);
      file.content = grown;
      return Promise.resolve({ bytesWritten: added.length });
    },
    read: (buffer, offset, length, position) => {
      const bytesRead = file.content.copy(buffer, offset, position, position + length);
      return Promise.resolve({ bytesRead });
    },
    writeFile: (text) => {
      file.content = Buffer.from(text, 'utf8');
      return Promise.resolve();
    },
    truncate: (length) => {
      file.content = Buffer.concat([file.content], length);
      return Promise.resolve();
    },
    stat: () => Promise.resolve(statsOf(file)),
    datasync: () => Promise.resolve(),
    sync: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function statsOf({ inode, content }: MemoryFile): Stats {
  return Object.defineProperties(statSync(import.meta.filename), {
    size: { value: content.length },
    ino: { value: inode },
  });
}

/** What a file system throws. */
function failure(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

async function attempt<T>(work: () => T): Promise<T> {
  await Promise.resolve();
  return work();
}
