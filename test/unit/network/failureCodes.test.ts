import assert from 'node:assert/strict';
import { TimedOutError } from '../../../src/network/abort.ts';
import { causeCodes } from '../../../src/network/causes.ts';
import { asError, describeNetworkFailure, forLog } from '../../../src/network/failure.ts';
import type { NetworkFailureKind } from '../../../src/network/failure.ts';

const host = 'us-west-2.recall.ai';

/** As fetch throws it: the code is that of the cause. */
function withCode(code: string, more: Readonly<Record<string, unknown>> = {}): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code, ...more }) });
}

const reasons: readonly [NetworkFailureKind, string, readonly string[]][] = [
  ['certificate', `the certificate of ${host} has expired`, ['CERT_HAS_EXPIRED']],
  ['certificate', `the certificate of ${host} is not valid yet`, ['CERT_NOT_YET_VALID']],
  ['certificate', `the certificate of ${host} was revoked`, ['CERT_REVOKED']],
  ['certificate', `the certificate of ${host} is malformed`, ['ERR_TLS_CERT_ALTNAME_FORMAT']],
  ['certificate', `the certificate of ${host} is not valid at this time`, ['ERR_CERT_DATE_INVALID']],
  [
    'certificate',
    `the certificate of ${host} belongs to another host name`,
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_CERT_COMMON_NAME_INVALID'],
  ],
  [
    'certificate',
    `the certificate of ${host} is not trusted`,
    [
      ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE'],
      ...['CERT_CHAIN_TOO_LONG', 'CERT_UNTRUSTED', 'CERT_REJECTED', 'INVALID_CA', 'INVALID_PURPOSE'],
      ...['PATH_LENGTH_EXCEEDED', 'ERR_CERT_AUTHORITY_INVALID', 'ERR_CERT_INVALID'],
    ],
  ],
  [
    'nameNotFound',
    `the name ${host} could not be resolved`,
    ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ERR_NAME_NOT_RESOLVED'],
  ],
  [
    'proxy',
    'the proxy did not connect',
    [
      ...['ERR_PROXY_CONNECTION_FAILED', 'ERR_TUNNEL_CONNECTION_FAILED'],
      ...['ERR_PROXY_AUTH_UNSUPPORTED', 'ERR_PROXY_CERTIFICATE_INVALID'],
    ],
  ],
  [
    'timeout',
    `the connection to ${host} timed out`,
    ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_CONNECTION_TIMED_OUT'],
  ],
  ['timeout', `${host} did not answer in time`, ['UND_ERR_HEADERS_TIMEOUT']],
  ['timeout', `the answer of ${host} stopped in the middle`, ['UND_ERR_BODY_TIMEOUT']],
  ['network', `the connection to ${host} was refused`, ['ECONNREFUSED', 'ERR_CONNECTION_REFUSED']],
  ['network', `the connection to ${host} was reset`, ['ECONNRESET', 'ERR_CONNECTION_RESET']],
  [
    'network',
    `the connection to ${host} was closed`,
    ['ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_CONNECTION_CLOSED'],
  ],
  ['network', `${host} cannot be reached`, ['EHOSTUNREACH', 'EHOSTDOWN', 'ERR_ADDRESS_UNREACHABLE']],
  ['network', 'the network cannot be reached', ['ENETUNREACH']],
  ['network', 'the network is down', ['ENETDOWN', 'ERR_INTERNET_DISCONNECTED']],
  ['network', `the answer of ${host} was cut short`, ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH']],
  ['network', `there is no HTTPS at ${host}`, ['ERR_SSL_WRONG_VERSION_NUMBER']],
  ['network', `the connection to ${host} failed`, ['EUNHEARDOF']],
];
const certificates = 'add its certificate to the system and check the setting http.systemCertificates.';
const checkNetwork = 'Check the network connection and, behind a proxy, the setting http.proxy.';

describe('the codes and words of causes', () => {
  it('are passed over where they are no text, wherever they come from', () => {
    const odd: unknown = { code: 7, message: 7, cause: { code: 'ECONNRESET', message: undefined } };
    assert.deepEqual(causeCodes(odd), ['ECONNRESET']);
    const coded: unknown = Object.create({}, { code: { value: { toString: () => 'ETIMEDOUT' } } });
    assert.deepEqual(causeCodes(coded), []);
  });

  it('take a host of numbers and colons for no proxy', () => {
    const asked = 'fd00:1:2';
    const failure = describeNetworkFailure(withCode('ENOTFOUND', { hostname: asked }), `${asked}:443`);
    assert.equal(failure.kind, 'nameNotFound');
  });
});

describe('asError', () => {
  it('leaves an error as it is, and keeps anything else as the cause of one', () => {
    const error = new TypeError('no');
    assert.equal(asError(error), error);
    const made = asError('a text');
    assert.equal(made.message, 'a text');
    assert.equal(made.cause, 'a text');
  });
});

describe('The words for a failure below HTTP', () => {
  for (const [kind, reason, codes] of reasons) {
    for (const code of codes) {
      it(`of ${code} are its own, from Node and from Chromium`, () => {
        const described = describeNetworkFailure(withCode(code), host);
        assert.deepEqual([described.kind, described.reason], [kind, reason]);
        if (!code.startsWith('ERR_')) return;
        const chromium = describeNetworkFailure(new TypeError(`Failed: net::${code} (1)`), host);
        assert.deepEqual([chromium.kind, chromium.reason], [kind, reason]);
      });
    }
  }

  it('advise what helps with it', () => {
    const adviceOf = (code: string, remoteName?: string): string =>
      describeNetworkFailure(withCode(code), host, remoteName).advice;
    assert.equal(adviceOf('ECONNRESET'), checkNetwork);
    assert.equal(adviceOf('ETIMEDOUT'), checkNetwork);
    assert.equal(adviceOf('ENOTFOUND'), checkNetwork);
    assert.equal(adviceOf('ERR_PROXY_CONNECTION_FAILED'), 'Check the setting http.proxy.');
    assert.ok(adviceOf('CERT_REVOKED').startsWith('If your network inspects traffic,'));
    for (const code of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_CERT_DATE_INVALID']) {
      assert.ok(adviceOf(code).startsWith('Check the date and time of this computer. If your network'), code);
      assert.ok(adviceOf(code).endsWith(certificates), code);
      assert.ok(adviceOf(code, 'wsl').startsWith('Check the date and time of the remote (wsl).'), code);
    }
    assert.match(adviceOf('ECONNRESET', 'wsl'), /^Check the network connection of the remote \(wsl\)/);
    assert.match(adviceOf('ENOTFOUND', 'wsl'), /^The extension runs on the remote \(wsl\)/);
  });

  it('name the proxy when it is its name that is unknown', () => {
    const described = (hostname: unknown): readonly string[] => {
      const { kind, reason } = describeNetworkFailure(withCode('ENOTFOUND', { hostname }), `${host}:443`);
      return [kind, reason];
    };
    const own = ['nameNotFound', `the name ${host}:443 could not be resolved`];
    assert.deepEqual(described('proxy.example'), [
      'proxy',
      'the name of the proxy, proxy.example, could not be resolved',
    ]);
    for (const hostname of [host, undefined, 7, '', 'a b', 'evil<host>', 'x'.repeat(254)])
      assert.deepEqual(described(hostname), own, String(hostname));
  });

  it('tell a proxy that wants a log-in from one that refuses', () => {
    const described = (message: string): readonly string[] => {
      const cause = new Error(message);
      const { kind, reason, advice } = describeNetworkFailure(new TypeError('fetch failed', { cause }), host);
      return [kind, reason, advice];
    };
    assert.deepEqual(described('Proxy response (407) !== 200'), [
      'proxy',
      'the proxy asks for a user name and password (status 407)',
      'Sign in to the proxy, or check the setting http.proxy.',
    ]);
    assert.deepEqual(described('Proxy response (502) !== 200'), [
      'proxy',
      'the proxy did not connect (status 502)',
      'Check the setting http.proxy.',
    ]);
    for (const message of ['Proxy response (40) !== 200', 'A Proxy response (407)'])
      assert.equal(described(message)[0], 'network', message);
  });

  it('say of our own time-out that it was one, whatever it broke off', () => {
    const error = new TimedOutError('too long', { cause: withCode('ECONNRESET') });
    const { kind, reason, advice } = describeNetworkFailure(error, host);
    assert.deepEqual([kind, reason, advice], ['timeout', `${host} did not answer in time`, checkNetwork]);
  });

  it('say of what has no code that it failed', () => {
    for (const thrown of [new Error('no'), undefined, null, 'text', { code: 7 }, withCode('lower case')]) {
      const { kind, reason, advice } = describeNetworkFailure(thrown, host);
      assert.deepEqual([kind, reason, advice], ['network', `the connection to ${host} failed`, checkNetwork]);
    }
  });
});

describe('The codes of a failure', () => {
  it('are those of ten errors at most, and of five of many side by side', () => {
    const chain = (length: number): Error | undefined =>
      length === 0
        ? undefined
        : Object.assign(new Error('no', { cause: chain(length - 1) }), { code: `E${length}` });
    assert.deepEqual(causeCodes(chain(12)), ['E12', 'E11', 'E10', 'E9', 'E8', 'E7', 'E6', 'E5', 'E4', 'E3']);
    const many = new AggregateError(Array.from({ length: 7 }, () => chain(1)));
    assert.equal(causeCodes(many).length, 5);
  });

  it('are words in capitals of 2 to 60 characters', () => {
    const codes = (code: string): string[] => causeCodes(Object.assign(new Error('no'), { code }));
    for (const code of ['E1', 'E_2', `E${'X'.repeat(59)}`]) assert.deepEqual(codes(code), [code]);
    for (const code of ['E', '', '1E', 'e1', 'E-1', 'E1 ', ' E1', `E${'X'.repeat(60)}`])
      assert.deepEqual(codes(code), [], code);
  });

  it('stand once each behind what people are told, in the log', () => {
    const told = (cause?: unknown): Error => new Error('It failed.', cause === undefined ? {} : { cause });
    assert.equal(forLog(told()), 'It failed.');
    const twice = Object.assign(new Error('no', { cause: withCode('ECONNRESET') }), { code: 'ECONNRESET' });
    assert.equal(forLog(told(twice)), 'It failed. (ECONNRESET)');
    const both = Object.assign(new Error('no', { cause: withCode('ECONNRESET') }), { code: 'EPIPE' });
    assert.equal(forLog(told(both)), 'It failed. (EPIPE, ECONNRESET)');
  });
});
