import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/sentences.ts';
import { TimedOutError } from './abort.ts';
import { causeCodes, causesOf, codesOf, messageOf } from './causes.ts';

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

// Texts are functions here and below: the language is not known yet when this file is loaded.
type CertificateReason = (host: string) => string;

const isNotTrusted: CertificateReason = (host) => l10n.t('the certificate of {0} is not trusted', host);
const belongsToAnother: CertificateReason = (host) =>
  l10n.t('the certificate of {0} belongs to another host name', host);

const CERTIFICATE_REASONS: ReadonlyMap<string, CertificateReason> = new Map([
  ['CERT_HAS_EXPIRED', (host) => l10n.t('the certificate of {0} has expired', host)],
  ['CERT_NOT_YET_VALID', (host) => l10n.t('the certificate of {0} is not valid yet', host)],
  ['CERT_REVOKED', (host) => l10n.t('the certificate of {0} was revoked', host)],
  ['ERR_TLS_CERT_ALTNAME_INVALID', belongsToAnother],
  ['ERR_TLS_CERT_ALTNAME_FORMAT', (host) => l10n.t('the certificate of {0} is malformed', host)],
  ['ERR_CERT_DATE_INVALID', (host) => l10n.t('the certificate of {0} is not valid at this time', host)],
  ['ERR_CERT_COMMON_NAME_INVALID', belongsToAnother],
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
  ].map((code): [string, CertificateReason] => [code, isNotTrusted]),
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

const TIMEOUT_REASONS = new Map<string, (host: string) => string>([
  ['ETIMEDOUT', (host) => l10n.t('the connection to {0} timed out', host)],
  ['UND_ERR_CONNECT_TIMEOUT', (host) => l10n.t('the connection to {0} timed out', host)],
  ['UND_ERR_HEADERS_TIMEOUT', (host) => l10n.t('{0} did not answer in time', host)],
  ['UND_ERR_BODY_TIMEOUT', (host) => l10n.t('the answer of {0} stopped in the middle', host)],
  ['ERR_CONNECTION_TIMED_OUT', (host) => l10n.t('the connection to {0} timed out', host)],
]);

const NETWORK_REASONS = new Map<string, (host: string) => string>([
  ['ECONNREFUSED', (host) => l10n.t('the connection to {0} was refused', host)],
  ['ECONNRESET', (host) => l10n.t('the connection to {0} was reset', host)],
  ['ECONNABORTED', (host) => l10n.t('the connection to {0} was closed', host)],
  ['EPIPE', (host) => l10n.t('the connection to {0} was closed', host)],
  ['EHOSTUNREACH', (host) => l10n.t('{0} cannot be reached', host)],
  ['EHOSTDOWN', (host) => l10n.t('{0} cannot be reached', host)],
  ['ENETUNREACH', () => l10n.t('the network cannot be reached')],
  ['ENETDOWN', () => l10n.t('the network is down')],
  ['UND_ERR_SOCKET', (host) => l10n.t('the connection to {0} was closed', host)],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', (host) => l10n.t('the answer of {0} was cut short', host)],
  ['ERR_SSL_WRONG_VERSION_NUMBER', (host) => l10n.t('there is no HTTPS at {0}', host)],
  ['ERR_CONNECTION_REFUSED', (host) => l10n.t('the connection to {0} was refused', host)],
  ['ERR_CONNECTION_RESET', (host) => l10n.t('the connection to {0} was reset', host)],
  ['ERR_CONNECTION_CLOSED', (host) => l10n.t('the connection to {0} was closed', host)],
  ['ERR_ADDRESS_UNREACHABLE', (host) => l10n.t('{0} cannot be reached', host)],
  ['ERR_INTERNET_DISCONNECTED', () => l10n.t('the network is down')],
]);

const checkNetwork = () =>
  l10n.t('Check the network connection and, behind a proxy, the setting http.proxy.');
const checkProxy = () => l10n.t('Check the setting http.proxy.');
const checkCertificates = () =>
  l10n.t(
    'If your network inspects traffic, add its certificate to the system and check the setting http.systemCertificates.',
  );

/**
 * Puts what `fetch` threw in words: looks through the chain of causes for what Node, its fetch or Chromium's left
 * there. The words hold nothing of the URL but the host name that the caller passes, and perhaps the proxy's; no codes
 * either: those are for the log (`forLog`).
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
  const advice = checkNetworkOn(place);
  if (error instanceof TimedOutError)
    return { kind: 'timeout', reason: l10n.t('{0} did not answer in time', place.host), advice };
  if (code === undefined)
    return { kind: 'network', reason: l10n.t('the connection to {0} failed', place.host), advice };
  if (NAME_CODES.has(code)) return nameNotFound(causes, place);
  if (PROXY_CODES.has(code))
    return { kind: 'proxy', reason: l10n.t('the proxy did not connect'), advice: checkProxy() };
  const certificate = CERTIFICATE_REASONS.get(code);
  if (certificate !== undefined) {
    const certificateAdvice = DATE_CODES.has(code)
      ? joinSentences(checkClockOn(place), checkCertificates())
      : checkCertificates();
    return {
      kind: 'certificate',
      reason: certificate(place.host),
      advice: certificateAdvice,
    };
  }
  const timeout = TIMEOUT_REASONS.get(code);
  const why = timeout ?? NETWORK_REASONS.get(code);
  return {
    kind: timeout === undefined ? 'network' : 'timeout',
    reason: why?.(place.host) ?? l10n.t('the connection to {0} failed', place.host),
    advice,
  };
}

/** A failure in one line for the log: what people are told, and the codes that libraries left behind it. */
export function forLog(told: Error): string {
  const codes = [...new Set(causeCodes(told.cause))];
  return codes.length === 0 ? told.message : `${told.message} (${codes.join(', ')})`;
}

/** What was thrown, as an error: some code throws other things, too. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

function nameNotFound(causes: readonly object[], place: NetworkPlace): NetworkFailure {
  const asked = causes.map(hostNameOf).find((name) => name !== undefined);
  if (asked !== undefined && asked !== place.host.replace(/:\d+$/, '')) {
    const reason = l10n.t('the name of the proxy, {0}, could not be resolved', asked);
    return { kind: 'proxy', reason, advice: checkProxy() };
  }
  const reason = l10n.t('the name {0} could not be resolved', place.host);
  if (place.remoteName === undefined) return { kind: 'nameNotFound', reason, advice: checkNetwork() };
  const advice = l10n.t(
    'The extension runs on the remote ({0}), which seems to have no way to the internet. Give the remote access, or check http.proxy and http.useLocalProxyConfiguration.',
    place.remoteName,
  );
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
          reason: l10n.t('the proxy asks for a user name and password (status 407)'),
          advice: l10n.t('Sign in to the proxy, or check the setting http.proxy.'),
        }
      : {
          kind: 'proxy',
          reason: l10n.t('the proxy did not connect (status {0})', status),
          advice: checkProxy(),
        };
  }
  return undefined;
}

function checkNetworkOn(place: NetworkPlace): string {
  return place.remoteName === undefined
    ? checkNetwork()
    : l10n.t(
        'Check the network connection of the remote ({0}) and, behind a proxy, the setting http.proxy.',
        place.remoteName,
      );
}

function checkClockOn(place: NetworkPlace): string {
  return place.remoteName === undefined
    ? l10n.t('Check the date and time of this computer.')
    : l10n.t('Check the date and time of the remote ({0}).', place.remoteName);
}

function isKnownCode(code: string): boolean {
  return [NAME_CODES, PROXY_CODES, CERTIFICATE_REASONS, TIMEOUT_REASONS, NETWORK_REASONS].some((known) =>
    known.has(code),
  );
}

function hostNameOf(cause: object): string | undefined {
  const name = 'hostname' in cause ? cause.hostname : undefined;
  return typeof name === 'string' && /^[\w.:-]{1,253}$/.test(name) ? name : undefined;
}
