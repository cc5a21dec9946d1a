import * as l10n from '@vscode/l10n';
import { DEFAULT_REGION, REGIONS, isRegion, regionOrigin } from './regions.ts';
import type { Region } from './regions.ts';
import { RecallError } from './errors.ts';

/**
 * The API origin that the two settings lead to: the base URL when there is one, else the region's.
 *
 * @returns an origin without a trailing slash, such as `https://us-west-2.recall.ai`
 * @throws RecallError `badSetting` when the base URL is not a usable origin, or there is no such region: a mistyped
 *   one must not quietly record in another part of the world
 */
export function apiOriginOf(settings: { readonly region: unknown; readonly apiBaseUrl: unknown }): string {
  if (typeof settings.apiBaseUrl === 'string' && settings.apiBaseUrl.trim() !== '') {
    return readApiBaseUrl(settings.apiBaseUrl.trim());
  }
  return regionOrigin(readRegion(settings.region));
}

function readRegion(region: unknown): Region {
  if (region === undefined || region === null || region === '') return DEFAULT_REGION;
  if (isRegion(region)) return region;
  throw badSetting(l10n.t('The setting recall.region has to be one of {0}.', REGIONS.join(', ')));
}

function readApiBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw badSetting(l10n.t('The setting recall.apiBaseUrl cannot be used: it is not a URL.'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    throw badSetting(
      l10n.t(
        'The setting recall.apiBaseUrl cannot be used: it has to start with https:// (http:// is accepted for this computer only).',
      ),
    );
  }
  if (url.username !== '' || url.password !== '')
    throw badSetting(
      l10n.t('The setting recall.apiBaseUrl cannot be used: it may not contain a user name or password.'),
    );
  if (!/^(\/api\/v1)?\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
    throw badSetting(
      l10n.t(
        'The setting recall.apiBaseUrl cannot be used: it has to be an origin such as https://gateway.example.com, without a path.',
      ),
    );
  }
  return url.origin;
}

/** Whether a URL's host name means this computer. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function badSetting(sentence: string): RecallError {
  return new RecallError('badSetting', sentence);
}
