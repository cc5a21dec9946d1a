import assert from 'node:assert/strict';
import { clockTime } from '../../../src/player/page/clockTime.ts';
import { copiedLine, spokenLine } from '../../../src/player/page/spokenLine.ts';

describe('the line that is spoken', () => {
  const lines = [1, 2, 2, 5].map((startS) => ({ startS, endS: startS + 1, text: 'Yes.' }));

  for (const [seconds, line] of [
    [0, undefined],
    [0.99, undefined],
    [1, 0],
    [1.5, 0],
    [2, 2],
    [4.9, 2],
    [5, 3],
    [1000, 3],
  ] as const) {
    it(`is ${line === undefined ? 'none' : `number ${line}`} at ${seconds} s`, () => {
      assert.equal(spokenLine(lines, seconds), line);
    });
  }

  it('is none of no lines', () => {
    assert.equal(spokenLine([], 3), undefined);
  });

  it('is copied with its time and speaker', () => {
    assert.equal(copiedLine('0:12', 'Ana', 'Yes.'), '0:12 Ana: Yes.');
  });
});

describe('a time on the player', () => {
  for (const [seconds, text] of [
    [0, '0:00'],
    [9.99, '0:09'],
    [61, '1:01'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [36_061, '10:01:01'],
    [Number.NaN, '0:00'],
    [Infinity, '0:00'],
    [-1, '0:00'],
  ] as const) {
    it(`of ${seconds} s is ${text}`, () => {
      assert.equal(clockTime(seconds), text);
    });
  }
});
