import assert from 'node:assert/strict';
import { DownloadError } from '../../../src/download/errors.ts';
import { defaultLimits } from '../../../src/download/limits.ts';
import { Tries } from '../../../src/download/tries.ts';
import type { FailedTry } from '../../../src/download/tries.ts';

const error = new DownloadError('network', 'The connection was closed.');
const limits = { ...defaultLimits, triesWithoutProgress: 4, refreshes: 2, startOvers: 2 };

/** The pauses after so many tries of one kind, until it is enough. */
function pauses(tries: Tries, failed: FailedTry): (number | undefined | 'enough')[] {
  const found: (number | undefined | 'enough')[] = [];
  for (let count = 0; count < 10; count++) {
    try {
      found.push(tries.pauseAfter(failed));
    } catch (thrown) {
      assert.equal(thrown, error);
      return [...found, 'enough'];
    }
  }
  return found;
}

describe('the tries of a download', () => {
  const retry = { kind: 'retry', error, retryAfterMs: undefined } as const;
  let tries: Tries;

  beforeEach(() => {
    tries = new Tries({ limits, random: () => 1 });
  });

  it('come at growing pauses, and end', () => {
    assert.deepEqual(pauses(tries, retry), [1_000, 2_000, 4_000, 8_000, 'enough']);
  });

  it('wait as long as the server asks, if that is longer, and not for ever', () => {
    assert.deepEqual(pauses(tries, { ...retry, retryAfterMs: 3_000 }), [
      3_000,
      3_000,
      4_000,
      8_000,
      'enough',
    ]);
    tries.noteProgress();
    assert.equal(tries.pauseAfter({ ...retry, retryAfterMs: 3_600_000 }), limits.retryAfterCapMs);
  });

  for (const kind of ['startOver', 'refresh'] as const) {
    it(`come at once the first time with ${kind}, and are fewer`, () => {
      assert.deepEqual(pauses(tries, { kind, error }), [undefined, 2_000, 'enough']);
    });
  }

  it('are counted anew with progress, but for those from the start', () => {
    assert.deepEqual(pauses(tries, { kind: 'refresh', error }).at(-1), 'enough');
    tries.noteProgress();
    assert.deepEqual(pauses(tries, { kind: 'refresh', error }), [undefined, 2_000, 'enough']);
    tries.noteProgress();
    assert.deepEqual(pauses(tries, { kind: 'startOver', error }), [undefined, 2_000, 'enough']);
    tries.noteProgress();
    assert.deepEqual(pauses(tries, { kind: 'startOver', error }), ['enough']);
    tries.noteProgress();
    assert.deepEqual(pauses(tries, retry), [1_000, 2_000, 4_000, 8_000, 'enough']);
  });
});
