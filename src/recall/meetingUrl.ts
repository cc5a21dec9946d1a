import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/sentences.ts';
import { appLink, parseLink, unwrapLink } from './linkWrappers.ts';
import { meetingFormOf, platformOfHost } from './meetingForms.ts';
import type { BotSupport, MeetingForm } from './meetingForms.ts';
import { mixedMp3Support, platformName } from './platforms.ts';
import type { Platform } from './platforms.ts';

/** What {@link readMeetingUrl} makes of a text. */
export type MeetingUrlReading =
  /** Not usable as it is; `reason` says what to do. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** An http or https link of no form that is known here. Recall may still accept it. */
  | { readonly kind: 'unrecognised'; readonly url: string; readonly warning: string }
  /** An https link whose host belongs to the platform. */
  | {
      readonly kind: 'recognised';
      readonly url: string;
      readonly platform: Platform;
      readonly warning?: string;
    };

/** Text beyond this many characters is not looked at. */
const longestText = 100_000;
const longestUrl = 4000;
const longestShownHost = 80;

/** What ends a meeting link in a text. None of it occurs unencoded in a link that people are sent. */
const linkToken = /[^\s\p{Cc}\p{Cf}<>"`\\,;|'()[\]*{}^、。，；：！？（）【】「」『』《》‘’“”«»]+/gu;
const linkStart = /(?:https?|zoommtg|zoomus|msteams):/i;
const hostAndSlash = /^[a-z0-9.-]+\.[a-z]{2,}\//i;
const hostName = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\.?(?::\d+)?$/u;
const unsafeInQuery = /[`\\,;|'()[\]*{}^]/g;
const openingMarks = '<"\'`([{*“‘«';
const closingMarks = '>"\'`)]}*”’».,:;!?';

interface Meeting {
  readonly url: string;
  readonly form: MeetingForm;
}

/**
 * Reads what somebody typed or pasted as the link of a meeting: a link, one without `https://`, one that a mail
 * program wrapped, one that opens an app, or a whole invitation, of which the first meeting link counts.
 * Reading the `url` of a reading again gives the same reading.
 */
export function readMeetingUrl(text: string): MeetingUrlReading {
  const excerpt = text.slice(0, longestText);
  const meeting =
    firstMeeting(text, ['yes', 'unsure']) ?? firstMeeting(text, ['no']) ?? meetingInWholeText(excerpt);
  return meeting ? recognised(meeting) : readOtherLink(excerpt);
}

/**
 * Finds the first meeting link in a text, such as the clipboard. Looks at the first 100,000 characters.
 *
 * @returns the link as Recall wants it; undefined when there is none to which Recall may send a bot
 */
export function findMeetingUrl(text: string): string | undefined {
  return firstMeeting(text, ['yes', 'unsure'])?.url;
}

/**
 * One link without what must not be logged or shown: user name, password, the values of its query, its fragment.
 * Takes any text as a link and never throws.
 */
export function withoutSecrets(url: string): string {
  const start = /^\s*(?:[a-z][a-z0-9+.-]*:(?=[/\\]))?[/\\]*/i.exec(url)?.[0] ?? '';
  const [, place = '', query] = /^([^?#]*)(?:\?([^#]*))?/.exec(url.slice(start.length)) ?? [];
  const shown = `${start}${withoutUserInfo(place).replace(/(=|%3d)[^/]*/gi, '$1***')}`;
  return query ? `${shown}?${maskedQuery(query)}` : shown;
}

/** A short name for a meeting, for example "Google Meet kqz-mwvp-trb"; just the platform when it has no number. */
export function meetingLabel(platform: string, meetingId?: string | null): string {
  return meetingId ? `${platformName(platform)} ${meetingId}` : platformName(platform);
}

function firstMeeting(text: string, support: readonly BotSupport[]): Meeting | undefined {
  const excerpt = readable(text.slice(0, longestText));
  for (const token of excerpt.matchAll(linkToken)) {
    const end = token.index + token[0].length;
    const isCutShort = end === excerpt.length && text.length > longestText;
    const link = linkIn(token[0] + unencodedContext(token[0], excerpt, end));
    const meeting = link === undefined || isCutShort ? undefined : meetingAt(link);
    if (meeting && support.includes(meeting.form.bots)) return meeting;
  }
  return undefined;
}

/** Undoes how HTML and JSON write the characters of a link. */
function readable(text: string): string {
  return text
    .replace(/\\u0026/gi, '&')
    .replace(/(?<!\\)\\+\//g, '/')
    .replace(/&(?:amp;)+/gi, '&')
    .replace(/&(?:lt|gt|quot|apos|nbsp|#39);/gi, ' ');
}

function linkIn(token: string): URL | undefined {
  const start = token.search(linkStart);
  const text = withoutEnd(start < 0 ? token : token.slice(start), closingMarks);
  if (text.length > longestUrl) return undefined;
  if (start >= 0) return parseLink(text);
  return hostAndSlash.test(text) ? parseLink(`https://${text}`) : undefined;
}

/** The context of a Teams link that some program decoded: `context={"Tid":"..."}`. */
function unencodedContext(token: string, text: string, end: number): string {
  if (text[end] !== '{' || !token.endsWith('context=')) return '';
  const context = /^\{[^{}\s<>]+\}/.exec(text.slice(end, end + longestUrl))?.[0] ?? '';
  return context.replace(/[{}",:]/g, percentEncoded);
}

function meetingAt(link: URL): Meeting | undefined {
  const inner = unwrapLink(link);
  const url = inner && asMeetingUrl(inner);
  const form = url && meetingFormOf(url);
  return form && url.href.length <= longestUrl ? { url: url.href, form } : undefined;
}

/** Brings a link to the one shape in which it is sent: https, plain host, no fragment, nothing left to interpret. */
function asMeetingUrl(url: URL): URL | undefined {
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined;
  const host = url.hostname.replace(/\.$/, '');
  const query = url.search.replace(unsafeInQuery, percentEncoded);
  return URL.parse(withoutEnd(`https://${host}${url.pathname}${query}`, closingMarks)) ?? undefined;
}

function recognised({ url, form }: Meeting): MeetingUrlReading {
  const warning = meetingWarning(form);
  const { platform } = form;
  return { kind: 'recognised', url, platform, ...(warning === undefined ? {} : { warning }) };
}

function meetingWarning({ platform, bots, note }: MeetingForm): string | undefined {
  const sentences = note === undefined ? [] : [note];
  const name = platformName(platform);
  if (bots === 'unsure') sentences.push(l10n.t('Recall may not accept this kind of {0} link.', name));
  if (bots !== 'no' && mixedMp3Support(platform) === 'doubtful') {
    sentences.push(l10n.t('Recall may not make an MP3 of meetings on {0}.', name));
  }
  const [first, ...more] = sentences;
  return first === undefined ? undefined : joinSentences(first, ...more);
}

function meetingInWholeText(text: string): Meeting | undefined {
  const link = parseWholeText(text);
  return link instanceof URL ? meetingAt(link) : undefined;
}

function readOtherLink(text: string): MeetingUrlReading {
  const link = parseWholeText(text);
  if (typeof link === 'string') return { kind: 'malformed', reason: link };
  const inner = unwrapLink(link);
  if (!inner)
    return {
      kind: 'malformed',
      reason: l10n.t('This link is wrapped too often. Paste the meeting link itself.'),
    };
  if (inner.href.length > longestUrl) return { kind: 'malformed', reason: tooLong() };
  if (!inner.hostname.includes('.')) return { kind: 'malformed', reason: notALink() };
  // What was cut out or unwrapped may read differently on its own.
  if (inner.href !== text) return readMeetingUrl(inner.href);
  return { kind: 'unrecognised', url: inner.href, warning: otherLinkWarning(inner) };
}

const notALink = () => l10n.t('This is not a link. Paste the link of the meeting; it starts with https://.');
const tooLong = () => l10n.t('This link is too long to be a meeting link. Copy it again.');

/** The link that a text as a whole stands for, or the reason why it is none. */
function parseWholeText(text: string): URL | string {
  const visible = text.replace(/[\s\p{Cc}\p{Cf}]/gu, ' ');
  const trimmed = withoutEnd(withoutStart(visible, `${openingMarks} `), `${closingMarks} `);
  if (trimmed === '') return l10n.t('Paste the link of the meeting.');
  if (/^[\d\s-]{9,}$/.test(trimmed)) {
    return l10n.t('This looks like a meeting number. Paste the link of the meeting instead.');
  }
  if (/\s/.test(trimmed)) return parseFirstLink(trimmed);
  return parseSingleLink(trimmed);
}

function parseFirstLink(text: string): URL | string {
  const link = /https?:\/\/[^\s<>"`]+/i.exec(text)?.[0];
  if (link === undefined) return l10n.t('There is no meeting link in this text. Paste the whole link.');
  return parseSingleLink(withoutEnd(link, closingMarks));
}

function parseSingleLink(text: string): URL | string {
  if (text.length > longestUrl) return tooLong();
  if (/^https?:/i.test(text) || appLink.test(text)) {
    return parseLink(text) ?? l10n.t('This link is incomplete or damaged. Copy it again.');
  }
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text))
    return l10n.t('Only links that start with https:// lead to a meeting.');
  const host = /^[^/?#]*/.exec(text)?.[0] ?? '';
  return (hostName.test(host) ? parseLink(`https://${text}`) : undefined) ?? notALink();
}

function otherLinkWarning(url: URL): string {
  const host = url.hostname.slice(0, longestShownHost);
  const platform = platformOfHost(url.hostname);
  if (platform !== undefined) {
    return l10n.t(
      'This is a link to {0}, but not to a meeting as far as is known here. Recall may still accept it.',
      platformName(platform),
    );
  }
  if (url.username !== '' || url.password !== '') {
    return l10n.t(
      'This link leads to {0}, which is not known here as a meeting platform, and has a user name in front of it. Recall may still accept it.',
      host,
    );
  }
  return l10n.t('{0} is not known here as a meeting platform. Recall may still accept the link.', host);
}

function withoutUserInfo(place: string): string {
  const host = /^[^/\\]*/.exec(place)?.[0] ?? '';
  return place.slice(host.lastIndexOf('@') + 1);
}

const shownParameters = ['pwd', 'tk', 'zak', 'p', 'context', 'mtid', 'confno', 'url', 'q'];

function maskedQuery(query: string): string {
  const names = query.split('&').map((parameter) => {
    const name = /^[^=]*(?==)/.exec(parameter)?.[0] ?? '';
    return shownParameters.includes(name.toLowerCase()) ? `${name}=***` : '***';
  });
  return [...new Set(names)].join('&');
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function withoutStart(text: string, marks: string): string {
  let start = 0;
  while (start < text.length && marks.includes(text.charAt(start))) start++;
  return text.slice(start);
}

function withoutEnd(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
