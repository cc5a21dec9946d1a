import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { defaultLimits } from '../../../src/download/limits.ts';
import { makeAudio, withHandles, Workbench } from './workbench.ts';
import { type Play, write } from './mediaServer.ts';

const MIB = 1024 * 1024;
const BLOCK = makeAudio(MIB, 17);
const TOTAL = 2048 * MIB + 1234;
const CUT_AT = 1500 * MIB + 321;
const RSS_GROWTH_BYTES = 150 * MIB;

describe('A recording of more than 2 GiB', function () {
  it('arrives whole, cut once beyond the middle, while memory stays level', async () => {
    const bench = await Workbench.open();
    try {
      /** Sends the bytes from `start` on, up to `end`. */
      const send = async (socket: Parameters<Play>[0], start: number, end: number): Promise<void> => {
        for (let at = start; at < end;) {
          const offset = at % MIB;
          const piece = BLOCK.subarray(offset, Math.min(MIB, offset + end - at));
          await write(socket, piece);
          at += piece.length;
        }
      };
      const headers = 'ETag: "large"\r\nContent-Type: audio/mpeg\r\n';
      const first: Play = async (socket) => {
        await write(socket, `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${TOTAL}\r\n\r\n`);
        await send(socket, 0, CUT_AT);
        socket.end();
      };
      const rest: Play = async (socket, { start }) => {
        const range = `Content-Range: bytes ${start}-${TOTAL - 1}/${TOTAL}\r\nContent-Length: ${TOTAL - start}\r\n`;
        await write(socket, `HTTP/1.1 206 Partial Content\r\n${headers}${range}\r\n`);
        await send(socket, start, TOTAL);
      };
      bench.server.play(first, rest);
      // Compares every byte on its way to the disk; the disk itself only gets a hole of the right size.
      let wrongBytes = 0;
      const fs = withHandles((handle) => ({
        ...handle,
        writev: async (buffers, position) => {
          let at = position;
          for (const buffer of buffers) wrongBytes += countWrong(buffer, at, (at += buffer.byteLength));
          if (position === 0) await handle.writev(buffers, position);
          await handle.truncate(at);
          return { bytesWritten: at - position };
        },
        datasync: () => Promise.resolve(),
      }));
      const before = process.memoryUsage.rss();
      let highest = before;
      const { batchBytes, writeBytes, checkpointBytes } = defaultLimits;
      const limits = {
        batchBytes,
        writeBytes,
        checkpointBytes,
        idleTimeoutMs: 30_000,
        headerTimeoutMs: 30_000,
      };
      const outcome = await bench.download(
        {
          onProgress: () => {
            highest = Math.max(highest, process.memoryUsage.rss());
          },
        },
        bench.engine({
          fs: { ...fs, freeBytes: () => Promise.resolve(undefined) },
          limits: { ...limits, progressIntervalMs: 20 },
        }),
      );
      assert.equal(outcome.bytes, TOTAL);
      assert.equal((await stat(bench.path())).size, TOTAL);
      assert.equal(wrongBytes, 0);
      assert.deepEqual(
        bench.server.requests.map((request) => request.start),
        [0, CUT_AT],
      );
      assert.ok(highest - before <= RSS_GROWTH_BYTES, `memory grew by ${highest - before} bytes`);
    } finally {
      await bench.close();
    }
  });
});

/** How many blocks of the bytes that belong at `start` differ from what was sent. */
function countWrong(bytes: Uint8Array, start: number, end: number): number {
  let wrong = 0;
  for (let at = start; at < end;) {
    const offset = at % MIB;
    const length = Math.min(MIB - offset, end - at);
    const found = bytes.subarray(at - start, at - start + length);
    if (BLOCK.compare(found, 0, length, offset, offset + length) !== 0) wrong += 1;
    at += length;
  }
  return wrong;
}
