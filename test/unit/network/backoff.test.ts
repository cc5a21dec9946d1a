import assert from 'node:assert/strict';
import { backoffMs } from '../../../src/network/backoff.ts';

const limits = { baseMs: 500, capMs: 30_000 };

describe('backoffMs', () => {
  it('doubles the ceiling with every attempt up to the cap', () => {
    const ceilings = [0, 1, 2, 5, 6, 100, 5000].map((attempt) => backoffMs(attempt, limits, () => 1));
    assert.deepEqual(ceilings, [500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads evenly between nothing and the ceiling', () => {
    assert.equal(
      backoffMs(3, limits, () => 0),
      0,
    );
    assert.equal(
      backoffMs(3, limits, () => 0.25),
      1000,
    );
  });

  it('leaves only a part of the wait to chance when asked to', () => {
    const waits = [0, 0.5, 1].map((drawn) => backoffMs(3, { ...limits, spread: 0.25 }, () => drawn));
    assert.deepEqual(waits, [3000, 3500, 4000]);
  });
});
