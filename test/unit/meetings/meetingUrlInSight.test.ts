import assert from 'node:assert/strict';
import { meetingUrlInSight } from '../../../src/meetings/meetingUrlInSight.ts';

const meet = 'https://meet.google.com/kqz-mwvp-trb';
const zoom = 'https://us05web.zoom.us/j/90000000002?pwd=Ab3xYz.1';
const teams =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';

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
