import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

/** How the bytes of one answer go out. */
export interface Delivery {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes at `offset` of this body; empty at the end. */
  read(offset: number, length: number): Buffer;
  /** Bytes that the body has. */
  readonly length: number;
  /** Whether `Content-Length` says so, or the body goes out in chunks. */
  readonly framing: 'contentLength' | 'chunked';
  readonly gzip: boolean;
  /** Outer bytes per second; undefined for as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
  /** Where the body breaks off, and whether the connection then closes or stays open in silence. */
  readonly breakOff: { readonly afterBytes: number; readonly how: 'cut' | 'stall' } | undefined;
}

const pieceBytes = 64 * 1024;
const ticksPerSecond = 20;

/** Sends the answer; ends when it is sent, broken off, or the other side has gone. */
export async function deliver(delivery: Delivery, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const length = delivery.framing === 'contentLength' && !delivery.gzip ? delivery.length : undefined;
  response.writeHead(delivery.status, {
    ...delivery.headers,
    ...(length !== undefined && { 'Content-Length': String(length) }),
    ...(delivery.gzip && { 'Content-Encoding': 'gzip' }),
  });
  response.flushHeaders();
  try {
    await sendBody(delivery, response, gone.signal);
  } catch (error) {
    // The client hung up in the middle, which is its right.
    if (!gone.signal.aborted && !response.destroyed) throw error;
  }
}

async function sendBody(delivery: Delivery, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const pieces = Readable.from(bodyPieces(delivery, gone));
  const stays = delivery.breakOff !== undefined;
  if (delivery.gzip) await pipeline(pieces, createGzip(), response, { end: !stays });
  else await pipeline(pieces, response, { end: !stays });
  if (delivery.breakOff?.how === 'cut') response.socket?.destroySoon();
}

async function* bodyPieces(delivery: Delivery, gone: AbortSignal): AsyncGenerator<Buffer> {
  const end = Math.min(delivery.length, delivery.breakOff?.afterBytes ?? Infinity);
  const pace = delivery.bytesPerSecond;
  const step =
    pace === undefined ? pieceBytes : Math.max(1, Math.min(pieceBytes, Math.round(pace / ticksPerSecond)));
  for (let offset = 0; offset < end; offset += step) {
    if (pace !== undefined) await wait((step / pace) * 1000, undefined, { signal: gone });
    yield delivery.read(offset, Math.min(step, end - offset));
  }
}
