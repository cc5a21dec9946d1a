import { type ContentVerdict, HEAD_BYTES } from './content.ts';
import type { FileFormat } from './fileFormats.ts';

/** Holds the first chunks of a body back until they prove to be media, so that an error page never reaches the disk. */
export class HeadGate {
  readonly #file: FileFormat;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isOpen: boolean;

  /** @param isOpen whether the body goes on with content whose start has been checked */
  constructor(file: FileFormat, isOpen: boolean) {
    this.#file = file;
    this.#isOpen = isOpen;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Takes a chunk in. `fine`: everything held can be released. */
  add(chunk: Uint8Array): ContentVerdict {
    this.#held.push(chunk);
    this.#heldBytes += chunk.byteLength;
    if (this.#isOpen) return 'fine';
    return this.#judge(this.#heldBytes >= HEAD_BYTES);
  }

  /** Judges what is held when nothing more comes. */
  end(): ContentVerdict {
    return this.#judge(true);
  }

  /** Hands out what is held. */
  release(): readonly Uint8Array[] {
    const chunks = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    return chunks;
  }

  #judge(whole: boolean): ContentVerdict {
    if (this.#isOpen) return 'fine';
    const verdict = this.#file.judgeHead(Buffer.concat(this.#held).subarray(0, HEAD_BYTES), whole);
    this.#isOpen = verdict === 'fine';
    return verdict;
  }
}
