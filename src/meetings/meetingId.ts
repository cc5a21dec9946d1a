import type { Platform } from './platforms.ts';

const TEAMS_ID = /\/(?:meet|meetup-join|message)\/([^/]+)/;

/** Where in the path of its links a platform names the meeting. What stands in the query is never a part of it. */
const ID_IN_PATH: Partial<Record<Platform, RegExp>> = {
  zoom: /^\/(?:[jsw]|wc\/join|wc|my)\/([\w.~-]+)(?:\/(?:start|join))?\/?$/,
  google_meet: /^\/(\w{3}-\w{4}-\w{3})\/?$/,
  microsoft_teams: TEAMS_ID,
  microsoft_teams_live: TEAMS_ID,
  webex: /^\/(?:meet|join)\/([\w.~-]+)\/?$/,
  goto_meeting: /\/([\w.~-]+)\/?$/,
};

/**
 * The number or name by which a platform knows the meeting of a link: "90000001234", "kqz-mwvp-trb". Can be shown: it
 * is never a passcode.
 *
 * @param url the link of a meeting on `platform`, as `readMeetingUrl` gives it
 * @returns undefined when the link holds none
 */
export function meetingIdOf(platform: Platform, url: string): string | undefined {
  const path = URL.parse(url)?.pathname ?? '';
  const id = ID_IN_PATH[platform]?.exec(path)?.[1];
  return id?.replace(/%3a/gi, ':').replace(/%40/g, '@');
}

/**
 * A text that is the same for all links that lead to one meeting of a platform, whatever their passcodes. Not for
 * showing: of a link that names no meeting it is the whole link.
 *
 * @param url as for {@link meetingIdOf}
 */
export function meetingKeyOf(platform: Platform, url: string): string {
  const id = meetingIdOf(platform, url);
  if (id === undefined) return url;
  // A number is one over the whole platform, a name only on its host.
  const place = /^\d+$/.test(id) ? '' : (URL.parse(url)?.host ?? '');
  return [platform, place, id].join(' ');
}
