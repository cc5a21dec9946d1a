import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/sentences.ts';
import { appLink, parseLink, unwrapLink } from './linkWrappers.ts';
import type { Unwrapped } from './linkWrappers.ts';
import { wrappingOf } from './mailGateways.ts';
import { mayBeCutAfter, mayBeCutBefore } from './lineEnds.ts';
import { meetingFormOf, platformOfHost } from './meetingForms.ts';
import type { BotSupport, MeetingForm } from './meetingForms.ts';
import { meetingKeyOf } from './meetingId.ts';
import { readableText } from './meetingText.ts';
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

/**
 * What a meeting link in a text is made of: the characters of a URL, and those that nobody sees. All else, such as
 * brackets, arrows and the words of many languages, does not occur unencoded in a link that people are sent, and ends it.
 */
const linkToken = /(?:[\w\-.~:/?#@!$&+=%]|\p{Cf})+/gu;
const invisible = /\p{Cf}/gu;
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

/** Why a link in a text may not be the one that was meant. */
type Doubt = 'cut' | 'changed' | 'invisible' | 'several';

interface MeetingInText extends Meeting {
  readonly doubts: ReadonlySet<Doubt>;
}

/**
 * Reads what somebody typed or pasted as the link of a meeting: a link, one without `https://`, one that a mail
 * program wrapped or damaged, one that opens an app, or a whole invitation, of which the first meeting counts, by the
 * link that has its passcode. Where the link may be another one than was meant, the warning says so.
 * Reading the `url` of a reading again gives the same url.
 */
export function readMeetingUrl(text: string): MeetingUrlReading {
  const excerpt = text.slice(0, longestText);
  const meeting =
    meetingInText(text, ['yes', 'unsure']) ?? meetingInText(text, ['no']) ?? meetingInWholeText(excerpt);
  return meeting ? recognised(meeting) : readOtherLink(excerpt);
}

/**
 * Finds the meeting link in a text, such as the clipboard. Looks at the first 100,000 characters.
 *
 * @returns the link as Recall wants it; undefined when there is none to which Recall may send a bot
 */
export function findMeetingUrl(text: string): string | undefined {
  return meetingInText(text, ['yes', 'unsure'])?.url;
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

/** The first meeting of a text, by the best link that leads to it. */
function meetingInText(text: string, support: readonly BotSupport[]): MeetingInText | undefined {
  const found = meetingsIn(text).filter(({ form }) => support.includes(form.bots));
  const [first] = found;
  if (!first) return undefined;
  const keys = new Set(found.map(keyOf));
  const sameMeeting = found.filter((meeting) => keyOf(meeting) === keyOf(first));
  const best = sameMeeting.find(({ form }) => !form.lacksPasscode) ?? first;
  return keys.size === 1 ? best : { ...best, doubts: new Set([...best.doubts, 'several']) };
}

function keyOf({ form, url }: Meeting): string {
  return meetingKeyOf(form.platform, url);
}

function meetingsIn(text: string): MeetingInText[] {
  const { text: excerpt, isGuess } = readableText(text.slice(0, longestText));
  const isCutShort = (end: number): boolean => end === excerpt.length && text.length > longestText;
  const meetings: MeetingInText[] = [];
  for (const { 0: token, index } of excerpt.matchAll(linkToken)) {
    const end = index + token.length;
    const found = isCutShort(end)
      ? undefined
      : (meetingInToken(token, unencodedContext(token, excerpt, end)) ??
        meetingInGateway(token, excerpt, index));
    if (!found) continue;
    const doubts = new Set<Doubt>();
    const hasQuery = found.meeting.form.keeps.length > 0;
    if ((hasQuery && mayBeCutAfter(token, excerpt, end)) || mayBeCutBefore(token, excerpt, index))
      doubts.add('cut');
    if (isGuess) doubts.add('changed');
    if (found.hasInvisible) doubts.add('invisible');
    meetings.push({ ...found.meeting, doubts });
  }
  return meetings;
}

interface FoundMeeting {
  readonly meeting: Meeting;
  readonly hasInvisible: boolean;
}

/** The addresses of gateways hold characters, such as commas, that end a meeting link. */
function meetingInGateway(token: string, text: string, start: number): FoundMeeting | undefined {
  const link = token.length < longestUrl ? linkIn(token) : undefined;
  if (!link || wrappingOf(link).kind === 'none') return undefined;
  const whole = /^[^\s<>"]+/.exec(text.slice(start, start + longestUrl))?.[0] ?? '';
  const meeting = whole.length > token.length ? meetingIn(whole) : undefined;
  return meeting && { meeting, hasInvisible: false };
}

/** Invisible characters are no part of a link, unless what comes behind the first of them is a text of its own. */
function meetingInToken(token: string, context: string): FoundMeeting | undefined {
  const whole = meetingIn(token.replace(invisible, '') + context);
  const start = token.search(linkStart);
  const end = token.slice(Math.max(0, start)).search(invisible);
  const first = end < 0 ? undefined : meetingIn(token.slice(0, Math.max(0, start) + end));
  const meeting = whole ?? first;
  return (
    meeting && {
      meeting,
      hasInvisible: first !== undefined && first.url !== whole?.url && whole !== undefined,
    }
  );
}

function meetingIn(token: string): Meeting | undefined {
  const link = linkIn(token);
  const meeting = link && meetingAt(link);
  if (meeting) return meeting;
  // A sentence may go on behind the link without a space.
  const shorter = /^(.*)[.:!?]\p{L}+[.:!?]?$/u.exec(token)?.[1];
  const shorterLink = shorter === undefined ? undefined : linkIn(shorter);
  return shorterLink && meetingAt(shorterLink);
}

function linkIn(token: string): URL | undefined {
  if (token.length > 2 * longestUrl) return undefined;
  const start = token.search(linkStart);
  const text = withoutEnd(start < 0 ? decodedLink(token) : token.slice(start), closingMarks);
  if (text.length > longestUrl) return undefined;
  if (linkStart.test(text)) return parseLink(text);
  return hostAndSlash.test(text) ? parseLink(`https://${text}`) : undefined;
}

const encodedStart = /https?%(?:25)*3a/i;

/** A link that was percent-encoded as a whole, once or more often; any other text as it is. */
function decodedLink(token: string): string {
  let text = token.slice(Math.max(0, token.search(encodedStart)));
  for (let times = 0; times < 3 && encodedStart.test(text); times++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      // A percent sign that stands for itself: then this is no such link.
      return token;
    }
  }
  return text;
}

/** The context of a Teams link that some program decoded: `context={"Tid":"..."}`. */
function unencodedContext(token: string, text: string, end: number): string {
  if (text[end] !== '{' || !token.endsWith('context=')) return '';
  const context = /^\{[^{}\s<>]+\}/.exec(text.slice(end, end + longestUrl))?.[0] ?? '';
  return context.replace(/[{}",:]/g, percentEncoded);
}

function meetingAt(link: URL): Meeting | undefined {
  const inner = unwrapLink(link);
  const bare = inner.kind === 'link' ? asMeetingUrl(inner.url) : undefined;
  // Without the marks behind it, what is left may lead on to another form of the link.
  const further = bare && unwrapLink(bare);
  if (further?.kind === 'link' && further.url !== bare) return meetingAt(further.url);
  const form = bare && meetingFormOf(bare);
  if (!form || bare.href.length > longestUrl) return undefined;
  return { url: withoutEnd(onlyWith(form.keeps, bare).href, closingMarks), form };
}

/** Without the query parameters that the platform does not read: Recall looks for a passcode behind plain ones only. */
function onlyWith(keeps: MeetingForm['keeps'], url: URL): URL {
  if (keeps === 'all') return url;
  const seen = new Set<string>();
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => {
      const name = parameter.slice(0, Math.max(0, parameter.indexOf('='))).toLowerCase();
      const isFirst = !seen.has(name);
      seen.add(name);
      return isFirst && keeps.includes(name);
    });
  const shorter = new URL(url);
  shorter.search = kept.join('&');
  return shorter;
}

/** Brings a link to the one shape in which it is sent: https, plain host, no fragment, nothing left to interpret. */
function asMeetingUrl(url: URL): URL | undefined {
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined;
  const host = url.hostname.replace(/\.$/, '');
  const query = url.search.replace(unsafeInQuery, percentEncoded);
  return URL.parse(withoutEnd(`https://${host}${url.pathname}${query}`, closingMarks)) ?? undefined;
}

function recognised({ url, form, doubts }: MeetingInText): MeetingUrlReading {
  const warning = meetingWarning(form, doubts);
  const { platform } = form;
  return { kind: 'recognised', url, platform, ...(warning === undefined ? {} : { warning }) };
}

// Functions, since the language is not known yet when this file is loaded.
const doubtSentences: Readonly<Record<Doubt, () => string>> = {
  cut: () =>
    l10n.t(
      'This link may be cut off: what follows it looks like the rest of it. Compare it with the invitation.',
    ),
  changed: () => l10n.t('A mail program may have changed this link. Compare it with the invitation.'),
  invisible: () => l10n.t('There are invisible characters in this link. Compare it with the invitation.'),
  several: () => l10n.t('This text has links to several meetings. The bot goes to the first one.'),
};

function meetingWarning(
  { platform, bots, note }: MeetingForm,
  doubts: ReadonlySet<Doubt>,
): string | undefined {
  const sentences = [...doubts].map((doubt) => doubtSentences[doubt]());
  if (note !== undefined) sentences.push(note);
  const name = platformName(platform);
  if (bots === 'unsure') sentences.push(l10n.t('Recall may not accept this kind of {0} link.', name));
  if (bots !== 'no' && mixedMp3Support(platform) === 'doubtful') {
    sentences.push(l10n.t('Recall may not make an MP3 of meetings on {0}.', name));
  }
  const [first, ...more] = sentences;
  return first === undefined ? undefined : joinSentences(first, ...more);
}

function meetingInWholeText(text: string): MeetingInText | undefined {
  const link = parseWholeText(text);
  const meeting = link instanceof URL ? meetingAt(link) : undefined;
  return meeting && { ...meeting, doubts: new Set() };
}

function readOtherLink(text: string): MeetingUrlReading {
  const link = parseWholeText(text);
  if (typeof link === 'string') return { kind: 'malformed', reason: link };
  const unwrapped = unwrapLink(link);
  if (unwrapped.kind !== 'link') return { kind: 'malformed', reason: wrappedReason(unwrapped) };
  const inner = unwrapped.url;
  if (inner.href.length > longestUrl) return { kind: 'malformed', reason: tooLong() };
  if (!inner.hostname.includes('.')) return { kind: 'malformed', reason: notALink() };
  // What was cut out or unwrapped may read differently on its own.
  if (inner.href !== text) return readMeetingUrl(inner.href);
  return { kind: 'unrecognised', url: inner.href, warning: otherLinkWarning(inner) };
}

function wrappedReason(wrapped: Exclude<Unwrapped, { kind: 'link' }>): string {
  return wrapped.kind === 'endless'
    ? l10n.t('This link is wrapped too often. Paste the meeting link itself.')
    : l10n.t(
        '{0} hides the meeting link in this one. Open it in a browser, and paste the address that it leads to.',
        wrapped.gateway,
      );
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
