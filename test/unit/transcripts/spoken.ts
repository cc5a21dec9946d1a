import fc from 'fast-check';
import type { SpokenTurn, SpokenWord } from '../../../src/recall/transcript.ts';

/** Words that follow each other, each of `seconds`. */
export function wordsOf(text: string, startS: number, seconds = 0.4): SpokenWord[] {
  return text.split(' ').map((word, index) => ({
    text: word,
    startS: startS + index * seconds,
    endS: startS + (index + 1) * seconds,
  }));
}

/** A turn as captions have it: whole sentences, without times of words. */
export function caption(
  speaker: string | undefined,
  text: string,
  startS?: number,
  endS?: number,
): SpokenTurn {
  return { speaker, words: [{ text, startS, endS }] };
}

/** What hostile people say, or are called. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '</v>',
    '-->',
    '00:01.000 --> 00:02.000',
    'WEBVTT',
    'NOTE x',
    '&lt;b&gt; &amp; <b>bold</b>',
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '![pixel](https://tracker.test/a.png)',
    '[run](command:workbench.action.quit)',
    'https://evil.test/a?b=c',
    'www.evil.test',
    'ana@evil.test',
    'ana@über.test',
    '//evil.test/x',
    '//localhost/x',
    '# heading',
    '- item',
    '1. item',
    '> quote',
    '`code`',
    '```',
    '**bold** _em_ ~~gone~~',
    '| a | b |',
    '$x^2$',
    'vscode://meeting-audio.recall-meeting-audio/send?url=x',
    'a\\',
    '\\[a\\](b)',
    'line\nbreak',
    'tab\tbreak',
    'سلام دنیا',
    'שלום עולם',
    '今日は天気がいいですね。明日もそうだといいです。',
    '\u202eevil\u202c',
    'a\u0000b',
    '👩‍👩‍👧‍👦 family',
    '&#60;b&#62;',
    ':smile:',
    '@someone #123',
    '===',
    '---',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('\\`*_[]()<>&~|$^!#:@-=.ab 1\n')),
    minLength: 1,
    maxLength: 30,
  }),
);

/** Turns of which nothing is to be expected but that they are text. */
export const anyTurns: fc.Arbitrary<SpokenTurn[]> = fc.array(
  fc.record({
    speaker: fc.option(hostileText, { nil: undefined }),
    words: fc.array(
      fc.record({
        text: hostileText.filter((text) => text.trim() !== ''),
        startS: fc.option(fc.double({ min: 0, max: 40_000, noNaN: true }), { nil: undefined }),
        endS: fc.option(fc.double({ min: 0, max: 40_000, noNaN: true }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  { maxLength: 6 },
);
