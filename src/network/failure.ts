import { TimedOutError } from './abort.ts';

/** The kinds of trouble below HTTP that ask different things of the user. */
export type NetworkFailureKind = 'nameNotFound' | 'certificate' | 'timeout' | 'network';

/** A failure below HTTP, put in words. `reason` is a clause without a full stop; `advice` is a whole sentence. */
export interface NetworkFailure {
  readonly kind: NetworkFailureKind;
  readonly reason: string;
  readonly advice: string;
}

const CERTIFICATE_CODES = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const NAME_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENETDOWN: 'the network is down',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
};

const TIMEOUT_CODES = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * Puts what `fetch` threw in words: looks through the chain of causes for the code that Node or its fetch left there.
 * The words hold nothing of the URL but the host name that the caller passes.
 */
export function describeNetworkFailure(error: unknown, host: string): NetworkFailure {
  if (error instanceof TimedOutError) {
    return { kind: 'timeout', reason: `${host} did not answer in time`, advice: CHECK_NETWORK };
  }
  const code = causeCodes(error).find((candidate) => isKnownCode(candidate)) ?? causeCodes(error)[0];
  if (code === undefined)
    return { kind: 'network', reason: `the connection to ${host} failed`, advice: CHECK_NETWORK };
  if (NAME_CODES.has(code)) {
    return {
      kind: 'nameNotFound',
      reason: `the name ${host} could not be resolved (${code})`,
      advice: CHECK_NETWORK,
    };
  }
  if (CERTIFICATE_CODES.has(code)) {
    return {
      kind: 'certificate',
      reason: `the certificate of ${host} is not trusted (${code})`,
      advice:
        'If your network inspects traffic, add its certificate to the system and check the setting http.systemCertificates.',
    };
  }
  const kind = TIMEOUT_CODES.has(code) ? 'timeout' : 'network';
  return {
    kind,
    reason: `${REASONS[code] ?? 'the connection failed'} (${host}, ${code})`,
    advice: CHECK_NETWORK,
  };
}

const CHECK_NETWORK = 'Check the network connection and, behind a proxy, the setting http.proxy.';

function isKnownCode(code: string): boolean {
  return NAME_CODES.has(code) || CERTIFICATE_CODES.has(code) || code in REASONS;
}

/** The `code`s found along an error's chain of causes, outermost first; at most ten levels deep. */
export function causeCodes(error: unknown): string[] {
  const codes: string[] = [];
  const pending: unknown[] = [error];
  for (let depth = 0; depth < 10 && pending.length > 0; depth++) {
    const current = pending.shift();
    if (typeof current !== 'object' || current === null) continue;
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
    if ('cause' in current) pending.push(current.cause);
    if (current instanceof AggregateError) pending.push(...(current.errors as unknown[]).slice(0, 5));
  }
  return codes;
}
