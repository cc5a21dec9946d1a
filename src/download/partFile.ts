import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { BatchWriter } from './batchWriter.ts';
import type { DownloadFileHandle, DownloadFileSystem } from './fileSystem.ts';
import { flushIfPossible, lstatIfThere, unlinkIfThere } from './fileSystem.ts';
import type { DownloadLimits } from './limits.ts';
import { type PartClaim, trustedBytes } from './partClaim.ts';
import type { ContentDescription } from './partState.ts';
import type { Slot } from './slot.ts';

/** What a part file needs from outside. */
export interface PartContext {
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
  readonly limits: DownloadLimits;
  readonly log: Log;
}

/** The file that bytes arrive in, kept in step with its state file. */
export class PartFile {
  readonly claim: PartClaim;
  readonly handle: DownloadFileHandle;
  readonly #clock: Clock;
  readonly #limits: DownloadLimits;
  readonly #log: Log;
  #canFlush = true;
  #writer: BatchWriter;
  #checkpoint: Promise<void> | undefined;
  #checkpointFailure: { readonly error: unknown } | undefined;
  #flushedBytes: number;
  #lastWriteMs: number;
  #lastFlushMs: number;

  private constructor(
    { clock, limits, log }: PartContext,
    claim: PartClaim,
    handle: DownloadFileHandle,
    bytes: number,
  ) {
    this.claim = claim;
    this.handle = handle;
    this.#clock = clock;
    this.#limits = limits;
    this.#log = log;
    this.#lastWriteMs = clock.now();
    this.#lastFlushMs = clock.now();
    this.#flushedBytes = Math.min(bytes, claim.state.flushedBytes);
    this.#writer = this.#newWriter(bytes);
  }

  /** Opens the part file of a slot and cuts off every byte that cannot be trusted. */
  static async open(context: PartContext, slot: Slot): Promise<PartFile> {
    const { fs } = context;
    const { claim, earlier } = slot;
    const path = claim.paths.part;
    const found = await lstatIfThere(fs, path);
    const usable = found?.isFile() === true && earlier?.state !== undefined && earlier.ownerIsGone;
    // Whoever might still write to the old file keeps it to himself: ours is a new one.
    if (found && !usable) await unlinkIfThere(fs, path);
    const handle = await fs.open(path, usable ? 'r+' : 'wx+');
    try {
      const { host, boot } = claim.state.owner;
      const size = usable ? found.size : 0;
      const bytes = usable ? trustedBytes(earlier.state, size, { host, boot }) : 0;
      if (bytes < size) await handle.truncate(bytes);
      const { writtenOn } = claim.state;
      const isElsewhere = writtenOn.host !== host || writtenOn.boot !== boot;
      const flushedBytes = Math.min(bytes, claim.state.flushedBytes);
      const complete = claim.state.complete && flushedBytes === claim.state.totalBytes;
      if (isElsewhere || flushedBytes < claim.state.flushedBytes || complete !== claim.state.complete) {
        await claim.update({ writtenOn: { host, boot }, flushedBytes, complete });
      }
      return new PartFile(context, claim, handle, bytes);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Bytes that have arrived, written or not. */
  get receivedBytes(): number {
    return this.#writer.receivedBytes;
  }

  /** Bytes that are in the file; these are what a later try can go on from. */
  get writtenBytes(): number {
    return this.#writer.writtenBytes;
  }

  /** What is known of the content that the bytes in the file belong to. */
  get content(): ContentDescription {
    return this.claim.state;
  }

  /** Empties the file and notes what the bytes that come now belong to. */
  async begin(content: ContentDescription): Promise<void> {
    await this.#settle();
    await this.handle.truncate(0);
    this.#flushedBytes = 0;
    this.#writer = this.#newWriter(0);
    const { etag, lastModified, totalBytes } = content;
    await this.claim.update({ etag, lastModified, totalBytes, flushedBytes: 0, complete: false });
  }

  /** Notes a total that was not known before. */
  async learnTotal(totalBytes: number): Promise<void> {
    await this.claim.update({ totalBytes });
  }

  /** Whether `push` for a chunk of this size must be preceded by `makeRoom`. */
  isFullFor(bytes: number): boolean {
    return this.#writer.isFullFor(bytes);
  }

  /** Waits for the disk. @throws what writing threw */
  async makeRoom(): Promise<void> {
    await this.#writer.makeRoom();
  }

  /** Takes a chunk, and its memory with it. @throws what writing threw */
  push(chunk: Uint8Array): void {
    if (this.#checkpointFailure) throw this.#checkpointFailure.error;
    this.#writer.push(chunk);
    if (this.#clock.now() - this.#lastWriteMs >= this.#limits.writeMs) this.#writer.writeNow();
  }

  /** Waits until every byte that has arrived is in the file. @throws what writing threw */
  async drain(): Promise<void> {
    await this.#writer.drain();
  }

  /** Flushes every byte to the disk and notes that. @throws what writing or flushing threw */
  async flush(): Promise<void> {
    await this.drain();
    await this.#checkpoint;
    await this.#flushTo(this.writtenBytes);
  }

  /** Closes the file and gives it back for a later try, with everything kept that arrived. Never throws. */
  async pause(): Promise<void> {
    await this.#settle();
    try {
      await this.#flushTo(this.writtenBytes);
    } catch {
      // What was flushed before stands in the state file, which is all that a later try relies on.
    }
    await this.close();
    await this.claim.release();
  }

  /** Closes the file. Never throws: everything that matters was flushed before. */
  async close(): Promise<void> {
    await this.#settle();
    try {
      await this.handle.close();
    } catch {
      // Closing reports what an earlier write already did.
    }
  }

  #newWriter(position: number): BatchWriter {
    return new BatchWriter(this.handle, position, this.#limits, (writtenBytes) => {
      this.#lastWriteMs = this.#clock.now();
      if (!this.#checkpoint && this.#isDue(writtenBytes)) this.#startCheckpoint(writtenBytes);
    });
  }

  #isDue(writtenBytes: number): boolean {
    const { checkpointBytes, checkpointMs } = this.#limits;
    const isLate = this.#lastWriteMs - this.#lastFlushMs >= checkpointMs;
    return isLate || writtenBytes - this.#flushedBytes >= checkpointBytes;
  }

  #startCheckpoint(writtenBytes: number): void {
    this.#checkpoint = this.#flushTo(writtenBytes).then(
      () => {
        this.#checkpoint = undefined;
      },
      (error: unknown) => {
        this.#checkpoint = undefined;
        this.#checkpointFailure = { error };
      },
    );
  }

  async #flushTo(bytes: number): Promise<void> {
    const isFlushed = await this.#flushed(() => this.handle.datasync());
    this.#lastFlushMs = this.#clock.now();
    if (!isFlushed) return;
    // Only what was written before the flush began is surely on the disk.
    await this.claim.update({ flushedBytes: bytes });
    this.#flushedBytes = bytes;
  }

  /** Flushes content and metadata of the whole file, where the file system can. */
  async sync(): Promise<void> {
    await this.#flushed(() => this.handle.sync());
  }

  async #flushed(flush: () => Promise<void>): Promise<boolean> {
    const isFlushed = await flushIfPossible(flush);
    if (!isFlushed && this.#canFlush) {
      this.#canFlush = false;
      this.#log.warn(
        `[download] ${this.claim.paths.name}: this file system cannot flush; what is written counts`,
      );
    }
    return isFlushed;
  }

  /** Waits for writes and flushes under way, whatever becomes of them. */
  async #settle(): Promise<void> {
    try {
      await this.#writer.drain();
    } catch {
      // The caller is about to empty or close the file, or has been told of the failure by another call.
    }
    await this.#checkpoint;
  }
}
