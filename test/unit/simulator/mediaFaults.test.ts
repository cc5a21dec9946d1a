import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { MediaFault, MediaFaultScope } from '../../simulator/faults.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest, type RawAnswer, type RawRequest } from './rawRequest.ts';
import { simulatorPerTest } from './runningSimulator.ts';

const size = 300_000;

interface Prepared {
  readonly simulator: Simulator;
  readonly artifactId: string;
  readonly bytes: Buffer;
  /** Downloads with this fault in wait. */
  readonly get: (fault: MediaFault & MediaFaultScope, request?: RawRequest) => Promise<RawAnswer>;
  /** Downloads with no new fault. */
  readonly again: (request?: RawRequest) => Promise<RawAnswer>;
}

describe('faults of the simulated media store', () => {
  const running = simulatorPerTest();

  const prepare = async (): Promise<Prepared> => {
    const simulator = await running.start();
    const bot = simulator.addBot({ recordings: [{ audio: [{ sizeBytes: size }] }] });
    const artifactId = bot.recordings[0]?.audio[0] ?? '';
    const again = (request?: RawRequest): Promise<RawAnswer> =>
      rawRequest(simulator.downloadUrl(artifactId), request);
    return {
      simulator,
      artifactId,
      bytes: simulator.mediaBytes(artifactId),
      again,
      get: (fault, request) => {
        simulator.mediaFault(fault);
        return again(request);
      },
    };
  };

  it('cuts the connection after so many bytes, once', async () => {
    const { get, again, bytes } = await prepare();
    for (const afterBytes of [0, 1, 100_000]) {
      const cut = await get({ kind: 'cut', afterBytes });
      assert.equal(cut.status, 200);
      assert.equal(cut.headers['content-length'], String(size));
      assert.equal(cut.complete, false);
      assert.ok(cut.body.equals(bytes.subarray(0, afterBytes)), `${cut.body.length} of ${afterBytes}`);
    }
    const whole = await again();
    assert.ok(whole.complete);
    assert.ok(whole.body.equals(bytes));
  });

  it('cuts a resumed download too, counted from its own start', async () => {
    const { get, bytes } = await prepare();
    const cut = await get({ kind: 'cut', afterBytes: 500 }, { headers: { Range: 'bytes=1000-' } });
    assert.equal(cut.status, 206);
    assert.ok(cut.body.equals(bytes.subarray(1000, 1500)));
  });

  it('stalls with the connection open', async () => {
    const { get, again, bytes } = await prepare();
    const stalled = await get({ kind: 'stall', afterBytes: 5000 }, { hangUpAfterBytes: 5000 });
    assert.equal(stalled.complete, false);
    assert.ok(stalled.body.equals(bytes.subarray(0, 5000)));
    assert.ok((await again()).complete);
  });

  it('stalls before the headers until the simulator closes', async () => {
    const { get, simulator } = await prepare();
    const hanging = get({ kind: 'stallBeforeHeaders' }).catch((error: unknown) => error);
    await simulator.waitForRequest(({ origin }) => origin === 'media');
    await simulator.close();
    assert.ok((await hanging) instanceof Error);
  });

  it('resets before the headers', async () => {
    const { get } = await prepare();
    await assert.rejects(get({ kind: 'resetBeforeHeaders' }), { code: 'ECONNRESET' });
  });

  it('sends at the pace told', async () => {
    const { get, bytes } = await prepare();
    const before = performance.now();
    const slow = await get({ kind: 'throttle', bytesPerSecond: 1_500_000 });
    assert.ok(performance.now() - before >= 150);
    assert.ok(slow.body.equals(bytes));
  });

  it('ends cleanly too early or too late', async () => {
    const { get, bytes } = await prepare();
    const short = await get({ kind: 'shortBody', bytes: 1000 });
    assert.ok(short.complete);
    assert.equal(short.headers['content-length'], '1000');
    assert.ok(short.body.equals(bytes.subarray(0, 1000)));
    const shortChunks = await get({ kind: 'shortBody', bytes: 1000, framing: 'chunked' });
    assert.ok(shortChunks.complete);
    assert.equal(shortChunks.headers['content-length'], undefined);
    assert.equal(shortChunks.body.length, 1000);
    const longer = await get({ kind: 'longerBody', extraBytes: 7 });
    assert.ok(longer.complete);
    assert.equal(longer.body.length, size + 7);
    assert.ok(longer.body.subarray(0, size).equals(bytes));
    const range = { headers: { Range: 'bytes=299000-' } };
    const longerRange = await get({ kind: 'longerBody', extraBytes: 7 }, range);
    assert.equal(longerRange.headers['content-range'], `bytes 299000-299999/${size}`);
    assert.equal(longerRange.body.length, 1007);
  });

  it('refuses like an S3 store', async () => {
    const { get } = await prepare();
    const expired = await get({ kind: 'expired' });
    assert.equal(expired.status, 403);
    assert.match(expired.body.toString(), /<Message>Request has expired<\/Message>/);
    const token = await get({ kind: 'expiredToken' });
    assert.equal(token.status, 400);
    assert.match(token.body.toString(), /<Code>ExpiredToken<\/Code>/);
    assert.equal((await get({ kind: 'noSuchKey' })).status, 404);
    const slowDown = await get({ kind: 'status', status: 503, retryAfter: 3 });
    assert.equal(slowDown.status, 503);
    assert.equal(slowDown.headers['retry-after'], '3');
    assert.match(slowDown.body.toString(), /<Code>SlowDown<\/Code>/);
    const date = 'Mon, 02 Mar 2026 09:00:00 GMT';
    const later = await get({ kind: 'status', status: 500, retryAfter: date });
    assert.equal(later.headers['retry-after'], date);
  });

  it('answers 200 with something else, or leads elsewhere', async () => {
    const { get } = await prepare();
    const page = await get({ kind: 'instead', contentType: 'text/html', body: '<html>Log in</html>' });
    assert.equal(page.status, 200);
    assert.equal(page.headers['content-type'], 'text/html');
    assert.equal(page.body.toString(), '<html>Log in</html>');
    const redirect = await get({ kind: 'redirect', url: 'http://127.0.0.1:9/elsewhere' });
    assert.equal(redirect.status, 302);
    assert.equal(redirect.headers.location, 'http://127.0.0.1:9/elsewhere');
  });

  it('mistakes ranges', async () => {
    const { get, bytes } = await prepare();
    const range = { headers: { Range: 'bytes=1000-' } };
    const ignored = await get({ kind: 'ignoreRange' }, range);
    assert.equal(ignored.status, 200);
    assert.ok(ignored.body.equals(bytes));
    const shifted = await get({ kind: 'wrongContentRange', shiftBytes: -10 }, range);
    assert.equal(shifted.status, 206);
    assert.equal(shifted.headers['content-range'], `bytes 990-299999/${size}`);
    assert.ok(shifted.body.equals(bytes.subarray(990)));
    const odd = await get({ kind: 'wrongContentRange', contentRange: 'bytes ?' }, range);
    assert.equal(odd.headers['content-range'], 'bytes ?');
    assert.ok(odd.body.equals(bytes.subarray(1000)));
  });

  it('changes the ETag for one answer, so that If-Range no longer holds', async () => {
    const { get, again } = await prepare();
    const { etag = '' } = (await again()).headers;
    const range = { Range: 'bytes=1000-' };
    const changed = await get({ kind: 'changedEtag' }, { headers: range });
    assert.equal(changed.status, 206);
    assert.notEqual(changed.headers.etag, etag);
    const restarted = await get({ kind: 'changedEtag' }, { headers: { ...range, 'If-Range': etag } });
    assert.equal(restarted.status, 200);
    const none = await get({ kind: 'etag', style: 'none' });
    assert.equal(none.headers.etag, undefined);
    assert.equal((await again({ headers: { ...range, 'If-Range': etag } })).status, 206);
  });

  it('sends without a length, packed, or with a wrong byte', async () => {
    const { get, bytes } = await prepare();
    const chunked = await get({ kind: 'noContentLength' });
    assert.equal(chunked.headers['content-length'], undefined);
    assert.equal(chunked.headers['transfer-encoding'], 'chunked');
    assert.ok(chunked.body.equals(bytes));
    const packed = await get({ kind: 'gzip' });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.ok(gunzipSync(packed.body).equals(bytes));
    const range = { headers: { Range: 'bytes=200000-' } };
    const corrupt = await get({ kind: 'corrupt', atByte: 200_100 }, range);
    const wrong = [...corrupt.body.keys()].filter((at) => corrupt.body[at] !== bytes[200_000 + at]);
    assert.deepEqual(wrong, [100]);
  });

  it('strikes only the artifact meant, together with faults of other kinds', async () => {
    const { simulator, artifactId, again } = await prepare();
    const other = simulator.addBot().recordings[0]?.audio[0] ?? '';
    simulator.mediaFault({ kind: 'noContentLength', artifactId, times: 'always' });
    simulator.mediaFault({ kind: 'cut', afterBytes: 10, artifactId });
    simulator.mediaFault({ kind: 'status', status: 500, artifactId });
    assert.ok((await rawRequest(simulator.downloadUrl(other))).complete);
    const first = await again();
    assert.equal(first.headers['transfer-encoding'], 'chunked');
    assert.equal(first.body.length, 10);
    assert.equal(first.complete, false);
    assert.equal((await again()).status, 500);
    const third = await again();
    assert.equal(third.headers['transfer-encoding'], 'chunked');
    assert.ok(third.complete);
  });
});
