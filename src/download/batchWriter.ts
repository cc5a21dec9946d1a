import type { DownloadFileHandle } from './fileSystem.ts';

/** How much a `BatchWriter` gathers. Both in bytes. */
export interface BatchLimits {
  /** Most bytes that are gathered or being written. */
  readonly batchBytes: number;
  /** A write begins as soon as this many bytes wait and no other write is under way. */
  readonly writeBytes: number;
}

/**
 * Writes chunks one after the other into a file, many at a time, while the next ones arrive. A slow disk slows the
 * caller, so that memory stays bounded. After a failed write every further call throws the same error.
 */
export class BatchWriter {
  readonly #handle: DownloadFileHandle;
  readonly #limits: BatchLimits;
  readonly #afterWrite: (writtenBytes: number) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writingBytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #writtenBytes: number;

  /**
   * @param position where in the file the first chunk goes
   * @param afterWrite called after each write with the bytes of the file that are written
   */
  constructor(
    handle: DownloadFileHandle,
    position: number,
    limits: BatchLimits,
    afterWrite: (writtenBytes: number) => void,
  ) {
    this.#handle = handle;
    this.#writtenBytes = position;
    this.#limits = limits;
    this.#afterWrite = afterWrite;
  }

  /** Bytes of the file that are written, counted from its start. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** Bytes of the file that are written, being written or gathered. */
  get receivedBytes(): number {
    return this.#writtenBytes + this.#writingBytes + this.#waitingBytes;
  }

  /** Whether the next `push` of this size would have to wait for the disk. */
  isFullFor(bytes: number): boolean {
    const held = this.#writingBytes + this.#waitingBytes;
    return held > 0 && held + bytes > this.#limits.batchBytes;
  }

  /**
   * Takes a chunk, and its memory with it. Call `makeRoom` first when `isFullFor` says so.
   *
   * @throws what a write before threw
   */
  push(chunk: Uint8Array): void {
    this.#throwFailure();
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= this.#limits.writeBytes) this.writeNow();
  }

  /** Begins to write what waits, unless a write is under way. */
  writeNow(): void {
    if (this.#writing === undefined && this.#waitingBytes > 0) this.#startWriting();
  }

  /** Waits until the write under way is done and begins the next. @throws what a write threw */
  async makeRoom(): Promise<void> {
    await this.#writing;
    this.#throwFailure();
    this.writeNow();
  }

  /** Waits until everything is written. @throws what a write threw */
  async drain(): Promise<void> {
    while (this.#writing !== undefined || this.#waitingBytes > 0) await this.makeRoom();
    this.#throwFailure();
  }

  #startWriting(): void {
    const batch = this.#waiting;
    this.#writingBytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = this.#write(batch).then(
      () => {
        this.#writing = undefined;
        if (this.#waitingBytes >= this.#limits.writeBytes) this.#startWriting();
        this.#afterWrite(this.#writtenBytes);
      },
      (error: unknown) => {
        this.#writing = undefined;
        this.#failure = { error };
        this.#waiting = [];
        this.#waitingBytes = 0;
        this.#writingBytes = 0;
      },
    );
  }

  async #write(batch: readonly Uint8Array[]): Promise<void> {
    let rest = batch;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#handle.writev(rest, this.#writtenBytes);
      this.#writtenBytes += bytesWritten;
      this.#writingBytes -= bytesWritten;
      rest = withoutFirst(rest, bytesWritten);
    }
    batch.forEach(giveBack);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

/** What is left of the buffers after `bytes` bytes; a full disk makes the system write less than asked. */
function withoutFirst(buffers: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let left = bytes;
  const rest: Uint8Array[] = [];
  for (const buffer of buffers) {
    if (left >= buffer.byteLength) left -= buffer.byteLength;
    else {
      rest.push(left > 0 ? buffer.subarray(left) : buffer);
      left = 0;
    }
  }
  return rest;
}

/** Frees the memory of a chunk now; waiting for the garbage collector costs more than the writing itself. */
function giveBack(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && chunk.byteLength === buffer.byteLength) buffer.transfer(0);
}
