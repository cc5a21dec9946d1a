import assert from 'node:assert/strict';
import {
  readRecentMeetings,
  recentMeetingLabel,
  withMeeting,
  writeRecentMeetings,
} from '../../../src/bots/recentMeetings.ts';
import type { RecentMeeting } from '../../../src/bots/recentMeetings.ts';

const zoom = (number: number, pwd = 'Ab3xYz.1'): string => `https://zoom.us/j/9000000000${number}?pwd=${pwd}`;
const meet = 'https://meet.google.com/kqz-mwvp-trb';

const addedInOrder = (...urls: string[]): RecentMeeting[] =>
  urls.reduce<RecentMeeting[]>((known, url, usedAt) => withMeeting(known, { url, usedAt }), []);
const urls = (meetings: readonly RecentMeeting[]): string[] => meetings.map(({ url }) => url);

describe('recent meetings', () => {
  it('are the newest first', () => {
    assert.deepEqual(urls(addedInOrder(zoom(1), meet, zoom(2))), [zoom(2), meet, zoom(1)]);
  });

  it('are the last five', () => {
    const many = [1, 2, 3, 4, 5, 6, 7].map((number) => zoom(number));
    assert.deepEqual(
      urls(addedInOrder(...many)),
      [7, 6, 5, 4, 3].map((number) => zoom(number)),
    );
  });

  it('are each there once, with the link that was sent last', () => {
    assert.deepEqual(urls(addedInOrder(zoom(1, 'old'), meet, zoom(1, 'new'))), [zoom(1, 'new'), meet]);
  });

  it('stay in order when the clock went back in between', () => {
    const later = withMeeting([], { url: meet, usedAt: 2_000 });
    assert.deepEqual(urls(withMeeting(later, { url: zoom(1), usedAt: 1_000 })), [meet, zoom(1)]);
  });

  it('are read as they were written', () => {
    const meetings = addedInOrder(zoom(1), 'https://example.org/room/7?key=x', meet);
    assert.deepEqual(readRecentMeetings(writeRecentMeetings(meetings)), meetings);
  });

  const rubbish: readonly (readonly [name: string, text: string | undefined])[] = [
    ['nothing', undefined],
    ['an empty text', ''],
    ['no JSON', '{"url":'],
    ['another shape', '{"url":"https://meet.google.com/kqz-mwvp-trb","usedAt":1}'],
    ['null', 'null'],
    ['entries of other types', '[null,7,"x",[],{}]'],
    ['an entry without a time', JSON.stringify([{ url: meet }])],
    ['a time that is none', JSON.stringify([{ url: meet, usedAt: '1' }])],
    ['a time beyond all dates', JSON.stringify([{ url: meet, usedAt: 9e15 }])],
    ['a link that is none', JSON.stringify([{ url: 'javascript:alert(1)', usedAt: 1 }])],
  ];
  for (const [name, text] of rubbish) {
    it(`are none where there is ${name}`, () => {
      assert.deepEqual(readRecentMeetings(text), []);
    });
  }

  it('are read without the entries that are rubbish, in order and each once', () => {
    const text = JSON.stringify([
      { url: meet, usedAt: 1 },
      { url: 7, usedAt: 2 },
      { url: zoom(1, 'new'), usedAt: 4, more: true },
      { url: zoom(1, 'old'), usedAt: 3 },
    ]);
    assert.deepEqual(readRecentMeetings(text), [
      { url: zoom(1, 'new'), usedAt: 4 },
      { url: meet, usedAt: 1 },
    ]);
  });

  const labels: readonly (readonly [url: string, label: string])[] = [
    [zoom(1), 'Zoom 90000000001'],
    [meet, 'Google Meet kqz-mwvp-trb'],
    ['https://acme.webex.com/acme/j.php?MTID=secret', 'Webex acme.webex.com'],
    ['https://user:secret@example.org/room/7?key=secret', 'example.org/room/7?***'],
  ];
  for (const [url, label] of labels) {
    it(`are listed without a passcode: ${label}`, () => {
      assert.equal(recentMeetingLabel({ url, usedAt: 0 }), label);
    });
  }
});
