import type { Meeting } from './bot.ts';
import { readMeetingUrl } from '../meetings/meetingUrl.ts';

/**
 * The link of a bot's meeting, as far as the API still tells enough to make a whole one. That is so for Google Meet,
 * whose links are the meeting's code and nothing else. The links of other platforms hold a passcode or more that is not
 * kept here; a part of such a link would look right and not let anybody in.
 *
 * @returns undefined when there is no such link
 */
export function meetingLink(meeting: Meeting): string | undefined {
  const { platform, meetingId, url } = meeting;
  const candidate =
    platform === 'google_meet' && meetingId !== undefined ? `https://meet.google.com/${meetingId}` : url;
  if (candidate === undefined) return undefined;
  const reading = readMeetingUrl(candidate);
  const isWhole = reading.kind === 'recognised' && reading.platform === 'google_meet';
  return isWhole && reading.url === candidate ? candidate : undefined;
}

/** A bot's meeting has no link that could be copied. */
export class NoMeetingLinkError extends Error {
  override readonly name = 'NoMeetingLinkError';
  readonly code = 'noMeetingLink';
}
