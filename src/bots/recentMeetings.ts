import * as v from 'valibot';
import { meetingIdOf } from '../meetings/meetingId.ts';
import { meetingKey } from '../meetings/meetingKey.ts';
import { meetingLabel, readMeetingUrl, withoutSecrets } from '../meetings/meetingUrl.ts';

/** A meeting that a bot was sent to. */
export interface RecentMeeting {
  /** The link as it was sent, with its passcode: never to be logged, shown in a list or written to a file. */
  readonly url: string;
  /** When a bot was sent, in ms since the epoch. */
  readonly usedAt: number;
}

/** So many meetings are remembered. */
export const MOST_RECENT_MEETINGS = 5;

const LATEST_DATE_MS = 8.64e15;

const storedMeeting = v.object({
  url: v.pipe(
    v.string(),
    v.check((url) => readMeetingUrl(url).kind !== 'malformed'),
  ),
  usedAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LATEST_DATE_MS)),
});

/** Reads what {@link writeRecentMeetings} wrote. What is rubbish is left out, whether it is an entry or all of it. */
export function readRecentMeetings(text: string | undefined): RecentMeeting[] {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.unknown())), text);
  if (!stored.success) return [];
  return tidied(
    stored.output.flatMap((entry) => {
      const meeting = v.safeParse(storedMeeting, entry);
      return meeting.success ? [meeting.output] : [];
    }),
  );
}

/** The meetings as one text, to be kept where secrets are. */
export function writeRecentMeetings(meetings: readonly RecentMeeting[]): string {
  return JSON.stringify(meetings.map(({ url, usedAt }) => ({ url, usedAt })));
}

/** The meetings with one more: each once, by its newest link, the newest first, and only so many as are remembered. */
export function withMeeting(meetings: readonly RecentMeeting[], added: RecentMeeting): RecentMeeting[] {
  return tidied([added, ...meetings]);
}

/** How a meeting is listed: by its platform and its id, never by a passcode. */
export function recentMeetingLabel({ url }: RecentMeeting): string {
  const reading = readMeetingUrl(url);
  if (reading.kind !== 'recognised') return withoutSecrets(url).replace(/^https?:\/\//, '');
  const id = meetingIdOf(reading.platform, reading.url);
  return meetingLabel(reading.platform, id ?? URL.parse(reading.url)?.host);
}

function tidied(meetings: readonly RecentMeeting[]): RecentMeeting[] {
  const byKey = new Map<string, RecentMeeting>();
  for (const meeting of meetings.toSorted((one, other) => other.usedAt - one.usedAt)) {
    const key = meetingKey(meeting.url);
    if (!byKey.has(key)) byKey.set(key, meeting);
  }
  return [...byKey.values()].slice(0, MOST_RECENT_MEETINGS);
}
