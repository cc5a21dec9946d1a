import { createHash } from 'node:crypto';
import { throwIfCancelled } from './errors.ts';
import type { DownloadFileHandle, DownloadFileSystem } from './fileSystem.ts';

const STEP_BYTES = 1024 * 1024;

/**
 * The MD5 of a whole file, in lower-case hex.
 *
 * @throws DownloadError `cancelled` as soon as the signal aborts
 */
export async function md5OfFile(handle: DownloadFileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('md5');
  const buffer = new Uint8Array(STEP_BYTES);
  for (let position = 0; ;) {
    throwIfCancelled(signal);
    const { bytesRead } = await handle.read(buffer, 0, STEP_BYTES, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** Whether the file at `path` has that MD5. */
export async function fileHasMd5(
  fs: DownloadFileSystem,
  path: string,
  md5: string,
  signal: AbortSignal,
): Promise<boolean> {
  return withFile(fs, path, async (handle) => (await md5OfFile(handle, signal)) === md5);
}

/**
 * Whether the file at `path` has the same content as an open file.
 *
 * @throws DownloadError `cancelled` as soon as the signal aborts
 */
export async function fileEquals(
  fs: DownloadFileSystem,
  path: string,
  other: DownloadFileHandle,
  signal: AbortSignal,
): Promise<boolean> {
  return withFile(fs, path, async (handle) => {
    const [one, two] = [new Uint8Array(STEP_BYTES), new Uint8Array(STEP_BYTES)];
    for (let position = 0; ; position += STEP_BYTES) {
      throwIfCancelled(signal);
      const [first, second] = await Promise.all([
        readFully(handle, one, position),
        readFully(other, two, position),
      ]);
      if (first !== second || Buffer.compare(one.subarray(0, first), two.subarray(0, second)) !== 0)
        return false;
      if (first < STEP_BYTES) return true;
    }
  });
}

/** Reads until the buffer is full or the file ends. @returns bytes read */
export async function readFully(
  handle: DownloadFileHandle,
  buffer: Uint8Array,
  position: number,
): Promise<number> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.byteLength - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

async function withFile<T>(
  fs: DownloadFileSystem,
  path: string,
  use: (handle: DownloadFileHandle) => Promise<T>,
): Promise<T> {
  const handle = await fs.open(path, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
