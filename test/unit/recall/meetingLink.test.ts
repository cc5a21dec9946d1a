import assert from 'node:assert/strict';
import type { Meeting } from '../../../src/recall/bot.ts';
import { meetingLink } from '../../../src/recall/meetingLink.ts';

const meeting = (parts: Partial<Meeting>): Meeting => ({
  platform: undefined,
  meetingId: undefined,
  url: undefined,
  ...parts,
});

describe('the link of a meeting', () => {
  it('is made of the code of a Google Meet meeting', () => {
    const link = meetingLink(meeting({ platform: 'google_meet', meetingId: 'kqz-mwvp-trb' }));
    assert.equal(link, 'https://meet.google.com/kqz-mwvp-trb');
  });

  it('is the link itself when the API tells that', () => {
    const url = 'https://meet.google.com/kqz-mwvp-trb';
    assert.equal(meetingLink(meeting({ url })), url);
  });

  const without: readonly (readonly [name: string, parts: Partial<Meeting>])[] = [
    ['a cleared meeting', {}],
    ['a Zoom meeting, whose passcode is not known', { platform: 'zoom', meetingId: '90000000002' }],
    ['a Zoom link without its passcode', { url: 'https://zoom.us/j/90000000002' }],
    ['a Teams meeting', { platform: 'microsoft_teams', meetingId: '19:meeting_QUJD@thread.v2' }],
    ['a code of another form', { platform: 'google_meet', meetingId: 'kqz' }],
    ['a code that leads elsewhere', { platform: 'google_meet', meetingId: '../evil.example/kqz-mwvp-trb' }],
    ['a code with a query', { platform: 'google_meet', meetingId: 'kqz-mwvp-trb?authuser=1#x' }],
    ['a code in a text', { platform: 'google_meet', meetingId: 'x https://meet.google.com/kqz-mwvp-trb' }],
    ['an empty code', { platform: 'google_meet', meetingId: '' }],
    ['a link to another host', { url: 'https://meet.google.com.example.com/kqz-mwvp-trb' }],
  ];
  for (const [name, parts] of without) {
    it(`is not known for ${name}`, () => {
      assert.equal(meetingLink(meeting(parts)), undefined);
    });
  }
});
