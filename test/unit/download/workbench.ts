import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createDownloader,
  type DownloadCollaborators,
  type Downloader,
  type DownloadOutcome,
  type DownloadProgress,
  type DownloadRequest,
  nodeFileSystem,
} from '../../../src/download/download.ts';
import { MP3_FILE } from '../../../src/download/fileFormats.ts';
import { DownloadError, type DownloadErrorCode } from '../../../src/download/errors.ts';
import type { DownloadFileHandle, DownloadFileSystem } from '../../../src/download/fileSystem.ts';
import type { DownloadLimits } from '../../../src/download/limits.ts';
import type { Clock } from '../../../src/network/clock.ts';
import { type MediaServer, startMediaServer } from './mediaServer.ts';

/** Which audio the tests download when it does not matter which. */
export const IDENTITY = {
  botId: 'b0700000-0000-4000-8000-000000000001',
  recordingId: '4ec00000-0000-4000-8000-000000000001',
  artifactId: 'a0d10000-0000-4000-8000-000000000001',
};

/** Bounds that make every wait short and every batch small. */
export const SHORT: Partial<DownloadLimits> = {
  headerTimeoutMs: 400,
  idleTimeoutMs: 400,
  batchBytes: 64 * 1024,
  writeBytes: 16 * 1024,
  checkpointBytes: 128 * 1024,
  progressIntervalMs: 0,
};

/** Bytes that begin like an MP3 and go on at random, the same for the same seed. */
export function makeAudio(bytes: number, seed = 1): Buffer {
  const content = Buffer.alloc(bytes);
  let state = seed >>> 0 || 1;
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    content.writeInt32LE(state, at);
  }
  Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1').copy(content);
  return content;
}

/** The MD5 of content as an object store writes it into an ETag. */
export function md5Etag(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

/** A clock on which waiting takes no time, while time-outs run as they do. */
export interface QuickClock extends Clock {
  /** Every wait so far, in ms. */
  readonly waits: number[];
}

/** Makes such a clock. */
export function createQuickClock(): QuickClock {
  let skippedMs = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.now() + skippedMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      skippedMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
    schedule: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** A file system that also tells how much was written. */
export interface SlowDisk extends DownloadFileSystem {
  readonly writtenBytes: () => number;
}

/** The real file system, with other handles for the part files. */
export function withHandles(change: (handle: DownloadFileHandle) => DownloadFileHandle): DownloadFileSystem {
  return {
    ...nodeFileSystem,
    open: async (path, flags) => {
      const handle = await nodeFileSystem.open(path, flags);
      return path.endsWith('.part') ? change(plainHandle(handle)) : handle;
    },
  };
}

/** A handle whose methods can be replaced one by one. */
function plainHandle(handle: DownloadFileHandle): DownloadFileHandle {
  return {
    writev: (buffers, position) => handle.writev(buffers, position),
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    writeFile: (text) => handle.writeFile(text),
    truncate: (length) => handle.truncate(length),
    stat: () => handle.stat(),
    datasync: () => handle.datasync(),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

/** One server, one folder and one engine, and what a user would notice of them. */
export class Workbench {
  readonly server: MediaServer;
  readonly folder: string;
  readonly clock = createQuickClock();
  readonly reports: DownloadProgress[] = [];
  readonly logged: string[] = [];
  /** How many URLs the engine has asked for. */
  resolved = 0;
  /** The query of the next URLs. */
  query = 'X-Amz-Signature=5ec2e7';
  downloader: Downloader;

  private constructor(server: MediaServer, folder: string) {
    this.server = server;
    this.folder = folder;
    this.downloader = this.engine();
    server.settled = (bytes) => this.#whenReceived(bytes);
  }

  static async open(): Promise<Workbench> {
    const folder = await mkdtemp(join(tmpdir(), 'download-'));
    return new Workbench(await startMediaServer(), folder);
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Another engine on the same folder, as another window would have it. */
  engine(changes: Partial<DownloadCollaborators> = {}): Downloader {
    const write = (message: string): void => {
      this.logged.push(message);
    };
    return createDownloader({
      fetch: globalThis.fetch,
      fs: nodeFileSystem,
      clock: this.clock,
      random: () => 0.5,
      log: { trace: write, debug: write, info: write, warn: write, error: write },
      ...changes,
      limits: { ...SHORT, ...changes.limits },
    });
  }

  /** Downloads `meeting.mp3` from the server into the folder. */
  download(changes: Partial<DownloadRequest> = {}, downloader = this.downloader): Promise<DownloadOutcome> {
    return downloader.download({
      resolveSource: () => {
        this.resolved += 1;
        return Promise.resolve(`${this.server.origin}/audio.mp3?n=${this.resolved}&${this.query}`);
      },
      folder: this.folder,
      name: 'meeting',
      file: MP3_FILE,
      identity: IDENTITY,
      signal: new AbortController().signal,
      onProgress: (progress) => this.reports.push(progress),
      ...changes,
    });
  }

  /** A disk on which every write takes a while. */
  slowDisk(ms: number): SlowDisk {
    let written = 0;
    return {
      ...withHandles((handle) => ({
        ...handle,
        writev: async (buffers, position) => {
          await sleep(ms);
          const result = await handle.writev(buffers, position);
          written += result.bytesWritten;
          return result;
        },
      })),
      writtenBytes: () => written,
    };
  }

  /** Turns one byte of a file over. */
  async damage(name: string, position: number): Promise<void> {
    const content = await readFile(this.path(name));
    content[position] = (content[position] ?? 0) ^ 0xff;
    await writeFile(this.path(name), content);
  }

  /** The names of the files in the folder. */
  async files(): Promise<string[]> {
    return (await readdir(this.folder)).sort();
  }

  /** Resolves when the engine has reported that many bytes; soon, too, when it keeps them to itself. */
  async #whenReceived(bytes: number): Promise<void> {
    for (let looks = 0; looks < 40; looks++) {
      if ((this.reports.at(-1)?.receivedBytes ?? 0) >= bytes) return;
      await sleep(5);
    }
  }

  path(name = 'meeting.mp3'): string {
    return join(this.folder, name);
  }

  /** Asserts that the folder holds one whole file and nothing else. */
  async assertOnly(content: Buffer, name = 'meeting.mp3'): Promise<void> {
    assert.deepEqual(await this.files(), [name]);
    await this.assertContent(content, name);
  }

  async assertContent(content: Buffer, name = 'meeting.mp3'): Promise<void> {
    const found = await readFile(this.path(name));
    assert.equal(found.length, content.length, `${name} has another length`);
    assert.ok(found.equals(content), `${name} has other bytes`);
  }

  /** Asserts that a download fails with a code, says nothing secret and leaves no finished file. */
  async assertFails(code: DownloadErrorCode, outcome: Promise<unknown>): Promise<DownloadError> {
    const error = await failureOf(outcome);
    assert.ok(error instanceof DownloadError, `${String(error)} is not a DownloadError`);
    assert.equal(error.code, code, error.message);
    assert.ok(
      (await this.files()).every((name) => !name.endsWith('.mp3')),
      'a file was left',
    );
    return error;
  }
}

/** What a promise is rejected with. */
export async function failureOf(outcome: Promise<unknown>): Promise<unknown> {
  try {
    await outcome;
  } catch (error) {
    return error;
  }
  assert.fail('It did not fail');
}
