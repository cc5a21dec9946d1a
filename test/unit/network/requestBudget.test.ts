import assert from 'node:assert/strict';
import { RequestBudget } from '../../../src/network/requestBudget.ts';

const MINUTE_MS = 60_000;

describe('RequestBudget', () => {
  it('allows so many in every minute, wherever it begins', () => {
    const budget = new RequestBudget(3);
    assert.deepEqual(
      [0, 1, 2, 3].map((now) => budget.take(now)),
      [true, true, true, false],
    );
    assert.equal(budget.freeAt(3), MINUTE_MS);
    assert.equal(budget.take(MINUTE_MS - 1), false);
    assert.equal(budget.take(MINUTE_MS), true);
    assert.equal(budget.take(MINUTE_MS), false);
    assert.equal(budget.freeAt(MINUTE_MS), MINUTE_MS + 1);
  });

  it('is free at once when nothing was asked', () => {
    assert.equal(new RequestBudget(3).freeAt(17), 17);
  });

  it('counts what another window asked, and nothing twice', () => {
    const [mine, theirs] = [new RequestBudget(10), new RequestBudget(10)];
    for (const now of [5, 5, 7]) mine.take(now);
    theirs.adopt(mine.times(10));
    for (const now of [11, 12]) theirs.take(now);
    mine.adopt(theirs.times(20));
    assert.deepEqual(mine.times(20), [5, 5, 7, 11, 12]);
    mine.adopt(theirs.times(20));
    assert.equal(mine.times(20).length, 5);
  });

  it('has what another window asked in the order of time, however often at one time', () => {
    const budget = new RequestBudget(4);
    for (const now of [20, 30]) budget.take(now);
    budget.adopt([10, 30, 30, 5]);
    assert.deepEqual(budget.times(40), [5, 10, 20, 30, 30]);
    assert.equal(budget.freeAt(40), 10 + MINUTE_MS);
    budget.adopt([30, 30, 30]);
    assert.deepEqual(budget.times(40), [5, 10, 20, 30, 30, 30]);
  });

  it('does not wait for a time that only a wrong clock showed', () => {
    const budget = new RequestBudget(1);
    budget.take(10 * MINUTE_MS);
    assert.equal(budget.take(0), true);
  });
});
