import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { writeReadable } from '../../../src/transcripts/readableTranscript.ts';
import { transcriptLines } from '../../../src/transcripts/transcriptLines.ts';
import { anyTurns, caption, hostileText } from './spoken.ts';

const linkTo = (seconds: number): string => `talk.mp3#t=${Math.floor(seconds)}`;
/** As VS Code previews Markdown. */
const markdown = MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false });

describe('a transcript to read', () => {
  const heading = { title: 'Weekly planning', about: ['Monday, March 2, 2026', '30:00', 'With Ana and Ben'] };

  it('has the meeting above, and a paragraph for each time that somebody speaks', () => {
    const lines = transcriptLines([
      caption('Ana', 'Good morning everybody.', 9, 11),
      caption('Ana', 'Shall we begin?', 12, 13),
      caption('Ben', 'Let us wait for Cleo.', 14, 16),
      caption(undefined, 'She is here.', 3700, 3702),
    ]);
    assert.equal(
      writeReadable(heading, lines, linkTo),
      [
        '# Weekly planning',
        '',
        'Monday, March 2, 2026 · 30:00 · With Ana and Ben',
        '',
        '[0:09](talk.mp3#t=9) **Ana:** Good morning everybody. Shall we begin?',
        '',
        '[0:14](talk.mp3#t=14) **Ben:** Let us wait for Cleo.',
        '',
        '[1:01:40](talk.mp3#t=3700) **Unknown speaker:** She is here.',
        '',
      ].join('\n'),
    );
  });

  it('begins a new paragraph after a long pause, and in a long speech', () => {
    const later = [caption('Ana', 'Now.', 0, 1), caption('Ana', 'Then.', 40, 41)];
    assert.equal(paragraphs(writeReadable(heading, transcriptLines(later), linkTo)).length, 2);
    const speech = Array.from({ length: 40 }, (_, index) =>
      caption('Ana', 'This is a sentence of a speech that does not end.', index * 5, index * 5 + 4),
    );
    const found = paragraphs(writeReadable(heading, transcriptLines(speech), linkTo));
    assert.equal(found.length, 3);
  });

  it('says so when nobody said anything', () => {
    assert.match(
      writeReadable({ title: 'Talk', about: [] }, [], linkTo),
      /^# Talk\n\nNobody said anything\.\n$/,
    );
  });

  it('keeps words that run from right to left apart from what is around them', () => {
    const text = writeReadable(heading, transcriptLines([caption('دانا', 'שלום לכולם.', 0, 2)]), linkTo);
    assert.match(text, /^\[0:00\]\(talk\.mp3#t=0\) \*\*\u2068دانا\u2069:\*\* \u2068שלום לכולם\.\u2069$/mu);
  });

  it('leaves ordinary text as it is', () => {
    const said = "It costs 12.50 (or so), doesn't it? Note: C# and e-mail - that's all!";
    const text = writeReadable(heading, transcriptLines([caption('Ana', said, 0, 9)]), linkTo);
    assert.ok(text.includes(said), text);
  });

  it('is text when it is previewed, whatever was said: no link, picture, heading, list, or HTML', () => {
    fc.assert(
      fc.property(anyTurns, hostileText, hostileText, (turns, title, about) => {
        const lines = transcriptLines(turns);
        const tokens = markdown.parse(writeReadable({ title, about: [about] }, lines, linkTo), {});
        const blocks = new Set(tokens.map(({ type }) => type));
        for (const type of blocks)
          assert.ok(
            ['heading_open', 'heading_close', 'paragraph_open', 'paragraph_close', 'inline'].includes(type),
            type,
          );
        assert.ok(tokens.filter(({ type }) => type === 'heading_open').length <= 1);
        const allowed = ['text', 'text_special', 'link_open', 'link_close', 'strong_open', 'strong_close'];
        for (const inline of tokens.flatMap(({ children }) => children ?? [])) {
          assert.ok(allowed.includes(inline.type), `${inline.type}: ${inline.content}`);
          if (inline.type === 'link_open') assert.match(String(inline.attrGet('href')), /^talk\.mp3#t=\d+$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function paragraphs(text: string): string[] {
  return text.split('\n\n').filter((part) => part.startsWith('['));
}
