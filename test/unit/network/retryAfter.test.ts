import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRetryAfter } from '../../../src/network/retryAfter.ts';

const now = Date.parse('2026-03-02T09:00:00Z');

describe('parseRetryAfter', () => {
  it('reads seconds', () => {
    assert.equal(parseRetryAfter('30', now), 30_000);
    assert.equal(parseRetryAfter(' 0 ', now), 0);
    assert.equal(parseRetryAfter('1.5', now), 1500);
    assert.equal(parseRetryAfter('12.25', now), 12_250);
  });

  it('reads the three forms of an HTTP date', () => {
    for (const date of [
      'Mon, 02 Mar 2026 09:00:45 GMT',
      'Monday, 02-Mar-26 09:00:45 GMT',
      'Mon Mar  2 09:00:45 2026',
    ]) {
      assert.equal(parseRetryAfter(date, now), 45_000, date);
    }
  });

  it('goes by the zone that a date names', () => {
    assert.equal(parseRetryAfter('Mon, 02 Mar 2026 10:00:45 +0100', now), 45_000);
    assert.equal(parseRetryAfter('Mon, 02 Mar 2026 04:00:45 -0500', now), 45_000);
  });

  it('takes a date in the past as no wait', () => {
    assert.equal(parseRetryAfter('Mon, 02 Mar 2026 08:00:00 GMT', now), 0);
  });

  it('keeps an absurd number absurd, and not unknown', () => {
    assert.equal(parseRetryAfter('9'.repeat(400), now), Number.MAX_SAFE_INTEGER);
  });

  it('knows nothing of other values', () => {
    for (const value of [
      null,
      '',
      'soon',
      '-5',
      '7 apples',
      '1e3',
      '30, 60',
      'NaN',
      'Mon, 99 Foo 2026 09:00:45 GMT',
      'x30',
      '30x',
      '1.',
      '.5',
      'Mo, 02 Mar 2026 09:00:45 GMT',
      '2026-03-02T09:00:45Z',
      'Mon, 02 Mar 2026',
      'Mon, 02 Mar 2026 09:00 GMT',
      'Mon, 02 Mar 2026 9:00:45 GMT',
      'Mon, 02 Mar 2026 09:00:4 GMT',
    ])
      assert.equal(parseRetryAfter(value, now), undefined, String(value));
  });

  it('gives a usable wait or none for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (value) => {
          const wait = parseRetryAfter(value, now);
          assert.ok(wait === undefined || (Number.isFinite(wait) && wait >= 0));
        },
      ),
      { numRuns: 500 },
    );
  });
});
