import assert from 'node:assert/strict';
import { meetingLinkAt, meetingLinksInLine } from '../../../src/meetings/meetingLinksInLine.ts';

const meet = 'https://meet.google.com/kqz-mwvp-trb';
const zoom = 'https://us05web.zoom.us/j/90000000002?pwd=Ab3xYz.1';
const teams =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';

const urlAt = (line: string, offset: number): string | undefined => meetingLinkAt(line, offset)?.url;

describe('the meeting link under the cursor', () => {
  const marked: readonly (readonly [name: string, line: string, url: string | undefined])[] = [
    ['in its middle', `Join ${meet.slice(0, 15)}^${meet.slice(15)} now`, meet],
    ['at its start', `Join ^${meet} now`, meet],
    ['at its end', `Join ${meet}^ now`, meet],
    ['at the start of the line', `^${zoom}`, zoom],
    ['at the end of the line', `${zoom}^`, zoom],
    ['in front of a link in parentheses', `see [meeting^](${zoom}), all`, zoom],
    ['in a link in angle brackets', `<${teams.slice(0, 30)}^${teams.slice(30)}>`, teams],
    ['in the first of two links', `${zoom.slice(0, 9)}^${zoom.slice(9)} ${meet}`, zoom],
    ['in the second of two links', `${zoom} ${meet.slice(0, 9)}^${meet.slice(9)}`, meet],
    ['in the first of two cells', `|${zoom.slice(0, 9)}^${zoom.slice(9)}|${meet}|`, zoom],
    ['in the second of two cells', `|${zoom}|${meet.slice(0, 9)}^${meet.slice(9)}|`, meet],
    ['in a bare link', 'at zoom.us/j/9000^0000002 today', 'https://zoom.us/j/90000000002'],
    ['in a wrapped link', `https://www.google.com/url?q=${meet.slice(0, 9)}^${meet.slice(9)}`, meet],
    ['in a word beside it', `Jo^in ${meet}`, undefined],
    ['in no link', 'Nothing he^re', undefined],
    ['in another link', `https://exam^ple.com/j/1 ${meet}`, undefined],
    ['in an empty line', '^', undefined],
  ];
  for (const [name, line, url] of marked) {
    it(`is found with the cursor ${name}`, () => {
      const offset = line.indexOf('^');
      assert.equal(urlAt(line.replace('^', ''), offset), url);
    });
  }

  it('is not looked for in data without a space', () => {
    const data = 'x'.repeat(5000);
    assert.equal(urlAt(data + meet, data.length + 3), undefined);
  });

  it('is found in a long line', () => {
    const data = 'x '.repeat(50_000);
    assert.equal(urlAt(`${data}${meet} ${data}`, data.length + 3), meet);
  });
});

describe('the meeting links in a line', () => {
  /** What stands at the places of the links, with the links. */
  const found = (line: string): (readonly [text: string, url: string])[] =>
    meetingLinksInLine(line).map(({ url, start, end }) => [line.slice(start, end), url]);

  const lines: readonly (readonly [name: string, line: string, found: (readonly [string, string])[]])[] = [
    ['none', 'Listening on http://localhost:3000/', []],
    ['none that is a meeting', 'See https://zoom.us/pricing and https://meet.google.com/', []],
    ['one in words', `Join ${zoom}, or call.`, [[zoom, zoom]]],
    ['one at the end of a sentence', `Join ${meet}.`, [[meet, meet]]],
    ['one in angle brackets', `<${teams}>`, [[teams, teams]]],
    ['one in JSON', `{"url":"${zoom}","id":1}`, [[zoom, zoom]]],
    [
      'one without https',
      '(zoom.us/j/90000000002)',
      [['zoom.us/j/90000000002', 'https://zoom.us/j/90000000002']],
    ],
    [
      'one behind a word',
      'see(zoom.us/j/90000000002)',
      [['zoom.us/j/90000000002', 'https://zoom.us/j/90000000002']],
    ],
    [
      'one that opens an app',
      'zoommtg://zoom.us/join?confno=90000000002&pwd=x',
      [['zoommtg://zoom.us/join?confno=90000000002&pwd=x', 'https://zoom.us/j/90000000002?pwd=x']],
    ],
    [
      'two side by side',
      `|${zoom}|${meet}|`,
      [
        [zoom, zoom],
        [meet, meet],
      ],
    ],
    [
      'two apart',
      `${meet} ${zoom}`,
      [
        [meet, meet],
        [zoom, zoom],
      ],
    ],
  ];
  for (const [name, line, expected] of lines) {
    it(`are found: ${name}`, () => {
      assert.deepEqual(found(line), expected);
    });
  }

  it('are found in a wrapped link as a whole', () => {
    const wrapped = `https://www.google.com/url?q=${encodeURIComponent(zoom)}`;
    assert.deepEqual(found(`at ${wrapped}`), [[wrapped, zoom]]);
  });

  it('are not looked for far out in a long line, and never cut in two', () => {
    const words = 'word '.repeat(3_988);
    assert.deepEqual(found(`${words}${meet} more`), [[meet, meet]]);
    assert.deepEqual(found(`${words}word word ${zoom} ${words}`), []);
    assert.deepEqual(found(`${'word '.repeat(4_000)}${meet}`), []);
  });

  it('cost nothing noticeable in lines of any kind', () => {
    const hard = [
      'zoom'.repeat(50_000),
      'https:'.repeat(600),
      `${'(zoom.us/j/'.repeat(300)} `.repeat(90),
      '"teams,'.repeat(500),
    ];
    const before = performance.now();
    for (const line of hard) {
      meetingLinksInLine(line);
      meetingLinkAt(line, Math.floor(line.length / 2));
    }
    assert.ok(performance.now() - before < 1_000);
  });
});
