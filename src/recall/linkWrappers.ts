import { isWithin } from './meetingForms.ts';

/** More wrappers than any mail gateway puts around a link. */
const mostWrappers = 10;

/** The https forms of links that open an app: `zoommtg:`, `zoomus:` and `msteams:`. */
export const appLink = /^(?:zoommtg|zoomus|msteams):/i;

/**
 * Reads an `http:`, `https:` or app link.
 *
 * @returns undefined for other schemes and for what is no URL
 */
export function parseLink(text: string): URL | undefined {
  if (/^https?:/i.test(text)) return URL.parse(text) ?? undefined;
  if (/^msteams:/i.test(text)) return parseTeamsAppLink(text.slice(text.indexOf(':') + 1));
  if (appLink.test(text)) return parseZoomAppLink(text.slice(text.indexOf(':') + 1));
  return undefined;
}

/**
 * Takes off what mail programs and browsers put around a meeting link, as often as it takes.
 *
 * @returns the innermost URL, which is the given one when nothing was around it; undefined when it never ends
 */
export function unwrapLink(url: URL): URL | undefined {
  let current = url;
  for (let count = 0; count <= mostWrappers; count++) {
    const inner = unwrapOnce(current);
    if (!inner) return current;
    current = inner;
  }
  return undefined;
}

function unwrapOnce(url: URL): URL | undefined {
  return redirectTarget(url) ?? teamsPageTarget(url) ?? zoomWebTarget(url);
}

function redirectTarget(url: URL): URL | undefined {
  const target = redirectParameters(url)
    .map((name) => url.searchParams.get(name))
    .find((value) => value !== null && /^https?:/i.test(value));
  return target ? (URL.parse(target) ?? undefined) : undefined;
}

function redirectParameters({ hostname, pathname }: URL): readonly string[] {
  if (isWithin(hostname, ['safelinks.protection.outlook.com', 'safelinks.protection.office365.us'])) {
    return ['url'];
  }
  if (hostname === 'statics.teams.cdn.office.net' && pathname.endsWith('/atp-safelinks.html')) return ['url'];
  if (/^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/.test(hostname) && pathname === '/url') {
    return ['q', 'url'];
  }
  return [];
}

/** Browsers show Teams meetings as `/_#/l/meetup-join/...` or through a page that offers the app. */
function teamsPageTarget(url: URL): URL | undefined {
  if (!isWithin(url.hostname, ['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft'])) {
    return undefined;
  }
  if (/^#\/(?:l\/meetup-join|meet)\//.test(url.hash))
    return URL.parse(url.hash.slice(1), url.href) ?? undefined;
  if (!url.pathname.endsWith('/launcher.html')) return undefined;
  const target = url.searchParams.get('url');
  return target?.startsWith('/') ? (URL.parse(target, url.href) ?? undefined) : undefined;
}

/** Zoom's web client shows `/wc/<number>/join`, where Recall asks for `/wc/join/<number>`. */
function zoomWebTarget(url: URL): URL | undefined {
  const number = /^\/wc\/(\d+)\/(?:join|start)\/?$/.exec(url.pathname)?.[1];
  if (number === undefined || !isWithin(url.hostname, ['zoom.us', 'zoom.com'])) return undefined;
  return URL.parse(`/wc/join/${number}${url.search}`, url.href) ?? undefined;
}

function parseTeamsAppLink(rest: string): URL | undefined {
  const link = rest.startsWith('//') ? `https:${rest}` : `https://teams.microsoft.com${rest}`;
  return URL.parse(link) ?? undefined;
}

function parseZoomAppLink(rest: string): URL | undefined {
  const link = URL.parse(`https:${rest}`);
  const number = link?.searchParams.get('confno');
  if (!link || !number || !/^\d+$/.test(number)) return undefined;
  const meeting = URL.parse(`/j/${number}`, link.href);
  for (const name of ['pwd', 'tk', 'zak']) {
    const value = link.searchParams.get(name);
    if (value) meeting?.searchParams.set(name, value);
  }
  return meeting ?? undefined;
}
