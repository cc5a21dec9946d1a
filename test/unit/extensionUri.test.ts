import assert from 'node:assert/strict';
import { playLink, readExtensionUri } from '../../src/extensionUri.ts';

const zoom = 'https://us05web.zoom.us/j/90000000002?pwd=Ab3xYz.1';
const botId = '6f1a2b3c-1111-4222-8333-944445555666';

describe('a link to the extension', () => {
  const meetings: readonly (readonly [name: string, inLink: string, url: string])[] = [
    ['a link', zoom, zoom],
    [
      'a link with several parameters',
      'https://zoom.us/w/90000000005?tk=tOkEn&pwd=q1w2',
      'https://zoom.us/w/90000000005?tk=tOkEn&pwd=q1w2',
    ],
    [
      'a Teams link that kept its own escapes',
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d',
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d',
    ],
    [
      'a link that a mail program wrapped',
      'https://www.google.com/url?q=https://meet.google.com/kqz-mwvp-trb',
      'https://meet.google.com/kqz-mwvp-trb',
    ],
  ];
  for (const [name, inLink, url] of meetings) {
    it(`sends a bot to the meeting of ${name}`, () => {
      const read = readExtensionUri('/send', `url=${inLink}`);
      assert.ok(read.kind === 'send', JSON.stringify(read));
      assert.equal(read.meeting.url, url);
    });
  }

  it('names the platform, and what the user should know about the link', () => {
    const read = readExtensionUri('/send', 'url=https://zoom.us/j/90000000004');
    assert.ok(read.kind === 'send');
    assert.equal(read.meeting.platform, 'zoom');
    assert.match(read.meeting.warning ?? '', /passcode/);
  });

  it('downloads the MP3 of a bot', () => {
    assert.deepEqual(readExtensionUri('/download', `bot=${botId}`), { kind: 'download', botId });
  });

  it('plays a recording from a second on, as the times of transcripts lead there', () => {
    for (const [seconds, read] of [
      [0, 0],
      [12.34, 12.3],
      [35_999.99, 35_999.9],
    ] as const) {
      const link = new URL(playLink('vscode://meeting-audio.recall-meeting-audio', 'rec-1', seconds));
      assert.deepEqual(readExtensionUri(link.pathname, link.search.slice(1)), {
        kind: 'play',
        recordingId: 'rec-1',
        seconds: read,
      });
    }
  });

  const refused: readonly (readonly [name: string, path: string, query: string])[] = [
    ['no path', '', `url=${zoom}`],
    ['the root', '/', `url=${zoom}`],
    ['another path', '/delete', `bot=${botId}`],
    ['a path in capitals', '/SEND', `url=${zoom}`],
    ['a path with more behind it', '/send/now', `url=${zoom}`],
    ['a path that ends in a slash', '/send/', `url=${zoom}`],
    ['no parameter', '/send', ''],
    ['a recording without a time', '/play', 'recording=rec-1'],
    ['a recording that is a path', '/play', 'recording=../rec-1&t=1'],
    ['a time before the recording', '/play', 'recording=rec-1&t=-1'],
    ['a time that is none', '/play', 'recording=rec-1&t=1e9'],
    ['more behind the time', '/play', 'recording=rec-1&t=1&file=/etc/passwd'],
    ['an empty parameter', '/send', 'url='],
    ['the parameter of the other path', '/send', `bot=${botId}`],
    ['another parameter first', '/send', `name=Spy&url=${zoom}`],
    ['a parameter in capitals', '/send', `URL=${zoom}`],
    [
      'a second parameter behind a link without a query',
      '/send',
      'url=https://meet.google.com/kqz-mwvp-trb&x=1',
    ],
    ['an http link', '/send', `url=${zoom.replace('https', 'http')}`],
    ['a script', '/send', 'url=javascript:alert(1)'],
    ['a file', '/send', 'url=file:///etc/passwd'],
    ['a link without https', '/send', 'url=zoom.us/j/90000000002'],
    ['a text with a link in it', '/send', `url=Join now: ${zoom}`],
    ['two links', '/send', `url=${zoom} ${zoom}`],
    ['a link with invisible characters', '/send', `url=${zoom}\u202e`],
    ['a host that only looks like a platform', '/send', 'url=https://zoom.us.example.com/j/90000000002'],
    ['an unknown host', '/send', 'url=https://example.com/j/90000000002'],
    ['a page of a platform that is no meeting', '/send', 'url=https://zoom.us/pricing'],
    ['a link that is far too long', '/send', `url=${zoom}&x=${'a'.repeat(9000)}`],
    ['a bot without an id', '/download', 'bot='],
    ['a bot id that leads elsewhere', '/download', 'bot=../bot'],
    ['a bot id with more behind it', '/download', `bot=${botId}&folder=/tmp`],
    ['a bot id with spaces', '/download', `bot= ${botId}`],
  ];
  for (const [name, path, query] of refused) {
    it(`is refused with ${name}`, () => {
      const read = readExtensionUri(path, query);
      assert.ok(read.kind === 'refused', JSON.stringify(read));
      assert.match(read.reason, /^[A-Z].*\.$/);
    });
  }

  it('is not repeated in the refusal', () => {
    const read = readExtensionUri('/send', 'url=https://evil.example/[Click](command:x)');
    assert.ok(read.kind === 'refused');
    assert.doesNotMatch(read.reason, /evil|command/);
  });
});
