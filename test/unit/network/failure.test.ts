import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Agent, ProxyAgent, fetch as undiciFetch } from 'undici';
import type { Dispatcher } from 'undici';
import { TimedOutError } from '../../../src/network/abort.ts';
import { causeCodes } from '../../../src/network/causes.ts';
import { describeNetworkFailure } from '../../../src/network/failure.ts';
import type { NetworkFailure } from '../../../src/network/failure.ts';
import { closed, listen } from './loopbackServer.ts';
import { makeSelfSignedCertificate } from './certificates.ts';

const HOUR_MS = 3_600_000;

describe('describeNetworkFailure on what fetch really throws', () => {
  const endings: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });

  async function start(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
    });
    const port = await listen(server);
    endings.push(async () => {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    });
    return port;
  }

  function startTcp(onRequest: (socket: Socket) => void): Promise<number> {
    return start(
      createTcpServer((socket) => {
        socket.on('error', () => {
          // The other side of a connection that the test breaks on purpose.
        });
        socket.once('data', () => {
          onRequest(socket);
        });
      }),
    );
  }

  it('says that a connection was refused', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await closed(server);
    const failure = await failureOf(`http://127.0.0.1:${port}/`);
    assert.equal(failure.kind, 'network');
    assert.equal(failure.reason, 'the connection to 127.0.0.1 was refused');
    assert.match(failure.advice, /http\.proxy/);
  });

  it('says that a connection was reset or closed, before the headers and in the body', async () => {
    const headers = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc';
    const ways: readonly [(socket: Socket) => void, RegExp][] = [
      [(socket) => socket.resetAndDestroy(), /reset|closed/],
      [(socket) => socket.end(), /^the connection to 127\.0\.0\.1 was closed$/],
      [(socket) => socket.end(headers), /^the connection to 127\.0\.0\.1 was closed/],
      [
        (socket) =>
          socket.write(headers, () => {
            socket.resetAndDestroy();
          }),
        /reset|closed/,
      ],
    ];
    for (const [breakOff, words] of ways) {
      const failure = await failureOf(`http://127.0.0.1:${await startTcp(breakOff)}/`);
      assert.equal(failure.kind, 'network');
      assert.match(failure.reason, words);
    }
  });

  it('says that a name could not be resolved', async () => {
    const failure = await failureOf('http://recall.invalid/');
    assert.equal(failure.kind, 'nameNotFound');
    assert.match(failure.reason, /^the name recall\.invalid could not be resolved$/);
    assert.match(failure.advice, /network connection.*http\.proxy/);
  });

  it('says on a remote that it is the remote that has no way out', async () => {
    const failure = await failureOf('http://recall.invalid/', { remoteName: 'ssh-remote' });
    assert.equal(failure.kind, 'nameNotFound');
    assert.match(failure.advice, /remote \(ssh-remote\), which seems to have no way to the internet/);
    assert.doesNotMatch(failure.advice, /Check the network connection\b(?! of the remote)/);
  });

  it('names http.systemCertificates for a certificate that is not trusted', async () => {
    const { key, cert } = validCertificate('localhost');
    const port = await start(createTlsServer({ key, cert }));
    const failure = await failureOf(`https://localhost:${port}/`);
    assert.equal(failure.kind, 'certificate');
    assert.equal(failure.reason, 'the certificate of localhost is not trusted');
    assert.match(failure.advice, /http\.systemCertificates/);
  });

  it('says that a trusted certificate belongs to another host', async () => {
    const { key, cert } = validCertificate('elsewhere.example');
    const port = await start(createTlsServer({ key, cert }));
    const dispatcher = agent(new Agent({ connect: { ca: cert } }));
    const failure = await failureOf(`https://localhost:${port}/`, { dispatcher });
    assert.equal(failure.kind, 'certificate');
    assert.match(failure.reason, /belongs to another host name/);
  });

  it('sends people with an expired certificate to the clock as well', async () => {
    const now = Date.now();
    const { key, cert } = makeSelfSignedCertificate(
      'localhost',
      new Date(now - 48 * HOUR_MS),
      new Date(now - 24 * HOUR_MS),
    );
    const port = await start(createTlsServer({ key, cert }));
    const dispatcher = agent(new Agent({ connect: { ca: cert } }));
    const failure = await failureOf(`https://localhost:${port}/`, { dispatcher });
    assert.equal(failure.kind, 'certificate');
    assert.match(failure.reason, /has expired$/);
    assert.match(failure.advice, /date and time of this computer/);
  });

  it('says that there is no HTTPS where something else answers', async () => {
    const port = await startTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = await failureOf(`https://127.0.0.1:${port}/`);
    assert.equal(failure.kind, 'network');
    assert.match(failure.reason, /there is no HTTPS at 127\.0\.0\.1/);
  });

  it('takes the time-outs of fetch itself for time-outs', async () => {
    const port = await startTcp(() => undefined);
    const dispatcher = agent(new Agent({ headersTimeout: 100 }));
    const failure = await failureOf(`http://127.0.0.1:${port}/`, { dispatcher });
    assert.equal(failure.kind, 'timeout');
    assert.match(failure.reason, /^127\.0\.0\.1 did not answer in time/);
  });

  it('says that the proxy did not connect, and when it asks for a log-in', async () => {
    for (const [status, words] of [
      [403, /^the proxy did not connect \(status 403\)$/],
      [407, /^the proxy asks for a user name and password \(status 407\)$/],
    ] as const) {
      const proxy = createHttpServer().on('connect', (_request, socket) => {
        socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      });
      const dispatcher = agent(new ProxyAgent(`http://127.0.0.1:${await start(proxy)}`));
      const failure = await failureOf('https://us-west-2.recall.ai/', { dispatcher });
      assert.equal(failure.kind, 'proxy');
      assert.match(failure.reason, words);
      assert.match(failure.advice, /http\.proxy/);
    }
  });

  it('does not blame the API when it is the name of the proxy that is unknown', async () => {
    const dispatcher = agent(new ProxyAgent('http://proxy.invalid:3128'));
    const failure = await failureOf('https://us-west-2.recall.ai/', { dispatcher });
    assert.equal(failure.kind, 'proxy');
    assert.match(failure.reason, /^the name of the proxy, proxy\.invalid, could not be resolved/);
  });

  function agent<Kind extends Dispatcher>(dispatcher: Kind): Kind {
    endings.push(() => dispatcher.destroy());
    return dispatcher;
  }

  function validCertificate(hostName: string): { key: string; cert: string } {
    const now = Date.now();
    return makeSelfSignedCertificate(hostName, new Date(now - HOUR_MS), new Date(now + HOUR_MS));
  }
});

describe('describeNetworkFailure on other errors', () => {
  it('understands the words of Chromium', () => {
    const words: readonly [string, NetworkFailure['kind'], RegExp][] = [
      ['net::ERR_NAME_NOT_RESOLVED', 'nameNotFound', /could not be resolved/],
      ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate', /is not trusted/],
      ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy', /the proxy did not connect/],
      ['net::ERR_CONNECTION_TIMED_OUT', 'timeout', /timed out/],
      ['net::ERR_INTERNET_DISCONNECTED', 'network', /the network is down/],
    ];
    for (const [message, kind, reason] of words) {
      const failure = describeNetworkFailure(new Error(message), 'api.example');
      assert.equal(failure.kind, kind, message);
      assert.match(failure.reason, reason);
    }
  });

  it('says that our own time-out was one', () => {
    const failure = describeNetworkFailure(new TimedOutError('No answer'), 'api.example');
    assert.deepEqual([failure.kind, failure.reason], ['timeout', 'api.example did not answer in time']);
  });

  it('prefers a code that it knows, wherever it is in the chain of causes', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const all = new AggregateError([new Error('y'), refused]);
    const outer = Object.assign(new Error('z', { cause: all }), { code: 'SOMETHING_ELSE' });
    assert.deepEqual(causeCodes(outer), ['SOMETHING_ELSE', 'ECONNREFUSED']);
    assert.match(describeNetworkFailure(outer, 'h').reason, /^the connection to h was refused$/);
  });

  it('shows no code, whether it knows it or not', () => {
    const withCode = (code: unknown): string =>
      describeNetworkFailure(Object.assign(new Error('secret'), { code }), 'h').reason;
    assert.equal(withCode('EWHATEVER'), 'the connection to h failed');
    for (const code of ['constructor', 'toString', '<b>', 'A B', '', 17, null])
      assert.equal(withCode(code), 'the connection to h failed', String(code));
  });

  it('copes with anything thrown, and with causes in a circle', () => {
    const circle = new Error('round');
    circle.cause = circle;
    for (const thrown of [undefined, null, 'text', 7, {}, [], circle])
      assert.equal(describeNetworkFailure(thrown, 'h').kind, 'network');
  });
});

async function failureOf(
  url: string,
  options: { readonly dispatcher?: Dispatcher; readonly remoteName?: string } = {},
): Promise<NetworkFailure> {
  const error = await (options.dispatcher ? undiciFetch(url, { dispatcher: options.dispatcher }) : fetch(url))
    .then((response) => response.text())
    .then(
      () => assert.fail('the request should have failed'),
      (thrown: unknown) => thrown,
    );
  return describeNetworkFailure(error, new URL(url).hostname, options.remoteName);
}
