import assert from 'node:assert/strict';
import { speakerLanes, spansOf } from '../../../src/transcripts/speakerLanes.ts';
import type { SpeakingSpan } from '../../../src/recall/speakerTimeline.ts';

describe('who spoke when, in lanes', () => {
  const span = (speaker: string | undefined, startS: number, endS: number): SpeakingSpan => ({
    ...{ speaker, startS, endS },
  });

  it('has a lane for each, in the order of their first words', () => {
    assert.deepEqual(speakerLanes([span('Ben', 0, 2), span('Ana', 2, 9), span('Ben', 20, 21)]), [
      {
        speaker: 'Ben',
        isOthers: false,
        spans: [
          [0, 2],
          [20, 21],
        ],
      },
      { speaker: 'Ana', isOthers: false, spans: [[2, 9]] },
    ]);
  });

  it('joins what only a breath is between, and what overlaps', () => {
    const [lane] = speakerLanes([
      span('Ana', 0, 2),
      span('Ana', 2.5, 4),
      span('Ana', 1, 3),
      span('Ana', 5, 6),
    ]);
    assert.deepEqual(lane?.spans, [
      [0, 4],
      [5, 6],
    ]);
  });

  it('puts whoever is not known last', () => {
    const lanes = speakerLanes([span(undefined, 0, 5), span('Ana', 5, 6)]);
    assert.deepEqual(
      lanes.map(({ speaker }) => speaker),
      ['Ana', undefined],
    );
  });

  it('gives a lane of their own to those who spoke most, of more than there is room for', () => {
    const crowd = Array.from({ length: 30 }, (_, n) => span(`P${n}`, n * 100, n * 100 + (n < 25 ? 1 : n)));
    const lanes = speakerLanes([...crowd, span(undefined, 9000, 9001)]);
    assert.deepEqual(
      lanes.map(({ speaker }) => speaker),
      ['P0', 'P1', 'P25', 'P26', 'P27', 'P28', 'P29', undefined],
    );
    assert.equal(lanes.at(-1)?.spans.length, 24);
    assert.equal(lanes.at(-1)?.isOthers, true);
    assert.equal(speakerLanes([span(undefined, 0, 1)])[0]?.isOthers, false);
    const eight = speakerLanes(crowd.slice(0, 8));
    assert.equal(eight.length, 8);
  });

  it('has none where nobody spoke', () => {
    assert.deepEqual(speakerLanes([]), []);
  });

  it('is told by the lines of a transcript, too', () => {
    const line = { speaker: 'Ana', startS: 1, endS: 2, text: 'Yes.', words: [] };
    assert.deepEqual(spansOf([line]), [span('Ana', 1, 2)]);
  });
});
