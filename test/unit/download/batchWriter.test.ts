import assert from 'node:assert/strict';
import { BatchWriter } from '../../../src/download/batchWriter.ts';
import { nodeFileSystem } from '../../../src/download/download.ts';
import type { DownloadFileHandle } from '../../../src/download/fileSystem.ts';
import { failureOf, makeAudio, withHandles, Workbench } from './workbench.ts';

describe('BatchWriter', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  const LIMITS = { batchBytes: 1000, writeBytes: 300 };

  async function openPart(
    change: (handle: DownloadFileHandle) => DownloadFileHandle,
  ): Promise<DownloadFileHandle> {
    return withHandles(change).open(bench.path('x.part'), 'wx+');
  }

  it('writes everything in its place, however little the system takes at a time', async () => {
    const handle = await openPart((real) => ({
      ...real,
      writev: (buffers, position) => real.writev([Buffer.concat(buffers).subarray(0, 7)], position),
    }));
    const content = makeAudio(5000);
    const writer = new BatchWriter(handle, 0, LIMITS, () => undefined);
    for (let at = 0; at < content.length; at += 130) {
      const chunk = new Uint8Array(content.subarray(at, at + 130));
      while (writer.isFullFor(chunk.byteLength)) await writer.makeRoom();
      writer.push(chunk);
      assert.ok(writer.receivedBytes - writer.writtenBytes <= LIMITS.batchBytes);
    }
    await writer.drain();
    await handle.close();
    assert.equal(writer.writtenBytes, content.length);
    await bench.assertContent(content, 'x.part');
  });

  it('tells of a failed write at every later call, and what was written before', async () => {
    let writes = 0;
    const handle = await openPart((real) => ({
      ...real,
      writev: (buffers, position) => {
        writes += 1;
        return writes === 2 ? Promise.reject(new Error('broken')) : real.writev(buffers, position);
      },
    }));
    const writer = new BatchWriter(handle, 0, LIMITS, () => undefined);
    writer.push(new Uint8Array(400));
    await writer.drain();
    writer.push(new Uint8Array(400));
    assert.equal(String(await failureOf(writer.drain())), 'Error: broken');
    assert.throws(() => {
      writer.push(new Uint8Array(1));
    }, /broken/);
    assert.equal(String(await failureOf(writer.makeRoom())), 'Error: broken');
    assert.equal(writer.writtenBytes, 400);
    assert.equal(writer.receivedBytes, 400);
    await handle.close();
  });

  it('gives the memory of a chunk back once it is written, but not that of a part of something larger', async () => {
    const handle = await nodeFileSystem.open(bench.path('x.part'), 'wx+');
    const writer = new BatchWriter(handle, 0, LIMITS, () => undefined);
    const own = new Uint8Array(10);
    const larger = new Uint8Array(100);
    writer.push(own);
    writer.push(larger.subarray(0, 10));
    await writer.drain();
    assert.equal(own.byteLength, 0);
    assert.equal(larger.byteLength, 100);
    await handle.close();
  });
});
