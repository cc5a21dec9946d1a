import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readWebVtt } from '../../../src/transcripts/readWebVtt.ts';
import { transcriptLines } from '../../../src/transcripts/transcriptLines.ts';
import type { TranscriptLine } from '../../../src/transcripts/transcriptLines.ts';
import { writeWebVtt } from '../../../src/transcripts/webVtt.ts';
import { parseWithOtherParser } from './otherParser.ts';
import { anyTurns, caption, wordsOf } from './spoken.ts';

const line = (text: string, more: Partial<TranscriptLine> = {}): TranscriptLine => ({
  ...{ startS: 1, endS: 2.5, speaker: 'Ana', text, words: [] },
  ...more,
});

describe('a transcript as WebVTT', () => {
  it('has a cue for each line, with its speaker as the voice', () => {
    assert.equal(
      writeWebVtt([
        line('Good morning.'),
        line('Hello.', { startS: 3661.25, endS: 3662, speaker: undefined }),
      ]),
      [
        'WEBVTT',
        '',
        '00:00:01.000 --> 00:00:02.500',
        '<v Ana>Good morning.',
        '',
        '01:01:01.250 --> 01:01:02.000',
        'Hello.',
        '',
      ].join('\n'),
    );
  });

  it('has the times of the words where they are known, as far as they go up', () => {
    const [first] = transcriptLines([{ speaker: 'Ana', words: wordsOf('Good morning all.', 1, 0.5) }]);
    assert.ok(first);
    assert.match(writeWebVtt([first]), /^<v Ana>Good <00:00:01\.500>morning <00:00:02\.000>all\.$/m);
    const words = ['a', 'b', 'c'].map((text, index) => ({ text, startS: [1, 1, 9][index] ?? 0 }));
    assert.match(writeWebVtt([line('a b c', { words })]), /^<v Ana>a b c$/m);
  });

  it('breaks long lines near their middle', () => {
    const text = 'This is a sentence that is too long for one line of captions.';
    const broken = 'This is a sentence that is too\nlong for one line of captions.';
    assert.ok(writeWebVtt([line(text)]).includes(broken));
    const words = text.split(' ').map((word) => ({ text: word, startS: 1 }));
    assert.ok(writeWebVtt([line(text, { words })]).includes(broken));
    assert.equal(readWebVtt(writeWebVtt([line(text)]))?.[0]?.text, text);
    const japanese = '今日の会議ではまず予算について話し合いたいと思います';
    assert.match(writeWebVtt([line(japanese)]), /^<v Ana>.{13}\n.{13}$/mu);
    assert.equal(readWebVtt(writeWebVtt([line(japanese)]))?.[0]?.text, japanese);
  });

  it('is text, whatever was said: no cue ends early, and no tag begins', () => {
    const vtt = writeWebVtt([
      line('a\n\n00:09.000 --> 00:10.000\nb <i>c</i> &amp;', { speaker: 'A>na\n\n</v>-->' }),
    ]);
    assert.ok(
      vtt.includes('<v A&gt;na &lt;/v&gt;--&gt;>a 00:09.000 --&gt; 00:10.000 b &lt;i&gt;c&lt;/i&gt;'),
      vtt,
    );
    assert.equal(readWebVtt(vtt)?.length, 1);
  });

  it('is read by a parser of others as it was meant', async () => {
    const lines = transcriptLines([
      { speaker: 'Ana & Ben', words: wordsOf('Is 1 < 2 && 2 > 1, or not?', 0) },
      caption(undefined, 'Nobody knows </v> who said this. It is <b>bold</b>, though!', 5, 9),
    ]);
    const { cues, errors } = await parseWithOtherParser(writeWebVtt(lines));
    assert.deepEqual(errors, []);
    assert.deepEqual(
      cues.map(({ startTime, endTime }) => [startTime, endTime]),
      lines.map(({ startS, endS }) => [startS, endS].map((seconds) => Math.round(seconds * 1000) / 1000)),
    );
  });

  it('comes back as it was, whoever said what', async () => {
    const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
    await fc.assert(
      fc.asyncProperty(anyTurns, async (turns) => {
        const lines = transcriptLines(turns).filter(({ text }) => oneLine(text) !== '');
        const vtt = writeWebVtt(lines);
        const known = (speaker: string | undefined): string | undefined =>
          oneLine(speaker ?? '') === '' ? undefined : oneLine(speaker ?? '');
        assert.deepEqual(
          readWebVtt(vtt)?.map(({ speaker, text }) => [speaker, text.replace(/\s/g, '')]),
          lines.map(({ speaker, text }) => [known(speaker), oneLine(text).replace(/\s/g, '')]),
        );
        const { cues, errors } = await parseWithOtherParser(vtt);
        assert.deepEqual(errors, []);
        assert.equal(cues.length, lines.length);
      }),
    );
  });
});

describe('reading WebVTT', () => {
  it('takes what others write: settings, names of cues, notes, styles, several voices, references', () => {
    const text = [
      '\ufeffWEBVTT - some title',
      'X-HEADER: value',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'NOTE a note',
      '',
      '7',
      '01:05.500 --> 01:07.000 align:start position:10%',
      '<v.loud Ana &amp; Ben>One <i>two</i> <01:06.000>three</v>',
      '<v Cleo>four&nbsp;&#102;ive &unknown; &lrm;',
      '',
      '00:00:01.000 --> 00:00:02.000',
      'earlier',
      '',
      '00:03.000 --> 00:03.000',
      'takes no time',
      '00:04.000 --> 00:05.000',
      'no empty line before',
    ].join('\r\n');
    assert.deepEqual(
      readWebVtt(text)?.map(({ startS, endS, speaker, text: said }) => [startS, endS, speaker, said]),
      [
        [1, 2, undefined, 'earlier'],
        [4, 5, undefined, 'no empty line before'],
        [65.5, 67, 'Ana & Ben', 'One two three'],
        [65.5, 67, 'Cleo', 'four five &unknown; \u200e'],
      ],
    );
  });

  it('does not take anything else for it', () => {
    for (const text of ['', 'WEBVTTX', '{"a":1}', 'ID3', '1\n00:00:01,000 --> 00:00:02,000\nsrt'])
      assert.equal(readWebVtt(text), undefined, text);
    assert.deepEqual(readWebVtt('WEBVTT'), []);
    // A time that no recording has is a slip of the pen, or worse.
    for (const hours of ['9'.repeat(400), '1000', '99999999'])
      assert.deepEqual(readWebVtt(`WEBVTT\n\n${hours}:00:00.000 --> ${hours}:00:01.000\nHi`), []);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('<v.> &#;a-0:1\n\r')) }), (text) => {
        readWebVtt(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`);
      }),
    );
  });
});
