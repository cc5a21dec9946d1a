import assert from 'node:assert/strict';
import { DownloadError } from '../../../src/download/errors.ts';
import { probeMedia } from '../../../src/download/mediaProbe.ts';
import { closed, listen, reset, silence, startLoopbackServer, text } from '../network/loopbackServer.ts';
import type { LoopbackServer } from '../network/loopbackServer.ts';
import { createTestClock } from '../network/testClock.ts';
import { recordingLog } from '../recall/apiSetup.ts';
import { createServer } from 'node:net';

describe('probeMedia', () => {
  let server: LoopbackServer;
  const logLines: string[] = [];

  beforeEach(async () => {
    server = await startLoopbackServer();
    logLines.length = 0;
  });

  afterEach(() => server.close());

  function probe(url: string, signal = new AbortController().signal): Promise<void> {
    const fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);
    return probeMedia({ fetch, clock: createTestClock(), log: recordingLog(logLines) }, url, signal);
  }

  async function refusal(url: string): Promise<DownloadError> {
    const error: unknown = await probe(url).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof DownloadError, String(error));
    return error;
  }

  it('asks for one byte, without any credentials, and logs no signature', async () => {
    server.answerWith(text(206, 'I', { 'Content-Range': 'bytes 0-0/9' }));
    await probe(`${server.origin}/a.mp3?Signature=hush`);
    const [request, ...more] = server.requests;
    assert.deepEqual(more, []);
    assert.equal(request?.headers.range, 'bytes=0-0');
    assert.equal(request.headers.authorization, undefined);
    assert.match(logLines.join('\n'), /\/a\.mp3 bytes=0-0 -> 206/);
    assert.ok(!logLines.join('\n').includes('hush'));
  });

  it('does not read on when the store sends the whole file', async () => {
    server.answerWith((response) => {
      response.writeHead(200);
      response.write('ID3');
    });
    await probe(`${server.origin}/a.mp3`);
  });

  it('counts a store that has nothing there as reached', async () => {
    for (const status of [404, 410, 416]) {
      server.answerWith(text(status, ''));
      await probe(`${server.origin}/a.mp3`);
    }
  });

  it('says that a store refuses, and what may be in the way', async () => {
    for (const status of [403, 503]) {
      server.answerWith(text(status, ''));
      const { code, message } = await refusal(`${server.origin}/a.mp3?Signature=hush`);
      assert.equal(code, 'refused');
      assert.match(
        message,
        new RegExp(`^The media store 127\\.0\\.0\\.1:\\d+ answered with status ${status}\\.`),
      );
      assert.match(message, /http\.proxy/);
      assert.ok(!message.includes('hush'));
    }
  });

  it('says at once that a store cannot be reached', async () => {
    server.answerWith(reset);
    assert.equal((await refusal(`${server.origin}/a.mp3`)).code, 'network');
    assert.equal(server.requests.length, 1);
    const gone = createServer();
    const port = await listen(gone);
    await closed(gone);
    assert.match((await refusal(`http://127.0.0.1:${port}/`)).message, /was refused.*http\.proxy/);
  });

  it('goes nowhere over http, not even by a redirect', async () => {
    server.answerWith(text(302, '', { Location: 'http://media.example/a.mp3' }));
    assert.equal((await refusal(`${server.origin}/a.mp3`)).code, 'insecureUrl');
    assert.equal((await refusal('http://media.example/a.mp3')).code, 'insecureUrl');
    assert.equal((await refusal('no address')).code, 'insecureUrl');
  });

  it('ends with the reason when it is cancelled', async () => {
    server.answerWith(silence);
    const cancelling = new AbortController();
    const probing = probe(`${server.origin}/a.mp3`, cancelling.signal);
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const reason = new Error('enough');
    cancelling.abort(reason);
    await assert.rejects(probing, reason);
  });
});
