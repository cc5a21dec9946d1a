import assert from 'node:assert/strict';
import { meetingIdOf } from '../../../src/meetings/meetingId.ts';
import { meetingKey } from '../../../src/meetings/meetingKey.ts';
import { readMeetingUrl } from '../../../src/meetings/meetingUrl.ts';

const secret = 'Ab3xYz';
const thread = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2';

function idOf(url: string): string | undefined {
  const reading = readMeetingUrl(url);
  assert.ok(reading.kind === 'recognised', url);
  return meetingIdOf(reading.platform, reading.url);
}

describe('the id of a meeting in its link', () => {
  const ids: readonly (readonly [url: string, id: string | undefined])[] = [
    [`https://us05web.zoom.us/j/90000000002?pwd=${secret}.1`, '90000000002'],
    [`https://zoom.us/wc/join/90000000002?pwd=${secret}`, '90000000002'],
    [`https://zoom.us/w/90000000002?tk=${secret}`, '90000000002'],
    ['https://acme.zoom.us/my/teamroom', 'teamroom'],
    [`https://events.zoom.us/ejl/${secret}`, undefined],
    ['https://meet.google.com/kqz-mwvp-trb', 'kqz-mwvp-trb'],
    [`https://teams.microsoft.com/meet/2000000000001?p=${secret}`, '2000000000001'],
    [`https://teams.live.com/meet/9300000000001?p=${secret}`, '9300000000001'],
    [`${thread}/0?context=%7b%22Tid%22%3a%22${secret}%22%7d`, '19:meeting_QUJD@thread.v2'],
    [`https://acme.webex.com/acme/j.php?MTID=${secret}`, undefined],
    ['https://acme.webex.com/meet/room1', 'room1'],
    ['https://app.goto.com/meeting/600000001', '600000001'],
    ['https://global.gotomeeting.com/join/600000001', '600000001'],
  ];
  for (const [url, id] of ids) {
    it(`is ${id ?? 'not there'}: ${url}`, () => {
      assert.equal(idOf(url), id);
    });
  }
});

describe('the key of a meeting', () => {
  const same: readonly (readonly [one: string, other: string])[] = [
    ['https://us05web.zoom.us/j/90000000002?pwd=a', 'https://zoom.us/wc/join/90000000002?pwd=b'],
    ['https://meet.google.com/kqz-mwvp-trb', 'https://meet.google.com/kqz-mwvp-trb?authuser=1'],
    [`${thread}/0?context=%7b%7d`, `${thread.replace('%3a', '%3A')}/0?context=%7b%22Tid%22%3a%22t%22%7d`],
    ['https://app.goto.com/meeting/600000001', 'https://global.gotomeeting.com/join/600000001'],
  ];
  for (const [one, other] of same) {
    it(`is one for ${one} and ${other}`, () => {
      assert.equal(meetingKey(one), meetingKey(other));
    });
  }

  const different: readonly (readonly [one: string, other: string])[] = [
    ['https://zoom.us/j/90000000002', 'https://zoom.us/j/90000000003'],
    ['https://acme.webex.com/meet/room1', 'https://other.webex.com/meet/room1'],
    ['https://acme.webex.com/acme/j.php?MTID=m1', 'https://acme.webex.com/acme/j.php?MTID=m2'],
    ['https://zoom.us/j/600000001', 'https://app.goto.com/meeting/600000001'],
    ['https://example.org/room/7', 'https://example.org/room/8'],
  ];
  for (const [one, other] of different) {
    it(`tells ${one} from ${other}`, () => {
      assert.notEqual(meetingKey(one), meetingKey(other));
    });
  }
});
