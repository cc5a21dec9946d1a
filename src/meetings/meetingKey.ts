import { meetingKeyOf } from './meetingId.ts';
import { readMeetingUrl } from './meetingUrl.ts';

/** A text that is the same for all links that lead to one meeting; of what is no meeting here, the whole link. */
export function meetingKey(url: string): string {
  const reading = readMeetingUrl(url);
  return reading.kind === 'recognised' ? meetingKeyOf(reading.platform, reading.url) : url;
}
