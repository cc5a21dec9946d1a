import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { md5Etag, makeAudio, Workbench } from './workbench.ts';
import { type Play, resetAtOnce, serve, silence, status, write } from './mediaServer.ts';

const AUDIO = makeAudio(600_000);
const WHOLE = serve(AUDIO);

describe('A download over a connection that breaks', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  /** Where each request began. */
  const starts = (): number[] => bench.server.requests.map((request) => request.start);

  it('arrives whole when nothing breaks', async () => {
    bench.server.play(WHOLE);
    const outcome = await bench.download();
    assert.deepEqual(outcome, { kind: 'saved', path: bench.path(), bytes: AUDIO.length });
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0]);
  });

  it('asks for no encoding, no range and no authorisation at first', async () => {
    bench.server.play(WHOLE);
    await bench.download();
    const [request] = bench.server.requests;
    const headers = request?.headers;
    assert.equal(headers?.get('accept-encoding'), 'identity');
    for (const name of ['range', 'if-range', 'authorization', 'cookie', 'referer']) {
      assert.ok(!headers.has(name), name);
    }
  });

  it('tries again when the connection is reset before the headers', async () => {
    bench.server.play(resetAtOnce, WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, 0]);
  });

  it('tries again when the connection is reset after the headers', async () => {
    bench.server.play(serve(AUDIO, { bytes: 0, then: 'reset' }), WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
  });

  it('survives a reset after the first byte', async () => {
    bench.server.play(serve(AUDIO, { bytes: 1, then: 'reset' }), WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
  });

  it('goes on in the middle after a reset there, with the validator', async () => {
    bench.server.play(serve(AUDIO, { bytes: 300_000, then: 'reset' }), WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, 300_000]);
    assert.equal(bench.server.requests[1]?.headers.get('if-range'), '"one-two-three"');
  });

  it('fetches the one byte that a reset at the end left out', async () => {
    bench.server.play(serve(AUDIO, { bytes: AUDIO.length - 1, then: 'reset' }), WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, AUDIO.length - 1]);
  });

  it('goes on when the connection is closed politely in the middle', async () => {
    bench.server.play(serve(AUDIO, { bytes: 200_000, then: 'end' }), WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, 200_000]);
  });

  it('comes through a reset on every try, as long as each brings something', async () => {
    bench.server.play(serve(AUDIO, { bytes: 20_000, then: 'reset' }));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.length, AUDIO.length / 20_000);
  });

  it('gives up after eight tries in a row that bring nothing, and keeps what it has', async () => {
    bench.server.play(serve(AUDIO, { bytes: 250_000, then: 'reset' }), resetAtOnce);
    const error = await bench.assertFails('network', bench.download());
    assert.equal(bench.server.requests.length, 1 + 8);
    assert.equal(error.keptBytes, 250_000);
    assert.match(error.message, /250 KB are kept, and the next download goes on from there/);
    assert.deepEqual(await bench.files(), ['meeting.mp3.part', 'meeting.mp3.part.json']);
  });

  it('waits longer after each try without progress, up to the cap, and not so long after progress', async () => {
    bench.server.play(resetAtOnce);
    await bench.assertFails('network', bench.download());
    assert.deepEqual(bench.clock.waits, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    bench.clock.waits.length = 0;
    const some = serve(AUDIO, { bytes: 50_000, then: 'reset' });
    bench.server.play(resetAtOnce, resetAtOnce, some, resetAtOnce, WHOLE);
    await bench.download();
    assert.deepEqual(bench.clock.waits, [500, 1000, 500, 1000]);
  });

  it('spreads its waits with the random number it is given', async () => {
    bench.server.play(resetAtOnce, resetAtOnce, WHOLE);
    await bench.download({}, bench.engine({ random: () => 0.25 }));
    assert.deepEqual(bench.clock.waits, [250, 500]);
  });

  it('goes on in another window after it gave up, without asking for the old bytes', async () => {
    bench.server.play(serve(AUDIO, { bytes: 250_000, then: 'reset' }), resetAtOnce);
    await bench.assertFails('network', bench.download());
    bench.server.play(WHOLE);
    await bench.download({}, bench.engine());
    await bench.assertOnly(AUDIO);
    assert.equal(starts().at(-1), 250_000);
    const first = bench.reports.findLast((report) => report.kind === 'receiving');
    assert.equal(first?.resumedFromBytes, 250_000);
  });

  it('drops a connection that never answers, and tries again', async () => {
    bench.server.play(silence, WHOLE);
    await bench.download({}, bench.engine({ limits: { headerTimeoutMs: 40 } }));
    await bench.assertOnly(AUDIO);
  });

  it('calls it stalled when no connection ever answers', async () => {
    bench.server.play(silence);
    const limits = { headerTimeoutMs: 20, triesWithoutProgress: 2 };
    await bench.assertFails('stalled', bench.download({}, bench.engine({ limits })));
    assert.deepEqual(await bench.files(), []);
  });

  it('drops a body that stalls at its first byte', async () => {
    bench.server.play(serve(AUDIO, { bytes: 0, then: 'stall' }), WHOLE);
    await bench.download({}, bench.engine({ limits: { idleTimeoutMs: 40 } }));
    await bench.assertOnly(AUDIO);
  });

  it('drops a body that stalls in the middle, and goes on from there', async () => {
    bench.server.play(serve(AUDIO, { bytes: 300_000, then: 'stall' }), WHOLE);
    await bench.download({}, bench.engine({ limits: { idleTimeoutMs: 60 } }));
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, 300_000]);
  });

  it('drops a body that stalls one byte before the end', async () => {
    bench.server.play(serve(AUDIO, { bytes: AUDIO.length - 1, then: 'stall' }), WHOLE);
    await bench.download({}, bench.engine({ limits: { idleTimeoutMs: 60 } }));
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, AUDIO.length - 1]);
  });

  it('does not take a slow line for a stall, however long the whole takes', async () => {
    const slowly: Play = async (socket) => {
      await write(socket, `HTTP/1.1 200 OK\r\nContent-Length: 40000\r\nETag: "s"\r\n\r\n`);
      for (let at = 0; at < 40_000; at += 1000) {
        await new Promise((resolve) => setTimeout(resolve, 15));
        await write(socket, AUDIO.subarray(at, at + 1000));
      }
    };
    bench.server.play(slowly);
    await bench.download({}, bench.engine({ limits: { idleTimeoutMs: 250 } }));
    await bench.assertOnly(AUDIO.subarray(0, 40_000));
    assert.equal(bench.server.requests.length, 1);
  });

  it('does not blame the server while a slow disk holds the download up', async () => {
    bench.server.play(WHOLE);
    const slow = bench.slowDisk(30);
    await bench.download({}, bench.engine({ fs: slow, limits: { idleTimeoutMs: 25 } }));
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.length, 1);
  });

  it('holds no more in memory than a batch while the disk is slow', async () => {
    const audio = makeAudio(8_000_000);
    bench.server.play(serve(audio));
    let largest = 0;
    const limits = { batchBytes: 600_000, writeBytes: 50_000, idleTimeoutMs: 5000 };
    const slow = bench.slowDisk(3);
    await bench.download(
      {
        onProgress: (report) => {
          largest = Math.max(largest, report.receivedBytes - slow.writtenBytes());
        },
      },
      bench.engine({ fs: slow, limits }),
    );
    await bench.assertOnly(audio);
    assert.ok(largest <= 600_000, `${largest} bytes waited`);
  });

  it('writes what comes slowly without waiting for a batch, and flushes it', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    bench.server.play(async (socket) => {
      await write(socket, `HTTP/1.1 200 OK\r\nContent-Length: ${AUDIO.length}\r\nETag: "s"\r\n\r\n`);
      await write(socket, AUDIO.subarray(0, 1000));
      await held;
      await write(socket, AUDIO.subarray(1000));
    });
    const limits = { writeBytes: 1e6, batchBytes: 2e6, writeMs: 0, checkpointMs: 0, idleTimeoutMs: 20_000 };
    const outcome = bench.download({}, bench.engine({ limits }));
    const flushed = async (): Promise<unknown> => {
      const text = await readFile(bench.path('meeting.mp3.part.json'), 'utf8').catch(() => '{}');
      return (JSON.parse(text) as Record<string, unknown>).flushedBytes;
    };
    while ((await flushed()) !== 1000) await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    await outcome;
    await bench.assertOnly(AUDIO);
  });

  it('starts over when the bytes of a resumed file do not have the MD5 that the server names', async () => {
    bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO), bytes: 300_000, then: 'reset' }), resetAtOnce);
    await bench.assertFails('network', bench.download());
    await bench.damage('meeting.mp3.part', 100_000);
    bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO) }));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts().slice(-2), [300_000, 0]);
  });

  it('does not hold a foreign kind of ETag against a resumed file', async () => {
    const headers = { 'x-amz-server-side-encryption': 'aws:kms' };
    const etag = '"0123456789abcdef0123456789abcdef"';
    const cut = serve(AUDIO, { etag, headers, bytes: 300_000, then: 'reset' });
    bench.server.play(cut, serve(AUDIO, { etag, headers }));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.deepEqual(starts(), [0, 300_000]);
  });

  it('notes in the state file what it may trust, and never the address', async () => {
    bench.server.play(serve(AUDIO, { bytes: 300_000, then: 'reset' }), status(503));
    await bench.assertFails('serverError', bench.download());
    const text = await readFile(bench.path('meeting.mp3.part.json'), 'utf8');
    const state = JSON.parse(text) as Record<string, unknown>;
    assert.equal(state.totalBytes, AUDIO.length);
    assert.equal(state.flushedBytes, 300_000);
    assert.equal(state.etag, '"one-two-three"');
    assert.equal(state.released, true);
    assert.doesNotMatch(text, /http|127\.0\.0\.1|Signature/);
  });
});
