import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSpeakerTimeline } from '../../../src/recall/speakerTimeline.ts';

const at = (relative: unknown): unknown => ({ relative, absolute: null });
const span = (name: unknown, start: unknown, end: unknown): unknown => ({
  participant: { id: 1, name, is_host: false, email: null },
  start_timestamp: start,
  end_timestamp: end,
});

describe('a speaker timeline', () => {
  it('says who spoke when, in order', () => {
    assert.deepEqual(readSpeakerTimeline([span('Ben', at(4), at(6.5)), span('Ana', at(1.5), at(4))]), [
      { speaker: 'Ana', startS: 1.5, endS: 4 },
      { speaker: 'Ben', startS: 4, endS: 6.5 },
    ]);
  });

  it('has times without an end, which last until the next, and people without a name', () => {
    assert.deepEqual(
      readSpeakerTimeline([
        span(null, at(0), null),
        { participant: null, start_timestamp: at(3), end_timestamp: at(null) },
        span('Ana', at(3), at(5)),
        span('Ben', at(9), null),
      ]),
      [
        { speaker: undefined, startS: 0, endS: 3 },
        { speaker: undefined, startS: 3, endS: 9 },
        { speaker: 'Ana', startS: 3, endS: 5 },
      ],
    );
  });

  it('leaves out what takes no time, or has none', () => {
    assert.deepEqual(
      readSpeakerTimeline([
        span('Ana', at(1), at(1)),
        span('Ana', at(3), at(2)),
        span('Ana', null, at(2)),
        span('Ana', at(-1), at(2)),
        null,
        'text',
        span('Ben', at(5), at(6)),
      ]),
      [{ speaker: 'Ben', startS: 5, endS: 6 }],
    );
  });

  it('is not taken from something else, and survives any JSON', () => {
    for (const other of [undefined, null, {}, 'text', [{ id: 1, name: 'Ana' }]])
      assert.equal(readSpeakerTimeline(other), undefined);
    assert.deepEqual(readSpeakerTimeline([]), []);
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (json, end) => {
        for (const { startS, endS } of readSpeakerTimeline([span('Ana', at(1), end), json]) ?? [])
          assert.ok(endS > startS);
      }),
    );
  });
});
