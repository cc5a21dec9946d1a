import assert from 'node:assert/strict';
import { searchLines, wordsOf } from '../../../src/transcripts/searchLines.ts';
import type { TranscriptLine } from '../../../src/transcripts/transcriptLines.ts';

const lines: TranscriptLine[] = [
  ['Ana', 'We have to talk about the budget.'],
  ['Ben', 'The whole budget, or the travel part?'],
  ['Ana', 'Travel. Zoë will not fly any more.'],
  [undefined, '来週の会議は火曜日です。'],
  ['Ben', 'One.'],
  ['Ben', 'Two.'],
  ['Ben', 'Three.'],
  ['Ben', 'Let us move on from travel.'],
].map(([speaker, text = ''], index) => ({
  startS: index * 5,
  endS: index * 5 + 4,
  speaker,
  text,
  words: [],
}));

const found = (query: string): string[] =>
  searchLines(lines, wordsOf(query)).map(
    ({ startS, speaker, text }) => `${startS} ${speaker ?? '?'}: ${text}`,
  );

describe('looking for words in what was said', () => {
  it('finds each line with a word, whatever its case and accents', () => {
    assert.deepEqual(found('BUDGET'), [
      '0 Ana: We have to talk about the budget.',
      '5 Ben: The whole budget, or the travel part?',
    ]);
    assert.deepEqual(found('zoe'), ['10 Ana: Travel. Zoë will not fly any more.']);
  });

  it('wants all the words near each other, in any order, also over several lines', () => {
    assert.deepEqual(found('fly budget'), [
      '0 Ana: We have to talk about the budget. The whole budget, or the travel part? Travel. Zoë will not fly any more.',
    ]);
    assert.deepEqual(found('talk move'), []);
  });

  it('finds words of scripts without spaces', () => {
    assert.deepEqual(found('会議'), ['15 ?: 来週の会議は火曜日です。']);
  });

  it('finds nothing without a word', () => {
    assert.deepEqual(found(' \u200b '), []);
  });
});
