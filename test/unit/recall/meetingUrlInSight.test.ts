import assert from 'node:assert/strict';
import { findMeetingUrlAt, meetingUrlInSight } from '../../../src/recall/meetingUrlInSight.ts';

const meet = 'https://meet.google.com/kqz-mwvp-trb';
const zoom = 'https://us05web.zoom.us/j/90000000002?pwd=Ab3xYz.1';
const teams =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';

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
      assert.equal(findMeetingUrlAt(line.replace('^', ''), offset), url);
    });
  }

  it('is not looked for in data without a space', () => {
    const data = 'x'.repeat(5000);
    assert.equal(findMeetingUrlAt(data + meet, data.length + 3), undefined);
  });

  it('is found in a long line', () => {
    const data = 'x '.repeat(50_000);
    assert.equal(findMeetingUrlAt(`${data}${meet} ${data}`, data.length + 3), meet);
  });
});

describe('the meeting link in sight', () => {
  const lines = new Map([
    [10, 'Agenda'],
    [11, `Old: ${zoom}`],
    [12, ''],
    [13, ''],
    [14, `New: ${meet}`],
  ]);
  const at = (line: number, character = 0): { line: number; character: number } => ({ line, character });

  it('is the selected one first', () => {
    assert.equal(meetingUrlInSight({ selected: teams, lines, cursor: at(11, 8) }), teams);
  });

  it('is the one under the cursor when the selection holds none', () => {
    assert.equal(meetingUrlInSight({ selected: 'zoom', lines, cursor: at(11, 8) }), zoom);
  });

  it("is the one in the cursor's line", () => {
    assert.equal(meetingUrlInSight({ selected: '', lines, cursor: at(14, 0) }), meet);
  });

  it('is the one in the nearest line', () => {
    assert.equal(meetingUrlInSight({ selected: '', lines, cursor: at(12) }), zoom);
    assert.equal(meetingUrlInSight({ selected: '', lines, cursor: at(13) }), meet);
  });

  it('is the nearest one also when the cursor is off screen', () => {
    assert.equal(meetingUrlInSight({ selected: '', lines, cursor: at(500) }), meet);
  });

  it('is none where none is', () => {
    const plain = new Map([[0, 'const url = "https://example.com/j/1";']]);
    assert.equal(meetingUrlInSight({ selected: '', lines: plain, cursor: at(0) }), undefined);
  });

  it('is not looked for in a line of data', () => {
    const data = new Map([[0, `${'x '.repeat(2000)}${meet}`]]);
    assert.equal(meetingUrlInSight({ selected: '', lines: data, cursor: at(0) }), undefined);
  });
});
