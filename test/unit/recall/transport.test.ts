import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { Socket } from 'node:net';
import { systemClock } from '../../../src/network/clock.ts';
import type { ApiRequest } from '../../../src/recall/transport.ts';
import { isSendableKey } from '../../../src/recall/transport.ts';
import {
  closed,
  json,
  listen,
  reset,
  silence,
  stalledBody,
  startLoopbackServer,
  text,
} from '../network/loopbackServer.ts';
import type { Answer, LoopbackServer } from '../network/loopbackServer.ts';
import { makeSelfSignedCertificate } from '../network/certificates.ts';
import { KEY, failureOf, recallFailureOf, setUpApi } from './apiSetup.ts';

const GET_BOT: ApiRequest = { method: 'GET', path: '/bot/b1/' };
const POST_BOT: ApiRequest = {
  method: 'POST',
  path: '/bot/',
  body: { bot_name: 'Grüße' },
  idempotencyKey: 'act-1',
};

describe('ApiTransport', () => {
  let server: LoopbackServer;

  beforeEach(async () => {
    server = await startLoopbackServer();
  });

  afterEach(async () => {
    await server.close();
  });

  describe('the form of requests', () => {
    it('sends the key as a token, to the path with its slash, and no body with a GET', async () => {
      const { transport, access } = setUpApi(server.origin);
      const query = new URLSearchParams({ recording_id: 'a b' });
      assert.deepEqual(await transport.send(access, { ...GET_BOT, query, body: { ignored: true } }), {});
      const [request] = server.requests;
      assert.equal(request?.method, 'GET');
      assert.equal(request.url, '/api/v1/bot/b1/?recording_id=a+b');
      assert.equal(request.headers.authorization, `Token ${KEY}`);
      assert.equal(request.headers['user-agent'], 'recall-meeting-audio/test');
      assert.equal(request.headers.accept, 'application/json');
      assert.equal(request.body, '');
      for (const header of ['content-type', 'content-length', 'transfer-encoding', 'idempotency-key'])
        assert.equal(request.headers[header], undefined, header);
    });

    it('sends a POST as JSON with its idempotency key', async () => {
      const { transport, access } = setUpApi(server.origin);
      await transport.send(access, POST_BOT);
      const [request] = server.requests;
      assert.equal(request?.method, 'POST');
      assert.equal(request.url, '/api/v1/bot/');
      assert.equal(request.headers['content-type'], 'application/json');
      assert.equal(request.headers['idempotency-key'], 'act-1');
      assert.deepEqual(JSON.parse(request.body), { bot_name: 'Grüße' });
    });

    it('sends a POST or DELETE without a body without a content type', async () => {
      const { transport, access } = setUpApi(server.origin);
      await transport.send(access, { method: 'POST', path: '/bot/b1/leave_call/', idempotencyKey: 'k' });
      await transport.send(access, { method: 'DELETE', path: '/bot/b1/' });
      for (const request of server.requests) {
        assert.equal(request.body, '');
        assert.equal(request.headers['content-type'], undefined);
      }
    });

    it('refuses a key that no header can carry, without sending or repeating it', async () => {
      for (const key of ['', 'kéy', 'two words', 'line\nend', 'x\u2028y']) {
        const { transport, access, logLines } = setUpApi(server.origin, { key });
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, 'keyRefused');
        if (key !== '')
          assert.ok(!`${error.message}${String(error.cause)}${logLines.join('')}`.includes(key));
        assert.equal(isSendableKey(key), false);
      }
      assert.equal(server.requests.length, 0);
    });
  });

  describe('answers', () => {
    it('are undefined when there is no body', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(text(204, ''), text(200, ' \n'));
      assert.equal(await transport.send(access, GET_BOT), undefined);
      assert.equal(await transport.send(access, GET_BOT), undefined);
    });

    it('are read as UTF-8 whatever charset the header names', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(
        text(200, '{"bot_name":"Grüße"}', { 'Content-Type': 'application/json; charset=latin1' }),
      );
      assert.deepEqual(await transport.send(access, GET_BOT), { bot_name: 'Grüße' });
    });

    it('that are in another encoding are damaged or refused, but do no harm', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(
        text(200, Buffer.from('{"bot_name":"Grüße"}', 'latin1')),
        text(200, Buffer.from('\uFEFF{"bot_name":"x"}', 'utf16le')),
      );
      assert.deepEqual(await transport.send(access, GET_BOT), { bot_name: 'Gr\uFFFD\uFFFDe' });
      assert.equal((await recallFailureOf(transport.send(access, GET_BOT))).code, 'unexpectedAnswer');
    });

    it('that are not JSON send people to the base URL and the network', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(text(200, '<html><h1>Sign in to the hotel Wi-Fi</h1></html>'));
      const error = await recallFailureOf(transport.send(access, GET_BOT));
      assert.equal(error.code, 'unexpectedAnswer');
      assert.match(error.message, /did not answer with JSON.*recall\.apiBaseUrl/);
      assert.doesNotMatch(error.message, /hotel|</);
    });

    it('with a hundred thousand brackets are an answer or an error, and no crash', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(
        text(200, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
        text(200, '['.repeat(100_000)),
      );
      assert.ok(Array.isArray(await transport.send(access, GET_BOT)));
      assert.equal((await recallFailureOf(transport.send(access, GET_BOT))).code, 'unexpectedAnswer');
    });

    it('over the limit are refused, and their connection ended', async () => {
      const { transport, access } = setUpApi(server.origin, { limits: { maxBodyBytes: 100_000 } });
      const ended = Promise.withResolvers<boolean>();
      server.answerWith((response) => {
        response.on('close', () => {
          ended.resolve(response.writableFinished);
        });
        const chunk = Buffer.alloc(65_536, 0x20);
        const pour = (): void => {
          while (response.write(chunk));
        };
        response.writeHead(200).on('drain', pour);
        pour();
      });
      const error = await recallFailureOf(transport.send(access, GET_BOT));
      assert.equal(error.code, 'unexpectedAnswer');
      assert.match(error.message, /too long/);
      assert.equal(await ended.promise, false);
      assert.equal(server.requests.length, 1);
    });
  });

  describe('refusals', () => {
    it('say what Recall says about the key, for every body of a 401, and are not repeated', async () => {
      const { transport, access } = setUpApi(server.origin);
      const bodies = [
        { code: 'not_authenticated', detail: 'Authentication credentials were not provided.' },
        {
          code: 'authentication_failed',
          detail:
            'Invalid API token. The API token provided might be for another Recall region (such as us-east-1, us-west-2, eu-central-1, or ap-northeast-1). Verify token is valid and belongs to the correct region.',
        },
        { code: 'authentication_failed', detail: 'Invalid token header. No credentials provided.' },
        { detail: 'Invalid token.' },
      ];
      for (const body of bodies) {
        server.answerWith(json(401, body, { 'WWW-Authenticate': 'Token' }));
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, 'keyRefused');
        assert.equal(error.apiCode, body.code);
        assert.match(error.message, /^127\.0\.0\.1:\d+ did not accept the API key\./);
      }
      assert.equal(server.requests.length, bodies.length);
    });

    it('are read in all their shapes and never show HTML', async () => {
      const { transport, access } = setUpApi(server.origin, { limits: { maxRetries: 0 } });
      const firewall =
        '<BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>Request blocked.</BODY>';
      const cases: readonly [Answer, string, RegExp][] = [
        [json(400, { meeting_url: ['Malformed.'] }), 'invalidRequest', /meeting_url: Malformed\./],
        [
          json(400, { a: { b: ['Deep.'] }, non_field_errors: ['Top.'] }),
          'invalidRequest',
          /a: b: Deep\. Top\./,
        ],
        [text(400, '"Only a string"'), 'invalidRequest', /says: Only a string\./],
        [json(402, { detail: 'x' }), 'creditUsedUp', /Top it up in the Recall dashboard/],
        [text(403, firewall, { 'Content-Type': 'text/html' }), 'blocked', /firewall/],
        [json(404, { detail: 'Not found.' }), 'notFound', /workspace than your API key/],
        [
          text(404, '<h1>Not Found</h1>', { 'Content-Type': 'text/html' }),
          'unexpectedAnswer',
          /recall\.apiBaseUrl/,
        ],
        [text(405, ''), 'notAllowed', /does not allow/],
        [text(502, '<html>Bad gateway</html>'), 'serverError', /status 502/],
        [json(507, { detail: 'Out of adhoc bots', code: 'out_of_adhoc_bots' }), 'noBotFree', /no free bot/],
      ];
      for (const [answer, code, words] of cases) {
        server.answerWith(answer);
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, code);
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /[<>\n]/);
      }
    });

    it('do not repeat the key or a link that the answer quotes', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(json(400, { detail: `Your ${KEY} may not use https://zoom.us/j/9?pwd=hush now` }));
      const { message } = await recallFailureOf(transport.send(access, GET_BOT));
      assert.match(message, /may not use https:\/\/zoom\.us\/j\/9\?… now/);
      assert.ok(!message.includes(KEY));
    });
  });

  describe('repetition', () => {
    it('repeats what may have been lost with the same key, spread over growing waits', async () => {
      const { transport, access, clock } = setUpApi(server.origin);
      server.answerWith(reset, json(409, {}), text(502, '<html>'), text(504, ''), json(201, { id: 'b1' }));
      assert.deepEqual(await transport.send(access, POST_BOT), { id: 'b1' });
      assert.deepEqual(
        server.requests.map((request) => request.headers['idempotency-key']),
        ['act-1', 'act-1', 'act-1', 'act-1', 'act-1'],
      );
      assert.deepEqual(clock.waits, [250, 500, 1000, 2000]);
    });

    it('never repeats a POST without an idempotency key', async () => {
      const { transport, access } = setUpApi(server.origin);
      for (const answer of [reset, text(502, ''), json(429, {}, { 'Retry-After': '1' }), json(409, {})]) {
        const before = server.requests.length;
        server.answerWith(answer);
        await recallFailureOf(transport.send(access, { method: 'POST', path: '/bot/', body: {} }));
        assert.equal(server.requests.length, before + 1);
      }
    });

    it('gives up after the tries that it has', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(text(503, ''));
      assert.equal((await recallFailureOf(transport.send(access, GET_BOT))).code, 'serverError');
      assert.equal(server.requests.length, 5);
      await recallFailureOf(transport.send(access, { ...GET_BOT, maxRetries: 0 }));
      assert.equal(server.requests.length, 6);
    });

    it('waits as long as a 429 asks, in seconds or until a date, and a little more', async () => {
      const { transport, access, clock } = setUpApi(server.origin);
      const inTwentySeconds = new Date(clock.now() + 60_500 + 20_000).toUTCString();
      server.answerWith(
        json(429, {}, { 'Retry-After': '60' }),
        json(429, {}, { 'Retry-After': inTwentySeconds }),
        json(200, { ok: true }),
      );
      assert.deepEqual(await transport.send(access, GET_BOT), { ok: true });
      assert.equal(clock.waits[0], 60_500);
      const second = clock.waits[1] ?? 0;
      assert.ok(second > 19_000 && second <= 20_500, String(second));
    });

    it('waits a good while after a 429 that does not say how long', async () => {
      const { transport, access, clock } = setUpApi(server.origin);
      server.answerWith(json(429, {}), json(200, {}));
      await transport.send(access, GET_BOT);
      assert.deepEqual(clock.waits, [10_500]);
    });

    it('reports an absurd wait instead of waiting', async () => {
      const { transport, access, clock } = setUpApi(server.origin);
      for (const [retryAfter, words] of [
        ['3600', /in 60 minutes/],
        ['Fri, 01 Jan 2100 00:00:00 GMT', /later/],
        ['9'.repeat(400), /later/],
      ] as const) {
        server.answerWith(json(429, {}, { 'Retry-After': retryAfter }));
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, 'rateLimited');
        assert.match(error.message, words);
      }
      assert.equal(server.requests.length, 3);
      assert.deepEqual(clock.waits, []);
    });

    it('takes a DELETE for done when only its answer was lost', async () => {
      const { transport, access } = setUpApi(server.origin);
      server.answerWith(reset, json(404, { detail: 'Not found.' }));
      assert.equal(await transport.send(access, { method: 'DELETE', path: '/bot/b1/' }), undefined);
      server.answerWith(json(404, { detail: 'Not found.' }));
      const notThere = await recallFailureOf(transport.send(access, { method: 'DELETE', path: '/bot/b1/' }));
      assert.equal(notThere.code, 'notFound');
    });
  });

  describe('redirects', () => {
    it('are not followed, to whatever place they lead', async () => {
      const other = await startLoopbackServer();
      try {
        const { transport, access } = setUpApi(server.origin);
        for (const status of [301, 302, 303, 307, 308]) {
          for (const location of [`${other.origin}/api/v1/bot/b1/`, '/elsewhere/', `http://localhost:1/`]) {
            server.answerWith(text(status, '', { Location: location }));
            const error = await recallFailureOf(transport.send(access, status === 307 ? POST_BOT : GET_BOT));
            assert.equal(error.code, 'unexpectedAnswer');
            assert.match(error.message, /redirect, which is not followed/);
          }
        }
        assert.equal(server.requests.length, 15);
        assert.ok(server.requests.every((request) => request.url !== '/elsewhere/'));
        assert.equal(other.requests.length, 0);
      } finally {
        await other.close();
      }
    });

    it('are not believed when a fetch follows them all the same', async () => {
      const other = await startLoopbackServer();
      try {
        const followingFetch: typeof fetch = (url, init) => fetch(url, { ...init, redirect: 'follow' });
        const { transport, access } = setUpApi(server.origin, { fetch: followingFetch });
        server.answerWith(text(302, '', { Location: `${other.origin}/` }));
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.match(error.message, /redirect/);
        assert.equal(other.requests[0]?.headers.authorization, undefined);
      } finally {
        await other.close();
      }
    });
  });

  describe('trouble below HTTP', () => {
    it('is a time-out when the headers or the body do not come', async () => {
      for (const answer of [silence, stalledBody]) {
        const { transport, access } = setUpApi(server.origin, {
          realClock: systemClock,
          limits: { callTimeoutMs: 100, maxRetries: 1, backoff: { baseMs: 1, capMs: 1 } },
        });
        const before = server.requests.length;
        server.answerWith(answer);
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, 'timeout');
        assert.match(
          error.message,
          /^Recall cannot be reached: 127\.0\.0\.1 did not answer in time\. .*http\.proxy/,
        );
        assert.equal(server.requests.length, before + 2);
      }
    });

    it('is put in words with the setting to look at, and keeps its cause', async () => {
      const unused = createTcpServer();
      const port = await listen(unused);
      await closed(unused);
      const { transport, access, logLines } = setUpApi(`http://127.0.0.1:${port}`, {
        limits: { maxRetries: 0 },
      });
      const error = await recallFailureOf(transport.send(access, GET_BOT));
      assert.equal(error.code, 'network');
      assert.match(
        error.message,
        /^Recall cannot be reached: the connection to 127\.0\.0\.1 was refused\. .*http\.proxy\.$/,
      );
      assert.ok(error.cause instanceof TypeError);
      assert.ok(
        logLines.some((line) =>
          /warn: .*GET .* failed in \d+ ms: Recall cannot be reached.*\(ECONNREFUSED\)$/.test(line),
        ),
      );
    });

    it('names the certificate setting, and is not repeated, when the certificate is not trusted', async () => {
      const now = Date.now();
      const { key, cert } = makeSelfSignedCertificate(
        'localhost',
        new Date(now - 3_600_000),
        new Date(now + 3_600_000),
      );
      const sockets = new Set<Socket>();
      const tls = createTlsServer({ key, cert });
      tls.on('connection', (socket: Socket) => {
        sockets.add(socket);
      });
      try {
        const { transport, access, clock } = setUpApi(`https://localhost:${await listen(tls)}`);
        const error = await recallFailureOf(transport.send(access, GET_BOT));
        assert.equal(error.code, 'certificate');
        assert.match(error.message, /certificate of localhost is not trusted\. .*http\.systemCertificates/);
        assert.deepEqual(clock.waits, []);
      } finally {
        for (const socket of sockets) socket.destroy();
        await closed(tls);
      }
    });

    it('names the remote when a name cannot be resolved there', async () => {
      const { transport, access } = setUpApi('http://recall.invalid', { remoteName: 'wsl' });
      const error = await recallFailureOf(transport.send(access, GET_BOT));
      assert.equal(error.code, 'nameNotFound');
      assert.match(
        error.message,
        /recall\.invalid could not be resolved\. .*remote \(wsl\).*no way to the internet/,
      );
    });
  });

  describe('cancelling', () => {
    const REASON = new Error('cancelled by the test');

    it('before the request sends nothing', async () => {
      const { transport, access } = setUpApi(server.origin);
      const sending = transport.send(access, { ...GET_BOT, signal: AbortSignal.abort(REASON) });
      assert.equal(await failureOf(sending), REASON);
      assert.equal(server.requests.length, 0);
    });

    it('while waiting for headers or body rejects with the reason and leaves nothing behind', async () => {
      for (const answer of [silence, stalledBody]) {
        for (const reason of [REASON, 'a text', undefined]) {
          const { transport, access, clock } = setUpApi(server.origin);
          const controller = new AbortController();
          const arrived = Promise.withResolvers<unknown>();
          const gone = Promise.withResolvers<unknown>();
          server.answerWith((response, request) => {
            response.on('close', gone.resolve);
            answer(response, request);
            arrived.resolve(undefined);
          });
          const sending = failureOf(transport.send(access, { ...GET_BOT, signal: controller.signal }));
          await arrived.promise;
          controller.abort(reason);
          assert.equal(await sending, controller.signal.reason);
          await gone.promise;
          assert.equal(clock.scheduled(), 0);
          assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
        }
      }
    });

    it('while waiting to try again rejects with the reason and tries no more', async () => {
      const controller = new AbortController();
      const { transport, access } = setUpApi(server.origin, {
        realClock: {
          ...systemClock,
          sleep: (ms, signal) => {
            setImmediate(() => {
              controller.abort(REASON);
            });
            return systemClock.sleep(ms, signal);
          },
        },
      });
      server.answerWith(json(429, {}, { 'Retry-After': '50' }));
      const sending = transport.send(access, { ...GET_BOT, signal: controller.signal });
      assert.equal(await failureOf(sending), REASON);
      assert.equal(server.requests.length, 1);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    });

    it('leaves no listener on the signal of a call that succeeded', async () => {
      const { transport, access, clock } = setUpApi(server.origin);
      const { signal } = new AbortController();
      await transport.send(access, { ...GET_BOT, signal });
      assert.equal(getEventListeners(signal, 'abort').length, 0);
      assert.equal(clock.scheduled(), 0);
    });
  });

  it('logs method, path, status and time, and neither key nor query nor body', async () => {
    const { transport, access, logLines } = setUpApi(server.origin);
    server.answerWith(json(400, { detail: 'hush' }), json(200, { secret: 'hush' }));
    const query = new URLSearchParams({ meeting_url: 'hush' });
    await recallFailureOf(transport.send(access, { ...GET_BOT, query }));
    await transport.send(access, { ...POST_BOT, body: { meeting_url: 'hush' } });
    assert.match(
      logLines[0] ?? '',
      /^info: \[api\] GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/bot\/b1\/ 400 in \d+ ms$/,
    );
    assert.match(logLines[1] ?? '', /POST .*\/api\/v1\/bot\/ 200/);
    assert.doesNotMatch(logLines.join('\n'), new RegExp(`hush|${KEY}`));
  });
});
