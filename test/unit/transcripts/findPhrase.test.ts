import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PhraseFinder, placesOf } from '../../../src/transcripts/findPhrase.ts';

describe('looking for a phrase in a transcript', () => {
  const find = (phrase: string, ...lines: string[]): number[] => new PhraseFinder(lines).find(phrase);

  it('finds every line that has it, whatever accents, case and spaces', () => {
    assert.deepEqual(find('cafe', 'The Café is open', 'No', 'CAFÉS'), [0, 2]);
    assert.deepEqual(find('  THE   cafe ', 'The Café is open'), [0]);
    assert.deepEqual(find('strasse', 'In der Straße'), [0]);
  });

  it('finds what begins at the end of a line and goes on in the next, once', () => {
    assert.deepEqual(find('new search', 'We have a new', 'search since Tuesday'), [0]);
    assert.deepEqual(find('search', 'We have a new', 'search since Tuesday'), [1]);
    assert.deepEqual(find('new search', 'a new', 'new search'), [1]);
    assert.deepEqual(find('会議を始め', '会議を', '始めます'), [0]);
  });

  it('finds nothing of nothing', () => {
    for (const phrase of ['', '   ', '\u200b']) assert.deepEqual(find(phrase, 'a b', ''), []);
  });

  it('marks it where it stands in the line, with its accents', () => {
    const marked = (phrase: string, line: string): string[] =>
      placesOf(phrase, line).map(([start, end]) => line.slice(start, end));
    assert.deepEqual(marked('cafe', 'Cafe\u0301, café, CAFES'), ['Cafe\u0301', 'café', 'CAFE']);
    assert.deepEqual(marked('ss', 'Straße'), ['ß']);
    assert.deepEqual(marked('会议', '今天的会议很短'), ['会议']);
    assert.deepEqual(marked('하', '한국'), ['한']);
    assert.deepEqual(marked('f', 'ﬁn'), ['ﬁ']);
    assert.deepEqual(marked('b', 'a'), []);
  });

  it('bears a letter with more accents than anybody writes', () => {
    const line = `a${'\u0301'.repeat(300_000)}b`;
    assert.deepEqual(placesOf('b', line), [[line.length - 1, line.length]]);
  });

  it('marks parts of any line that are in order, apart and within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (phrase, line) => {
        let from = 0;
        for (const [start, end] of placesOf(phrase, line)) {
          assert.ok(start >= from && end > start && end <= line.length);
          from = end;
        }
      }),
    );
  });
});
