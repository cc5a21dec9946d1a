import assert from 'node:assert/strict';
import { DownloadError } from '../../../src/download/errors.ts';
import { readMediaText } from '../../../src/download/mediaText.ts';
import { BodyTooLargeError } from '../../../src/network/body.ts';
import { reset, stalledBody, startLoopbackServer, text } from '../network/loopbackServer.ts';
import type { LoopbackServer } from '../network/loopbackServer.ts';
import type { Clock } from '../../../src/network/clock.ts';
import { VirtualClock } from '../bots/virtualClock.ts';
import { createTestClock } from '../network/testClock.ts';
import { recordingLog } from '../recall/apiSetup.ts';

describe('readMediaText', () => {
  let server: LoopbackServer;
  const logLines: string[] = [];

  beforeEach(async () => {
    server = await startLoopbackServer();
    logLines.length = 0;
  });

  afterEach(() => server.close());

  function read(
    url = `${server.origin}/people?token=hush`,
    { maxBytes = 100, signal = new AbortController().signal } = {},
    clock: Clock = createTestClock(),
  ): Promise<string> {
    const fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);
    return readMediaText({ fetch, clock, log: recordingLog(logLines) }, { url, maxBytes, signal });
  }

  it('reads the text, without any credentials, and logs no token', async () => {
    server.answerWith(text(200, '["Zoë"]'));
    assert.equal(await read(), '["Zoë"]');
    const [request, ...more] = server.requests;
    assert.deepEqual(more, []);
    assert.equal(request?.headers.authorization, undefined);
    assert.match(logLines.join('\n'), /\/people -> 200/);
    assert.ok(!logLines.join('\n').includes('hush'));
  });

  it('follows where it is sent, within bounds', async () => {
    server.answerWith(text(302, '', { Location: '/there' }), text(200, 'here'));
    assert.equal(await read(), 'here');
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ['/people?token=hush', '/there'],
    );
    server.answerWith(text(302, '', { Location: 'http://evil.example/people' }));
    await assert.rejects(read(), hasCode('insecureUrl'));
  });

  for (const [status, code] of [
    [404, 'gone'],
    [410, 'gone'],
    [401, 'urlExpired'],
    [403, 'urlExpired'],
    [400, 'refused'],
    [429, 'rateLimited'],
    [503, 'serverError'],
  ] as const) {
    it(`takes ${status} for ${code}`, async () => {
      server.answerWith(text(status, ''));
      await assert.rejects(read(), hasCode(code));
    });
  }

  it('throws when it is cut off or too long', async () => {
    server.answerWith(reset);
    await assert.rejects(read(), hasCode('network'));
    server.answerWith((response) => {
      response.writeHead(200, { 'Content-Length': '50' });
      response.write('["An');
      setImmediate(() => response.destroy());
    });
    await assert.rejects(read(), hasCode('network'));
    server.answerWith(text(200, 'x'.repeat(101)));
    await assert.rejects(read(), BodyTooLargeError);
  });

  it('gives up a body that does not go on', async () => {
    server.answerWith(stalledBody);
    const clock = new VirtualClock(0);
    const reading = assert.rejects(read(undefined, undefined, clock), hasCode('stalled'));
    while (logLines.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(31_000);
    await reading;
    assert.equal(clock.timerCount, 0);
  });

  it('ends with the reason when it is cancelled', async () => {
    server.answerWith(stalledBody);
    const cancelling = new AbortController();
    const reading = read(undefined, { signal: cancelling.signal });
    while (logLines.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const reason = new Error('enough');
    cancelling.abort(reason);
    await assert.rejects(reading, reason);
  });
});

function hasCode(code: DownloadError['code']): (error: unknown) => boolean {
  return (error) => error instanceof DownloadError && error.code === code;
}
