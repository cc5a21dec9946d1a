import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { expiryOf, parseMediaUrl } from '../../../src/download/mediaUrl.ts';
import { closed, listen } from '../network/loopbackServer.ts';
import { makeSelfSignedCertificate } from '../network/certificates.ts';
import { failureOf, makeAudio, Workbench } from './workbench.ts';
import {
  type MediaServer,
  type Play,
  resetAtOnce,
  serve,
  startMediaServer,
  status,
  xmlError,
} from './mediaServer.ts';

const AUDIO = makeAudio(200_000, 3);
const WHOLE = serve(AUDIO);
const DAY_MS = 86_400_000;

function redirect(location: string, code = 302): Play {
  return status(code, 'moved', { Location: location });
}

describe('The address of a download', () => {
  let bench: Workbench;
  let other: MediaServer;
  beforeEach(async () => {
    bench = await Workbench.open();
    other = await startMediaServer();
  });
  afterEach(async () => {
    await other.close();
    await bench.close();
  });

  describe('that no longer works', () => {
    it('is replaced after a 403, at once, and the new one serves', async () => {
      bench.server.play(xmlError(403, 'AccessDenied', 'Request has expired'), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.resolved, 2);
      assert.deepEqual(bench.clock.waits, []);
      assert.match(bench.server.requests[1]?.url ?? '', /n=2/);
    });

    it('is replaced in the middle, and the download goes on there', async () => {
      bench.server.play(serve(AUDIO, { bytes: 90_000, then: 'reset' }), status(403), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests.at(-1)?.start, 90_000);
    });

    it('answers 403 for ever: says so after three fresh ones', async () => {
      bench.server.play(status(403));
      const error = await bench.assertFails('urlExpired', bench.download());
      assert.equal(bench.resolved, 4);
      assert.match(error.message, /HTTP 403/);
    });

    it('is replaced after a 401', async () => {
      bench.server.play(status(401), WHOLE);
      await bench.download();
      assert.equal(bench.resolved, 2);
    });

    it('is replaced after a 400 that names an expired token', async () => {
      bench.server.play(xmlError(400, 'ExpiredToken'), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.resolved, 2);
    });

    it('answers 400 ExpiredToken for ever: says so', async () => {
      bench.server.play(xmlError(400, 'ExpiredToken'));
      await bench.assertFails('urlExpired', bench.download());
    });

    it('is replaced after a 404', async () => {
      bench.server.play(xmlError(404, 'NoSuchKey'), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('answers 404 for ever: says that the recording is gone', async () => {
      bench.server.play(xmlError(404, 'NoSuchKey'));
      await bench.assertFails('gone', bench.download());
    });

    it('counts anew after progress: many addresses may expire on the way', async () => {
      const some = serve(AUDIO, { bytes: 20_000, then: 'reset' });
      bench.server.play(...Array.from({ length: 10 }, () => [status(403), some]).flat(), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.ok(bench.resolved > 10);
    });

    it('cannot be replaced: the reason is passed on as it is, and what arrived is kept', async () => {
      bench.server.play(serve(AUDIO, { bytes: 90_000, then: 'reset' }), status(403));
      const gone = new Error('The recording was deleted.');
      let calls = 0;
      const resolveSource = (): Promise<string> => {
        calls += 1;
        return calls === 1 ? Promise.resolve(`${bench.server.origin}/a`) : Promise.reject(gone);
      };
      assert.equal(await failureOf(bench.download({ resolveSource })), gone);
      assert.deepEqual(await bench.files(), ['meeting.mp3.part', 'meeting.mp3.part.json']);
    });

    it('is kept over network trouble, which says nothing against it', async () => {
      bench.server.play(resetAtOnce, resetAtOnce, WHOLE);
      await bench.download();
      assert.equal(bench.resolved, 1);
    });
  });

  describe('that says when it ends', () => {
    it('is replaced before it is used again, when its end is near', async () => {
      const end = Math.round(bench.clock.now() / 1000) + 30;
      bench.query = `AWSAccessKeyId=A&Signature=s&Expires=${end}`;
      bench.server.play(serve(AUDIO, { bytes: 90_000, then: 'reset' }), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.resolved, 2);
    });

    it('is used again when its end is far', async () => {
      const end = Math.round(bench.clock.now() / 1000) + 3000;
      bench.query = `AWSAccessKeyId=A&Signature=s&Expires=${end}`;
      bench.server.play(serve(AUDIO, { bytes: 90_000, then: 'reset' }), WHOLE);
      await bench.download();
      assert.equal(bench.resolved, 1);
    });

    it('is read in both versions of the signature', () => {
      const v2 = 'https://h/a?AWSAccessKeyId=A&Signature=s&Expires=1772442000';
      assert.equal(expiryOf(new URL(v2)), Date.parse('2026-03-02T09:00:00Z'));
      const v4 = 'https://h/a?X-Amz-Date=20260302T080000Z&X-Amz-Expires=3600&X-Amz-Signature=s';
      assert.equal(expiryOf(new URL(v4)), Date.parse('2026-03-02T09:00:00Z'));
      for (const query of ['', 'Expires=soon', 'X-Amz-Date=20260302T080000Z', 'X-Amz-Expires=5']) {
        assert.equal(expiryOf(new URL(`https://h/a?${query}`)), undefined, query);
      }
    });
  });

  describe('that redirects', () => {
    it('is followed to another origin, where no secret goes', async () => {
      bench.server.play(redirect(`${other.origin}/moved`));
      other.play(WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      const [request] = other.requests;
      assert.equal(request?.url, '/moved');
      for (const name of ['authorization', 'cookie', 'referer', 'origin']) {
        assert.ok(!request.headers.has(name), name);
      }
    });

    for (const code of [301, 303, 307, 308]) {
      it(`is followed with ${code}, and a path is taken from where it stands`, async () => {
        bench.server.play(redirect('../b/c?d=e', code), WHOLE);
        await bench.download();
        await bench.assertOnly(AUDIO);
        assert.equal(bench.server.requests[1]?.url, '/b/c?d=e');
      });
    }

    it('carries the range along', async () => {
      bench.server.play(serve(AUDIO, { bytes: 90_000, then: 'reset' }), redirect('/moved'), WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests[2]?.start, 90_000);
    });

    it('runs in a circle: says so', async () => {
      bench.server.play(redirect('/again'));
      await bench.assertFails('tooManyRedirects', bench.download());
      assert.equal(bench.server.requests.length, 6);
    });

    for (const target of ['file:///etc/passwd', 'data:audio/mpeg,ID3', 'ftp://127.0.0.1/a', 'javascript:0']) {
      it(`leads to ${target.split(':')[0] ?? ''}: is not followed`, async () => {
        bench.server.play(redirect(target));
        await bench.assertFails('insecureUrl', bench.download());
      });
    }

    it('leads to http on another machine: is not followed', async () => {
      bench.server.play(redirect('http://media.example/a'));
      await bench.assertFails('insecureUrl', bench.download());
    });

    it('leads nowhere: says so', async () => {
      bench.server.play(status(302));
      await bench.assertFails('refused', bench.download());
    });
  });

  describe('before anything is sent', () => {
    const refused: readonly string[] = [
      'http://media.example/a.mp3?X-Amz-Signature=5ec2e7',
      'http://127.0.0.1.media.example/a.mp3?X-Amz-Signature=5ec2e7',
      'file:///etc/passwd',
      'https://user:5ec2e7@media.example/a.mp3',
      'not an address 5ec2e7',
      '',
    ];
    for (const url of refused) {
      it(`is refused: ${url === '' ? 'nothing' : url}`, async () => {
        const error = await bench.assertFails(
          'insecureUrl',
          bench.download({ resolveSource: () => Promise.resolve(url) }),
        );
        assert.doesNotMatch(`${error.message} ${String(error.cause)} ${bench.logged.join()}`, /5ec2e7/);
      });
    }

    it('may not lead from a machine outside to this one over http', () => {
      assert.throws(() => parseMediaUrl('http://127.0.0.1/a', new URL('https://media.example/b')));
      assert.equal(parseMediaUrl('http://[::1]:1/a').hostname, '[::1]');
      assert.equal(parseMediaUrl('https://media.example/a').protocol, 'https:');
    });
  });

  describe('on a network in trouble', () => {
    /** What Node's fetch throws when something below HTTP fails. */
    const failing = (code: string): TypeError =>
      new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall: 'x' }) });

    it('has a name that is not found at first, then is', async () => {
      let calls = 0;
      const fetch: typeof globalThis.fetch = (...args) => {
        calls += 1;
        return calls <= 2 ? Promise.reject(failing('ENOTFOUND')) : globalThis.fetch(...args);
      };
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fetch }));
      await bench.assertOnly(AUDIO);
    });

    it('has a name that is never found: says so', async () => {
      const error = await bench.assertFails(
        'nameNotFound',
        bench.download({ resolveSource: () => Promise.resolve('https://media.invalid/a?s=5ec2e7') }),
      );
      assert.match(error.message, /media\.invalid/);
      assert.doesNotMatch(error.message, /5ec2e7/);
    });

    it('is on a port where nobody listens: says so', async () => {
      const { port } = other;
      await other.close();
      const url = `http://127.0.0.1:${port}/a`;
      await bench.assertFails('network', bench.download({ resolveSource: () => Promise.resolve(url) }));
      other = await startMediaServer();
    });

    it('has a certificate that nobody vouches for: says so at once', async () => {
      const now = Date.now();
      const pair = makeSelfSignedCertificate('localhost', new Date(now - DAY_MS), new Date(now + DAY_MS));
      const secure = await startMediaServer(pair);
      try {
        const url = `https://localhost:${secure.port}/a?s=5ec2e7`;
        const error = await bench.assertFails(
          'certificate',
          bench.download({ resolveSource: () => Promise.resolve(url) }),
        );
        assert.doesNotMatch(error.message, /5ec2e7/);
        assert.deepEqual(bench.clock.waits, []);
      } finally {
        await secure.close();
      }
    });

    it('speaks no TLS where TLS is expected: says so after its tries', async () => {
      const plain = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.resume().end('this is no TLS');
      });
      const url = `https://127.0.0.1:${await listen(plain)}/a`;
      const limits = { triesWithoutProgress: 1 };
      const outcome = bench.download({ resolveSource: () => Promise.resolve(url) }, bench.engine({ limits }));
      try {
        await bench.assertFails('network', outcome);
      } finally {
        await closed(plain);
      }
    });
  });

  it('never shows its query: not in the log, not in an error, not on disk', async () => {
    bench.server.play(
      serve(AUDIO, { bytes: 90_000, then: 'reset' }),
      redirect(`${other.origin}/x?X-Amz-Signature=5ec2e7`),
    );
    other.play(resetAtOnce, status(500), status(403), xmlError(400, 'ExpiredToken'), status(418));
    const error = await failureOf(bench.download());
    const shown = [String(error), JSON.stringify(bench.reports), ...bench.logged].join('\n');
    assert.ok(bench.logged.some((line) => line.includes(`${other.origin}/x`)));
    assert.doesNotMatch(shown, /5ec2e7|Signature|n=1/);
  });
});
