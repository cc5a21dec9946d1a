import { createHmac } from 'node:crypto';
import { type Random, randomHex } from './random.ts';

/** Signature version of the URLs: 2 has `Expires`, 4 has `X-Amz-Date` and `X-Amz-Expires`. */
export type SignatureVersion = 2 | 4;

/** Why a URL is refused. */
export type SignatureVerdict = 'valid' | 'unsigned' | 'mismatch' | 'expired';

/** Signs paths of the media store and checks what comes back. Times in simulated milliseconds. */
export interface UrlSigner {
  /** Path with a query that opens it until `now` plus the lifetime; never the same twice. */
  sign(path: string, now: number, lifetimeMs: number): string;
  verify(pathWithQuery: string, now: number): SignatureVerdict;
}

const keyId = 'ASIASIMULATOR';

/** Makes a signer with a secret of its own. */
export function createUrlSigner(random: Random, version: SignatureVersion): UrlSigner {
  const secret = randomHex(random, 20);
  const signature = (text: string): string => createHmac('sha1', secret).update(text).digest('base64');
  return {
    sign: (path, now, lifetimeMs) => {
      const token = randomHex(random, 24);
      const query =
        version === 2 ? querySigned2(token, now, lifetimeMs) : querySigned4(token, now, lifetimeMs);
      const signed = signature(textToSign(path, query));
      query.set(version === 2 ? 'Signature' : 'X-Amz-Signature', signed);
      return `${path}?${query.toString()}`;
    },
    verify: (pathWithQuery, now) => {
      const url = new URL(pathWithQuery, 'http://media');
      const query = url.searchParams;
      const given = query.get('Signature') ?? query.get('X-Amz-Signature');
      if (given === null) return 'unsigned';
      query.delete('Signature');
      query.delete('X-Amz-Signature');
      if (given !== signature(textToSign(url.pathname, query))) return 'mismatch';
      return now >= expiryOf(query) ? 'expired' : 'valid';
    },
  };
}

function querySigned2(token: string, now: number, lifetimeMs: number): URLSearchParams {
  return new URLSearchParams({
    AWSAccessKeyId: keyId,
    'x-amz-security-token': token,
    Expires: String(Math.floor((now + lifetimeMs) / 1000)),
  });
}

function querySigned4(token: string, now: number, lifetimeMs: number): URLSearchParams {
  const date = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keyId}/${date.slice(0, 8)}/us-west-2/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(Math.floor(lifetimeMs / 1000)),
    'X-Amz-Security-Token': token,
    'X-Amz-SignedHeaders': 'host',
  });
}

function textToSign(path: string, query: URLSearchParams): string {
  return [path, ...[...query].map(([name, value]) => `${name}=${value}`).sort()].join('\n');
}

function expiryOf(query: URLSearchParams): number {
  const expires = query.get('Expires');
  if (expires !== null) return Number(expires) * 1000;
  const date = query.get('X-Amz-Date') ?? '';
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)?.slice(1).map(Number) ?? [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + Number(query.get('X-Amz-Expires')) * 1000;
}
