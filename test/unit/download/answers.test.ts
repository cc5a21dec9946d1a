import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { encodeToneFrames } from '../../simulator/mp3.ts';
import { makeAudio, md5Etag, withHandles, Workbench } from './workbench.ts';
import { type Play, resetAtOnce, serve, type ServeOptions, status, write, xmlError } from './mediaServer.ts';
import { MP4_FILE } from '../../../src/download/fileFormats.ts';

const AUDIO = makeAudio(500_000, 7);
const OTHER = makeAudio(500_000, 8);
const WHOLE = serve(AUDIO);
const CUT_AT = 200_000;

describe('A server that answers in its own way', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  const starts = (): number[] => bench.server.requests.map((request) => request.start);

  /** The first answer is cut off, so that the next request is one for the rest. */
  const cut = (options: ServeOptions = {}): Play =>
    serve(AUDIO, { bytes: CUT_AT, then: 'reset', ...options });

  describe('asked for the rest', () => {
    it('sends the whole instead: it is taken from the start', async () => {
      bench.server.play(cut(), serve(AUDIO, { ranges: false }));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT]);
    });

    it('sends the whole of something shorter instead', async () => {
      const short = OTHER.subarray(0, 150_000);
      bench.server.play(cut(), serve(short, { ranges: false, etag: '"new"' }));
      await bench.download();
      await bench.assertOnly(short);
    });

    const lies: readonly [string, ServeOptions][] = [
      ['no Content-Range', { headers: { 'Content-Range': null } }],
      [
        'a Content-Range that starts too early',
        { headers: { 'Content-Range': 'bytes 199999-499999/500000' } },
      ],
      [
        'a Content-Range that starts too late',
        { headers: { 'Content-Range': 'bytes 200001-499999/500000' } },
      ],
      ['a Content-Range with another total', { headers: { 'Content-Range': 'bytes 200000-499999/500001' } }],
      ['a Content-Range beyond its total', { headers: { 'Content-Range': 'bytes 200000-500000/500000' } }],
      [
        'a Content-Range that ends before it starts',
        { headers: { 'Content-Range': 'bytes 200000-199999/500000' } },
      ],
      ['a Content-Range in another unit', { headers: { 'Content-Range': 'seconds 200000-499999/500000' } }],
      ['a Content-Range that is no range', { headers: { 'Content-Range': 'bytes lots' } }],
      [
        'several ranges',
        { headers: { 'Content-Range': null }, contentType: 'multipart/byteranges; boundary=x' },
      ],
      ['an encoded range', { headers: { 'Content-Encoding': 'gzip' } }],
      ['a range of a web page', { contentType: 'text/html' }],
      ['another strong ETag', { etag: '"other"', validates: false }],
      ['a weak ETag where there was a strong one', { etag: 'W/"one-two-three"', validates: false }],
      ['no ETag where there was a strong one', { etag: null, validates: false }],
    ];
    for (const [lie, options] of lies) {
      it(`sends ${lie}: everything is fetched anew, nothing is joined`, async () => {
        bench.server.play(cut(), serve(OTHER, options), serve(OTHER));
        await bench.download();
        await bench.assertOnly(OTHER);
        assert.deepEqual(starts(), [0, CUT_AT, 0]);
      });
    }

    it('joins with a weak ETag when date and total are the same', async () => {
      const weak = { etag: 'W/"w"' };
      bench.server.play(cut(weak), serve(AUDIO, weak));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT]);
      assert.equal(bench.server.requests[1]?.headers.get('if-range'), 'Mon, 02 Mar 2026 09:00:00 GMT');
    });

    it('does not join when the weak ETag changed', async () => {
      bench.server.play(cut({ etag: 'W/"w"' }), serve(OTHER, { etag: 'W/"v"' }));
      await bench.download();
      await bench.assertOnly(OTHER);
      assert.deepEqual(starts(), [0, CUT_AT, 0]);
    });

    it('does not join when the date changed and there is no ETag', async () => {
      const lastModified = 'Tue, 03 Mar 2026 09:00:00 GMT';
      bench.server.play(cut({ etag: null }), serve(OTHER, { etag: null, lastModified, validates: false }));
      await bench.download();
      await bench.assertOnly(OTHER);
      assert.deepEqual(starts(), [0, CUT_AT, 0]);
    });

    it('joins without an ETag when date and total are the same', async () => {
      bench.server.play(cut({ etag: null }), serve(AUDIO, { etag: null }));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT]);
    });

    it('is not asked for the rest when there is nothing to check it with', async () => {
      const bare = { etag: null, lastModified: null };
      bench.server.play(cut(bare), serve(AUDIO, bare));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, 0]);
    });

    it('says 412: everything is fetched anew', async () => {
      bench.server.play(cut(), status(412), serve(OTHER));
      await bench.download();
      await bench.assertOnly(OTHER);
      assert.deepEqual(starts(), [0, CUT_AT, 0]);
    });

    it('says 416 with a shorter total: everything is fetched anew', async () => {
      const short = OTHER.subarray(0, 100_000);
      const tooShort = status(416, '', { 'Content-Range': 'bytes */100000' });
      bench.server.play(cut(), tooShort, serve(short));
      await bench.download();
      await bench.assertOnly(short);
    });

    it('says 416 without a total: everything is fetched anew', async () => {
      bench.server.play(cut(), status(416), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT, 0]);
    });

    it('says 416 with a total that fits what we have but not what it said before: fetched anew', async () => {
      bench.server.play(cut(), status(416, '', { 'Content-Range': `bytes */${CUT_AT}` }), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('sends less of the rest than asked for: the rest of the rest is asked for', async () => {
      const some: Play = async (socket) => {
        await write(
          socket,
          'HTTP/1.1 206 Partial\r\nETag: "one-two-three"\r\nContent-Length: 1000\r\n' +
            'Content-Range: bytes 200000-200999/500000\r\n\r\n',
        );
        await write(socket, AUDIO.subarray(200_000, 201_000));
      };
      bench.server.play(cut(), some, WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT, 201_000]);
    });

    it('never gets the rest right: gives up instead of loading for ever', async () => {
      const wrong = serve(OTHER, { headers: { 'Content-Range': 'bytes 0-1/2' } });
      const plays = Array.from({ length: 20 }, () => [cut(), wrong]).flat();
      bench.server.play(...plays);
      await bench.assertFails('network', bench.download());
      assert.ok(bench.server.requests.length < 20, String(bench.server.requests.length));
    });
  });

  describe('that is not available', () => {
    for (const code of [408, 425, 500, 502, 503, 504]) {
      it(`answers ${code} three times: the fourth try brings the file`, async () => {
        bench.server.play(status(code, '<html>'), status(code), status(code), WHOLE);
        await bench.download();
        await bench.assertOnly(AUDIO);
        assert.equal(bench.clock.waits.length, 3);
        assert.equal(bench.resolved, 1);
      });
    }

    it('answers 500 for ever: says so', async () => {
      bench.server.play(status(500));
      const error = await bench.assertFails('serverError', bench.download());
      assert.match(error.message, /HTTP 500/);
      assert.equal(bench.server.requests.length, 9);
    });

    it('answers 500 in the middle: goes on there afterwards', async () => {
      bench.server.play(cut(), status(500), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT, CUT_AT]);
    });

    const waits: readonly [string, Readonly<Record<string, string>>, (waitedMs: number) => boolean][] = [
      ['in seconds', { 'Retry-After': '7' }, (ms) => ms === 7000],
      ['that is absurd: five minutes at most', { 'Retry-After': '86400000' }, (ms) => ms === 300_000],
      ['that is negative: the usual wait', { 'Retry-After': '-5' }, (ms) => ms === 500],
      ['that is no time: the usual wait', { 'Retry-After': 'soon' }, (ms) => ms === 500],
      ['that is zero: the usual wait', { 'Retry-After': '0' }, (ms) => ms === 500],
      ['in the past: the usual wait', { 'Retry-After': 'Mon, 02 Mar 2020 09:00:00 GMT' }, (ms) => ms === 500],
      ['that is missing: the usual wait', {}, (ms) => ms === 500],
    ];
    for (const [what, headers, fits] of waits) {
      it(`answers 429 with a Retry-After ${what}`, async () => {
        bench.server.play(status(429, '', headers), WHOLE);
        await bench.download();
        await bench.assertOnly(AUDIO);
        assert.ok(fits(bench.clock.waits[0] ?? -1), String(bench.clock.waits));
      });
    }

    it('answers 429 with a Retry-After as a date', async () => {
      const date = new Date(bench.clock.now() + 20_000).toUTCString();
      bench.server.play(status(429, '', { 'Retry-After': date }), WHOLE);
      await bench.download();
      const [waited = 0] = bench.clock.waits;
      assert.ok(waited > 15_000 && waited <= 20_000, String(waited));
    });

    it('shows how long the wait is, and why', async () => {
      bench.server.play(status(429, '', { 'Retry-After': '7' }), WHOLE);
      const before = bench.clock.now();
      await bench.download();
      const waiting = bench.reports.find((report) => report.kind === 'waiting');
      assert.equal(waiting?.reason, 'rateLimited');
      assert.ok(waiting.untilMs >= before + 7000);
    });

    it('answers 429 for ever: says so', async () => {
      bench.server.play(status(429, '', { 'Retry-After': '1' }));
      await bench.assertFails('rateLimited', bench.download());
    });

    for (const code of [402, 405, 409, 418]) {
      it(`answers ${code}: says so at once`, async () => {
        bench.server.play(status(code));
        await bench.assertFails('refused', bench.download());
        assert.equal(bench.server.requests.length, 1);
      });
    }

    it('answers 400 that is not about the token: says so at once', async () => {
      bench.server.play(xmlError(400, 'InvalidArgument'));
      await bench.assertFails('refused', bench.download());
      assert.equal(bench.server.requests.length, 1);
    });
  });

  describe('that sends something else than audio', () => {
    const page = '<!DOCTYPE html><html><body>Please log in</body></html>';

    it('sends a web page with 200 once: asks again with a fresh address', async () => {
      bench.server.play(status(200, page, { 'Content-Type': 'text/html' }), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.resolved, 2);
    });

    it('sends a web page with 200 for ever: no file', async () => {
      bench.server.play(status(200, page, { 'Content-Type': 'text/html; charset=utf-8' }));
      await bench.assertFails('notAudio', bench.download());
      assert.deepEqual(await bench.files(), []);
    });

    it('sends a web page that it calls audio: no file', async () => {
      bench.server.play(status(200, page, { 'Content-Type': 'audio/mpeg' }));
      await bench.assertFails('notAudio', bench.download());
      assert.deepEqual(await bench.files(), []);
    });

    it('sends a web page that it calls audio: not a byte of it reaches the disk', async () => {
      let writes = 0;
      const fs = withHandles((handle) => ({
        ...handle,
        writev: (buffers, position) => {
          writes += 1;
          return handle.writev(buffers, position);
        },
      }));
      bench.server.play(status(200, page, { 'Content-Type': 'audio/mpeg' }));
      await bench.assertFails('notAudio', bench.download({}, bench.engine({ fs })));
      assert.equal(writes, 0);
    });

    it('sends a web page in the place of a video: the sentence is about a video', async () => {
      bench.server.play(status(200, page, { 'Content-Type': 'text/html' }));
      await assert.rejects(bench.download({ file: MP4_FILE }), { message: /not an? mp4 file/i });
    });

    it('sends an XML error with 200: no file', async () => {
      const xml = '<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>';
      bench.server.play(status(200, xml, { 'Content-Type': 'application/xml' }));
      await bench.assertFails('notAudio', bench.download());
    });

    it('sends an XML error that it calls a stream of bytes: no file', async () => {
      const xml = '\ufeff\n<?xml version="1.0"?><Error/>';
      bench.server.play(status(200, xml, { 'Content-Type': 'binary/octet-stream' }));
      await bench.assertFails('notAudio', bench.download());
    });

    it('sends zeros, or a few bytes: no file', async () => {
      bench.server.play(serve(Buffer.alloc(300_000)));
      await bench.assertFails('notAudio', bench.download());
      bench.server.play(serve(Buffer.from('ID')));
      await bench.assertFails('notAudio', bench.download());
    });

    it('takes MPEG frames without a tag', async () => {
      const frames = encodeToneFrames(440);
      bench.server.play(serve(frames));
      await bench.download();
      await bench.assertOnly(frames);
    });

    it('takes an MP4 when asked for one, and no MP3 for it', async () => {
      const video = makeAudio(100_000);
      video.write('ftypisom', 4, 'latin1');
      bench.server.play(serve(video, { contentType: 'video/mp4' }));
      await bench.download({ file: MP4_FILE });
      await bench.assertOnly(video, 'meeting.mp4');
      bench.server.play(WHOLE);
      await bench.assertFails('notAudio', bench.download({ file: MP4_FILE, name: 'other' }));
    });

    it('sends an empty body: no file', async () => {
      bench.server.play(serve(Buffer.alloc(0)));
      await bench.assertFails('empty', bench.download());
      assert.deepEqual(await bench.files(), []);
    });

    it('sends an empty body in chunks: no file', async () => {
      bench.server.play(serve(Buffer.alloc(0), { chunked: true }));
      await bench.assertFails('empty', bench.download());
    });

    it('answers 204: no file', async () => {
      bench.server.play(status(204));
      await bench.assertFails('empty', bench.download());
    });

    it('sends an empty body once: the next one counts', async () => {
      bench.server.play(serve(Buffer.alloc(0)), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });
  });

  describe('whose lengths do not fit', () => {
    it('sends more than announced: only what was announced is taken', async () => {
      const tooMuch: Play = async (socket) => {
        await write(socket, `HTTP/1.1 200 OK\r\nETag: "e"\r\nContent-Length: ${AUDIO.length}\r\n\r\n`);
        await write(socket, Buffer.concat([AUDIO, Buffer.alloc(70_000, 'x')]));
      };
      bench.server.play(tooMuch);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('sends more of the rest than its range says: fetched anew', async () => {
      const tooMuch: Play = async (socket) => {
        await write(
          socket,
          'HTTP/1.1 206 Partial\r\nETag: "one-two-three"\r\nTransfer-Encoding: chunked\r\n' +
            'Content-Range: bytes 200000-499999/500000\r\n\r\n',
        );
        const rest = Buffer.concat([AUDIO.subarray(CUT_AT), Buffer.alloc(9, 'x')]);
        await write(socket, `${rest.length.toString(16)}\r\n`);
        await write(socket, rest);
        await write(socket, '\r\n0\r\n\r\n');
      };
      bench.server.play(cut(), tooMuch, WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT, 0]);
    });

    it('sends less of the rest than its range says, with a clean end: goes on', async () => {
      const tooLittle = serve(AUDIO, {
        chunked: true,
        bytes: 100_000,
        headers: { 'Content-Range': 'bytes 200000-499999/500000' },
      });
      bench.server.play(cut(), tooLittle, WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, CUT_AT, CUT_AT + 100_000]);
    });

    it('ends cleanly too early for ever: says so', async () => {
      const nothing = serve(AUDIO, {
        chunked: true,
        bytes: 0,
        headers: { 'Content-Range': 'bytes 200000-499999/500000' },
      });
      bench.server.play(cut(), nothing);
      const error = await bench.assertFails('lengthMismatch', bench.download());
      assert.equal(error.keptBytes, CUT_AT);
    });

    it('sends chunks without a length: the end is asked about', async () => {
      bench.server.play(serve(AUDIO, { chunked: true }));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, AUDIO.length]);
    });

    it('sends chunks without a length that end too early: the rest is fetched', async () => {
      bench.server.play(serve(AUDIO, { chunked: true, bytes: 300_000 }), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, 300_000]);
    });

    it('breaks off chunks without a length: the rest is fetched', async () => {
      bench.server.play(serve(AUDIO, { chunked: 'cut', bytes: 300_000, then: 'end' }), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('sends chunks without a length and does not do ranges: taken as it is', async () => {
      bench.server.play(serve(AUDIO, { chunked: true, ranges: false }));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests.length, 2);
    });

    it('sends chunks without a length or anything to check with: taken as it is, and logged', async () => {
      bench.server.play(serve(AUDIO, { chunked: true, etag: null, lastModified: null }));
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests.length, 1);
      assert.ok(bench.logged.some((line) => line.includes('never said how long')));
    });

    it('sends a body that ends with the connection: the end is asked about', async () => {
      const open: Play = async (socket) => {
        await write(socket, 'HTTP/1.1 200 OK\r\nETag: "one-two-three"\r\nConnection: close\r\n\r\n');
        await write(socket, AUDIO.subarray(0, 250_000));
        socket.end();
      };
      bench.server.play(open, WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, 250_000]);
    });

    it('shows no percentage and no time left as long as there is no length', async () => {
      bench.server.play(serve(AUDIO, { chunked: true }));
      await bench.download();
      const [first] = bench.reports;
      assert.equal(first?.totalBytes, undefined);
    });

    it('sends gzip although it was asked not to: the decoded bytes are taken', async () => {
      const packed = gzipSync(AUDIO);
      bench.server.play(serve(packed, { headers: { 'Content-Encoding': 'gzip' } }));
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('breaks off a gzip: begins anew, because decoded bytes have no place in the original', async () => {
      const packed = gzipSync(AUDIO);
      const headers = { 'Content-Encoding': 'gzip' };
      bench.server.play(
        serve(packed, { headers, bytes: 200_000, then: 'reset' }),
        serve(packed, { headers }),
      );
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, 0]);
    });

    it('changes the content between two tries, from the start', async () => {
      bench.server.play(resetAtOnce, cut({ etag: md5Etag(AUDIO) }), serve(OTHER, { etag: md5Etag(OTHER) }));
      await bench.download();
      await bench.assertOnly(OTHER);
    });
  });
});
