import assert from 'node:assert/strict';
import { MAY_HOLD_MEETING_LINK } from '../../../src/meetings/mayHoldMeetingLink.ts';
import * as pasted from './pastedLinks.ts';

describe('a text that may hold a meeting link', () => {
  const groups = [pasted.wrapped, pasted.otherForms, pasted.damaged, pasted.touched, pasted.sameMeeting];
  for (const [name, { text, link }] of groups.flatMap((group) => Object.entries(group))) {
    // A host in two pieces can be told from prose only by whoever reads the whole text.
    const isBroken = /zo\s*\u00ad?om\.us/.test(text) && !text.includes('zoom.us');
    if (link === undefined || isBroken) continue;
    it(`is one that holds one: ${name}`, () => {
      assert.match(text, MAY_HOLD_MEETING_LINK);
      assert.match(link, MAY_HOLD_MEETING_LINK);
    });
  }

  for (const link of [
    'https://zoom.com.cn/j/90000000007',
    'https://acme.zoomgov.com/j/90000000007',
    'https://acme.zoom-x.de/j/90000000007',
    'https://stream.meet.google.com/stream/0e0e',
    'https://teams.live.com/meet/9000000000001?p=a',
    'https://teams.cloud.microsoft/meet/2000000000001?p=a',
    'https://teams.microsoft.us/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d',
    'https://acme.webex.com/meet/ana',
    'https://app.goto.com/meeting/900000007',
    'https://meet.goto.com/900000007',
    'https://global.gotomeeting.com/join/900000007',
    'https://www.gotomeet.me/ana',
  ]) {
    it(`is one with a link of any platform: ${link}`, () => {
      assert.match(link, MAY_HOLD_MEETING_LINK);
    });
  }

  for (const text of [
    'The meeting begins at nine. We meet. Teams zoom in.',
    'const meeting = zoom.level > 1 ? teams.first : goto(meet.at);',
    "import { meetingUrl } from '../meetings/meetingUrl.ts';",
    'https://example.com/meeting/teams/webex',
    'webex.ts, zoom.css and teams.json',
  ]) {
    it(`is none of prose or code: ${text}`, () => {
      assert.doesNotMatch(text, MAY_HOLD_MEETING_LINK);
    });
  }
});
