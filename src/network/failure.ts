import { TimedOutError } from './abort.ts';

/** The kinds of trouble below HTTP that ask different things of the user. */
export type NetworkFailureKind = 'nameNotFound' | 'certificate' | 'proxy' | 'timeout' | 'network';

/** A failure below HTTP, put in words. `reason` is a clause without a full stop; `advice` is a whole sentence. */
export interface NetworkFailure {
  readonly kind: NetworkFailureKind;
  readonly reason: string;
  readonly advice: string;
}

interface NetworkPlace {
  readonly host: string;
  readonly remoteName: string | undefined;
}

const CERTIFICATE_REASONS = new Map([
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['CERT_NOT_YET_VALID', 'is not valid yet'],
  ['CERT_REVOKED', 'was revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'belongs to another host name'],
  ['ERR_TLS_CERT_ALTNAME_FORMAT', 'is malformed'],
  ['ERR_CERT_DATE_INVALID', 'is not valid at this time'],
  ['ERR_CERT_COMMON_NAME_INVALID', 'belongs to another host name'],
  ...[
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_SIGNATURE_FAILURE',
    'CERT_CHAIN_TOO_LONG',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'ERR_CERT_AUTHORITY_INVALID',
    'ERR_CERT_INVALID',
  ].map((code) => [code, 'is not trusted'] as const),
]);

// What only a wrong clock explains on a host that other people reach.
const DATE_CODES = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_CERT_DATE_INVALID']);

const NAME_CODES = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'ERR_NAME_NOT_RESOLVED',
]);

const PROXY_CODES = new Set([
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
  'ERR_PROXY_AUTH_UNSUPPORTED',
  'ERR_PROXY_CERTIFICATE_INVALID',
]);

const TIMEOUT_REASONS = new Map([
  ['ETIMEDOUT', 'the connection timed out'],
  ['UND_ERR_CONNECT_TIMEOUT', 'the connection timed out'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer came in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stopped in the middle'],
  ['ERR_CONNECTION_TIMED_OUT', 'the connection timed out'],
]);

const NETWORK_REASONS = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was reset'],
  ['ECONNABORTED', 'the connection was closed'],
  ['EPIPE', 'the connection was closed'],
  ['EHOSTUNREACH', 'the host cannot be reached'],
  ['EHOSTDOWN', 'the host cannot be reached'],
  ['ENETUNREACH', 'the network cannot be reached'],
  ['ENETDOWN', 'the network is down'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'the answer was cut short'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'there is no HTTPS at this address'],
  ['ERR_CONNECTION_REFUSED', 'the connection was refused'],
  ['ERR_CONNECTION_RESET', 'the connection was reset'],
  ['ERR_CONNECTION_CLOSED', 'the connection was closed'],
  ['ERR_ADDRESS_UNREACHABLE', 'the host cannot be reached'],
  ['ERR_INTERNET_DISCONNECTED', 'the network is down'],
]);

const CHECK_NETWORK = 'Check the network connection and, behind a proxy, the setting http.proxy.';
const CHECK_PROXY = 'Check the setting http.proxy.';
const CHECK_CERTIFICATES =
  'If your network inspects traffic, add its certificate to the system and check the setting http.systemCertificates.';

/**
 * Puts what `fetch` threw in words: looks through the chain of causes for what Node, its fetch or Chromium's left
 * there. The words hold nothing of the URL but the host name that the caller passes, and perhaps the proxy's.
 *
 * @param host the host that was asked
 * @param remoteName VS Code's word for the remote that this code runs on, such as `ssh-remote`; undefined on the
 *   user's own computer
 */
export function describeNetworkFailure(error: unknown, host: string, remoteName?: string): NetworkFailure {
  const place: NetworkPlace = { host, remoteName };
  const causes = causesOf(error);
  const proxy = proxyRefusal(causes);
  if (proxy) return proxy;
  const codes = causes.flatMap(codesOf);
  const code = codes.find(isKnownCode) ?? codes[0];
  const checkNetwork = checkNetworkOn(place);
  if (error instanceof TimedOutError)
    return { kind: 'timeout', reason: `${place.host} did not answer in time`, advice: checkNetwork };
  if (code === undefined)
    return { kind: 'network', reason: `the connection to ${place.host} failed`, advice: checkNetwork };
  if (NAME_CODES.has(code)) return nameNotFound(causes, code, place);
  if (PROXY_CODES.has(code))
    return { kind: 'proxy', reason: `the proxy did not connect (${code})`, advice: CHECK_PROXY };
  const certificate = CERTIFICATE_REASONS.get(code);
  if (certificate !== undefined) {
    const advice = DATE_CODES.has(code)
      ? `Check the date and time of ${computer(place)}. ${CHECK_CERTIFICATES}`
      : CHECK_CERTIFICATES;
    return {
      kind: 'certificate',
      reason: `the certificate of ${place.host} ${certificate} (${code})`,
      advice,
    };
  }
  const timeout = TIMEOUT_REASONS.get(code);
  return {
    kind: timeout === undefined ? 'network' : 'timeout',
    reason: `${timeout ?? NETWORK_REASONS.get(code) ?? 'the connection failed'} (${place.host}, ${code})`,
    advice: checkNetwork,
  };
}

/** The `code`s found along an error's chain of causes, outermost first; at most ten errors are looked at. */
export function causeCodes(error: unknown): string[] {
  return causesOf(error).flatMap(codesOf);
}

function nameNotFound(causes: readonly object[], code: string, place: NetworkPlace): NetworkFailure {
  const asked = causes.map(hostNameOf).find((name) => name !== undefined);
  if (asked !== undefined && asked !== place.host.replace(/:\d+$/, '')) {
    const reason = `the name of the proxy, ${asked}, could not be resolved (${code})`;
    return { kind: 'proxy', reason, advice: CHECK_PROXY };
  }
  const reason = `the name ${place.host} could not be resolved (${code})`;
  if (place.remoteName === undefined) return { kind: 'nameNotFound', reason, advice: CHECK_NETWORK };
  const advice = `The extension runs on the remote (${place.remoteName}), which seems to have no way to the internet. Give the remote access, or check http.proxy and http.useLocalProxyConfiguration.`;
  return { kind: 'nameNotFound', reason, advice };
}

// Node's fetch tells of a refused CONNECT in words only, with the status in them.
function proxyRefusal(causes: readonly object[]): NetworkFailure | undefined {
  for (const cause of causes) {
    const status = /^Proxy response \((\d{3})\)/.exec(messageOf(cause))?.[1];
    if (status === undefined) continue;
    return status === '407'
      ? {
          kind: 'proxy',
          reason: 'the proxy asks for a user name and password (status 407)',
          advice: 'Sign in to the proxy, or check the setting http.proxy.',
        }
      : { kind: 'proxy', reason: `the proxy did not connect (status ${status})`, advice: CHECK_PROXY };
  }
  return undefined;
}

function checkNetworkOn(place: NetworkPlace): string {
  return place.remoteName === undefined
    ? CHECK_NETWORK
    : `Check the network connection of the remote (${place.remoteName}) and, behind a proxy, the setting http.proxy.`;
}

function computer(place: NetworkPlace): string {
  return place.remoteName === undefined ? 'this computer' : `the remote (${place.remoteName})`;
}

function isKnownCode(code: string): boolean {
  return [NAME_CODES, PROXY_CODES, CERTIFICATE_REASONS, TIMEOUT_REASONS, NETWORK_REASONS].some((known) =>
    known.has(code),
  );
}

function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  const pending: unknown[] = [error];
  while (causes.length < 10 && pending.length > 0) {
    const current = pending.shift();
    if (typeof current !== 'object' || current === null) continue;
    causes.push(current);
    if ('cause' in current) pending.push(current.cause);
    if (current instanceof AggregateError) pending.push(...(current.errors as unknown[]).slice(0, 5));
  }
  return causes;
}

function codesOf(cause: object): string[] {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  // Chromium's fetch has no codes, only messages such as "net::ERR_NAME_NOT_RESOLVED".
  const chromiumCode = /\bnet::(ERR_[A-Z_]{1,60})/.exec(messageOf(cause))?.[1];
  return [code, chromiumCode]
    .filter((found) => found !== undefined)
    .filter((found) => /^[A-Z][A-Z0-9_]{1,59}$/.test(found));
}

function hostNameOf(cause: object): string | undefined {
  const name = 'hostname' in cause ? cause.hostname : undefined;
  return typeof name === 'string' && /^[\w.:-]{1,253}$/.test(name) ? name : undefined;
}

function messageOf(cause: object): string {
  return 'message' in cause && typeof cause.message === 'string' ? cause.message.slice(0, 1000) : '';
}
