import type { FileFormat } from './fileFormats.ts';
import { HeadGate } from './headGate.ts';
import type { Attempt } from './mediaRequest.ts';
import type { PartFile } from './partFile.ts';

/** What `receiveBody` needs. */
export interface Receiving {
  readonly attempt: Attempt;
  readonly host: string;
  readonly part: PartFile;
  /** What is to come; decides what counts as valid content. */
  readonly file: FileFormat;
  /** The place in the file of the body's first byte. */
  readonly from: number;
  /** The first place in the file that the body may not reach; undefined when no length was announced. */
  readonly end: number | undefined;
  /** Longest wait for the next chunk, in ms. */
  readonly idleTimeoutMs: number;
  /** Called after each chunk. */
  readonly onChunk: () => void;
}

/** How a body ended: as it should, with nothing in it, beyond its announced end, or as something that is no media. */
export type BodyEnd = 'clean' | 'empty' | 'tooLong' | 'notMedia';

/**
 * Passes a body on to the part file, no faster than the disk takes it.
 *
 * @throws what `Attempt.explain` makes of a network failure, or what writing throws
 */
export async function receiveBody(body: ReadableStream<Uint8Array> | null, to: Receiving): Promise<BodyEnd> {
  const { attempt, part } = to;
  const head = new HeadGate(to.file, to.from > 0);
  const open = body && openBody(body);
  attempt.watch(to.idleTimeoutMs);
  for (;;) {
    let value: Uint8Array | undefined;
    try {
      value = (await open?.reader.read())?.value;
    } catch (error) {
      throw attempt.explain(error, to.host);
    }
    if (!open || !value) break;
    attempt.touch();
    if (part.receivedBytes + head.heldBytes + value.byteLength > (to.end ?? Infinity)) return 'tooLong';
    const verdict = head.add(open.ownsChunks ? value : value.slice());
    if (verdict === 'wrong') return 'notMedia';
    if (verdict === 'unclear') continue;
    for (const chunk of head.release()) {
      if (part.isFullFor(chunk.byteLength)) await waitForDisk(to, chunk.byteLength);
      part.push(chunk);
    }
    to.onChunk();
  }
  attempt.unwatch();
  if (head.end() === 'wrong') return head.heldBytes > 0 ? 'notMedia' : 'empty';
  for (const chunk of head.release()) part.push(chunk);
  return 'clean';
}

/** While it is the disk that is slow, the silence is not the server's fault. */
async function waitForDisk({ attempt, part, idleTimeoutMs }: Receiving, bytes: number): Promise<void> {
  attempt.unwatch();
  while (part.isFullFor(bytes)) await part.makeRoom();
  attempt.watch(idleTimeoutMs);
}

interface OpenBody {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Whether a chunk belongs to its reader alone. A byte stream takes every chunk away from whoever made it. */
  readonly ownsChunks: boolean;
}

function openBody(body: ReadableStream<Uint8Array>): OpenBody {
  let ownsChunks = true;
  try {
    body.getReader({ mode: 'byob' }).releaseLock();
  } catch {
    // Only a byte stream can be read this way; any other leaves its chunks with their maker.
    ownsChunks = false;
  }
  return { reader: body.getReader(), ownsChunks };
}
