import * as l10n from '@vscode/l10n';
import { DownloadError } from './errors.ts';

/**
 * Reads a media URL and refuses what must not be fetched: anything but https, save http on this machine itself.
 *
 * @param from the URL that redirected here; http is then only followed when that one was on this machine, too
 * @throws DownloadError `insecureUrl`
 */
export function parseMediaUrl(text: string, from?: URL): URL {
  const url = URL.canParse(text, from?.href) ? new URL(text, from) : undefined;
  // The text is left out of the message: it may hold a signature.
  if (url === undefined)
    throw new DownloadError('insecureUrl', l10n.t('The recording has no valid download address.'));
  if (url.username !== '' || url.password !== '') {
    throw new DownloadError('insecureUrl', l10n.t('The download address on {0} holds a password.', url.host));
  }
  const local = url.protocol === 'http:' && isLoopback(url) && (from === undefined || isLoopback(from));
  if (url.protocol !== 'https:' && !local) {
    const kind = url.protocol.replace(/:$/, '');
    throw new DownloadError(
      'insecureUrl',
      l10n.t('The recording is only downloaded over https, not over {0}.', kind),
    );
  }
  return url;
}

/** Origin and path: what may be logged of a pre-signed URL. */
export function withoutQuery(url: URL): string {
  return url.origin + url.pathname;
}

/**
 * When a pre-signed URL stops working, as it says itself (signature version 2 and 4).
 *
 * @returns milliseconds since the epoch; undefined when it does not say
 */
export function expiryOf(url: URL): number | undefined {
  const fields = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const expires = fields.get('expires');
  if (expires !== undefined && /^\d{1,12}$/.test(expires)) return Number(expires) * 1000;
  const lifetime = fields.get('x-amz-expires');
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(fields.get('x-amz-date') ?? '');
  if (lifetime === undefined || !/^\d{1,9}$/.test(lifetime) || date === null) return undefined;
  const [, year, month, day, hour, minute, second] = date.map(Number);
  const signed = Date.UTC(year ?? NaN, (month ?? NaN) - 1, day, hour, minute, second);
  return Number.isNaN(signed) ? undefined : signed + Number(lifetime) * 1000;
}

function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
