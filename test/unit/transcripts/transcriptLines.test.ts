import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MOST_COLUMNS, transcriptLines } from '../../../src/transcripts/transcriptLines.ts';
import { columnsOf, joinText } from '../../../src/transcripts/textWidth.ts';
import { anyTurns, caption, wordsOf } from './spoken.ts';

describe('the lines of a transcript', () => {
  const textsOf = (...turns: Parameters<typeof transcriptLines>[0]): string[] =>
    transcriptLines(turns).map(({ text }) => text);

  it('are sentences, each with its times and the times of its words', () => {
    const words = wordsOf('Good morning everybody. Shall we begin?', 10, 0.5);
    assert.deepEqual(transcriptLines([{ speaker: 'Ana', words }]), [
      {
        ...{ startS: 10, endS: 11.5, speaker: 'Ana', text: 'Good morning everybody.' },
        words: [
          { text: 'Good', startS: 10 },
          { text: 'morning', startS: 10.5 },
          { text: 'everybody.', startS: 11 },
        ],
      },
      {
        ...{ startS: 11.5, endS: 13, speaker: 'Ana', text: 'Shall we begin?' },
        words: [
          { text: 'Shall', startS: 11.5 },
          { text: 'we', startS: 12 },
          { text: 'begin?', startS: 12.5 },
        ],
      },
    ]);
  });

  it('do not leave a short answer alone', () => {
    assert.deepEqual(textsOf({ speaker: 'Ana', words: wordsOf('Yes. I think so.', 0) }), [
      'Yes. I think so.',
    ]);
  });

  it('end with a breath', () => {
    const words = [...wordsOf('well let me think', 0), ...wordsOf('about it', 2.7)];
    assert.deepEqual(textsOf({ speaker: 'Ana', words }), ['well let me think', 'about it']);
  });

  it('are no longer than seven seconds, nor than two lines of captions', () => {
    const slow = { speaker: 'Ana', words: wordsOf('one two three four five six seven eight nine ten', 0, 1) };
    assert.deepEqual(textsOf(slow), ['one two three four five six seven', 'eight nine ten']);
    const fast = { speaker: 'Ana', words: wordsOf('incomprehensibility '.repeat(9).trim(), 0, 0.3) };
    for (const text of textsOf(fast)) assert.ok(text.length <= MOST_COLUMNS, text);
  });

  it('cut a caption that is longer into sentences, each with its share of the time', () => {
    const text = 'The first sentence is here. And this is the second one!';
    assert.deepEqual(
      transcriptLines([caption('Ana', text, 10, 15)]).map(({ startS, endS, text: part, words }) => [
        ...[part, Math.round(startS * 10) / 10, Math.round(endS * 10) / 10],
        words.length,
      ]),
      [
        ['The first sentence is here.', 10, 12.5, 0],
        ['And this is the second one!', 12.5, 15, 0],
      ],
    );
  });

  it('cut a sentence without an end at its words, in parts of about the same length', () => {
    const parts = textsOf(caption('Ana', 'and then we went on '.repeat(10).trim(), 0, 12));
    assert.equal(parts.join(' '), 'and then we went on '.repeat(10).trim());
    assert.equal(parts.length, 3);
    for (const part of parts) assert.ok(part.length > 50 && part.length <= MOST_COLUMNS, part);
  });

  it('break Chinese and Japanese without spaces, by their width', () => {
    const sentence =
      '今日の会議ではまず予算について話し合いたいと思いますがよろしいでしょうかご意見をお聞かせくださいお願いします';
    const parts = textsOf(caption('花子', sentence, 0, 12));
    assert.equal(parts.join(''), sentence);
    for (const part of parts) assert.ok(columnsOf(part) <= MOST_COLUMNS, part);
    const words = ['你', '好', '，', '世界', '。'].map((text, index) => ({
      text,
      startS: index,
      endS: index + 1,
    }));
    assert.deepEqual(textsOf({ speaker: undefined, words }), ['你好，世界。']);
  });

  it('get times that are not told from what is around them', () => {
    const words = ['one', 'two', 'three'].map((text, index) => ({
      text,
      startS: index === 0 ? 5 : undefined,
      endS: undefined,
    }));
    const [line] = transcriptLines([{ speaker: 'Ana', words }]);
    assert.equal(line?.startS, 5);
    assert.ok(line.endS > 5.5 && line.endS < 7, `${line.endS}`);
    const [untimed] = transcriptLines([caption('Ana', 'Hello there.', 3, 5), caption('Ben', 'Hi.')]).slice(
      -1,
    );
    assert.equal(untimed?.startS, 3);
  });

  it('come in the order of their times, whoever speaks', () => {
    const lines = transcriptLines([
      { speaker: 'Ana', words: [...wordsOf('I was going to say', 0), ...wordsOf('something else', 9)] },
      { speaker: 'Ben', words: wordsOf('wait', 4) },
    ]);
    assert.deepEqual(
      lines.map(({ speaker, startS }) => [speaker, startS]),
      [
        ['Ana', 0],
        ['Ben', 4],
        ['Ana', 9],
      ],
    );
  });

  it('lose no word, go forward, and fit, whatever is said', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const lines = transcriptLines(turns);
        const letters = (texts: readonly string[]): string[] =>
          Array.from(texts.join('').replace(/\s+/g, '')).toSorted();
        assert.deepEqual(
          letters(lines.map(({ text }) => text)),
          letters(turns.flatMap(({ words }) => words.map(({ text }) => text))),
        );
        for (const [index, { startS, endS, text, words }] of lines.entries()) {
          assert.ok(endS > startS);
          assert.ok(startS >= (lines[index - 1]?.startS ?? 0));
          assert.notEqual(text.trim(), '');
          if (words.length > 0) assert.equal(text, words.map((word) => word.text).reduce(joinText, ''));
        }
      }),
    );
  });
});
