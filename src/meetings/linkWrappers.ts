import { isWithin } from './domains.ts';
import { wrappingOf } from './mailGateways.ts';

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

/** What is left of a link when everything around it was taken off. */
export type Unwrapped =
  | { readonly kind: 'link'; readonly url: URL }
  /** A mail gateway keeps the link to itself. */
  | { readonly kind: 'hidden'; readonly gateway: string }
  | { readonly kind: 'endless' };

/**
 * Takes off what mail programs and browsers put around a meeting link, as often as it takes.
 *
 * @returns the innermost link, which is the given one when nothing was around it
 */
export function unwrapLink(url: URL): Unwrapped {
  let current = url;
  for (let count = 0; count <= mostWrappers; count++) {
    const wrapping = wrappingOf(current);
    if (wrapping.kind === 'hidden') return wrapping;
    const inner = wrapping.kind === 'wrapped' ? wrapping.target : pageTarget(current);
    if (!inner) return { kind: 'link', url: current };
    current = inner;
  }
  return { kind: 'endless' };
}

/** Where a page of the platform itself leads to. */
function pageTarget(url: URL): URL | undefined {
  return teamsPageTarget(url) ?? zoomWebTarget(url) ?? meetPageTarget(url);
}

const teamsHosts = ['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft', 'teams.microsoft.us'];

/** Browsers show Teams meetings as `/_#/l/meetup-join/...` or through a page that offers the app. */
function teamsPageTarget(url: URL): URL | undefined {
  if (!isWithin(url.hostname, teamsHosts)) {
    return undefined;
  }
  if (/^#\/(?:l\/meetup-join|meet)\//.test(url.hash))
    return URL.parse(url.hash.slice(1), url.href) ?? undefined;
  if (!url.pathname.endsWith('/launcher.html')) return undefined;
  const target = url.searchParams.get('url');
  return target?.startsWith('/') ? (URL.parse(target, url.href) ?? undefined) : undefined;
}

/** Zoom's web client shows `/wc/<number>/join`, where Recall asks for `/wc/join/<number>`; `/join` has the number behind it. */
function zoomWebTarget(url: URL): URL | undefined {
  if (!isWithin(url.hostname, ['zoom.us', 'zoom.com', 'zoom-x.de'])) return undefined;
  const number = /^\/wc\/(\d+)\/(?:join|start)\/?$/.exec(url.pathname)?.[1];
  if (number !== undefined) return URL.parse(`/wc/join/${number}${url.search}`, url.href) ?? undefined;
  return /^\/join\/?$/.test(url.pathname) ? zoomMeeting(url) : undefined;
}

/** Google Meet shows `/_meet/<code>` for a moment, and `/u/<account>/<code>` to people with several accounts. */
function meetPageTarget(url: URL): URL | undefined {
  if (url.hostname !== 'meet.google.com') return undefined;
  const code = /^(?:\/_meet|\/u\/\d+){1,2}(\/\w{3}-\w{4}-\w{3})\/?$/.exec(url.pathname)?.[1];
  return code === undefined ? undefined : (URL.parse(code, url.href) ?? undefined);
}

function parseTeamsAppLink(rest: string): URL | undefined {
  const link = rest.startsWith('//') ? `https:${rest}` : `https://teams.microsoft.com${rest}`;
  return URL.parse(link) ?? undefined;
}

function parseZoomAppLink(rest: string): URL | undefined {
  const link = URL.parse(`https:${rest}`);
  return link ? zoomMeeting(link) : undefined;
}

/** The meeting whose number is in a query. */
function zoomMeeting(link: URL): URL | undefined {
  const number = link.searchParams.get('confno');
  if (!number || !/^\d+$/.test(number)) return undefined;
  const meeting = URL.parse(`/j/${number}`, link.href);
  for (const name of ['pwd', 'tk', 'zak']) {
    const value = link.searchParams.get(name);
    if (value) meeting?.searchParams.set(name, value);
  }
  return meeting ?? undefined;
}
