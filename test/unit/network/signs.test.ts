import assert from 'node:assert/strict';
import { sleepUntilSign } from '../../../src/network/signs.ts';
import { ChangeSource } from '../../../src/state/changes.ts';
import { VirtualClock, rest } from '../bots/virtualClock.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const MINUTE_MS = 60_000;

describe('a wait that a sign may end', () => {
  let clock: VirtualClock;
  let source: ChangeSource<undefined>;
  let cancel: AbortController;
  let ended: { by: string; at: number } | undefined;

  beforeEach(() => {
    clock = new VirtualClock(START);
    source = new ChangeSource();
    cancel = new AbortController();
    ended = undefined;
  });

  function begin(ms: number): Promise<void> {
    return sleepUntilSign({ clock, signs: source.changes }, ms, cancel.signal).then((by) => {
      ended = { by, at: clock.now() - START };
    });
  }

  it('lasts as long as it was to', async () => {
    const wait = begin(2 * MINUTE_MS);
    await clock.advance(2 * MINUTE_MS - 1);
    assert.equal(ended, undefined);
    await clock.advance(1);
    await wait;
    assert.deepEqual(ended, { by: 'time', at: 2 * MINUTE_MS });
    assert.equal(clock.timerCount, 0);
  });

  it('ends at once with a sign', async () => {
    const wait = begin(2 * MINUTE_MS);
    await clock.advance(MINUTE_MS);
    source.tell(undefined);
    await wait;
    assert.deepEqual(ended, { by: 'sign', at: MINUTE_MS });
    assert.equal(clock.timerCount, 0);
  });

  it('ends within seconds of the computer waking up', async () => {
    const wait = begin(2 * MINUTE_MS);
    await clock.advance(MINUTE_MS);
    clock.jump(60 * MINUTE_MS);
    await clock.advance(5_000);
    await wait;
    assert.equal(ended?.by, 'sign');
    assert.equal(clock.timerCount, 0);
  });

  it('does not take a clock that was put right by some seconds for a sleep', async () => {
    const wait = begin(2 * MINUTE_MS);
    clock.jump(4_000);
    await clock.advance(2 * MINUTE_MS);
    await wait;
    assert.equal(ended?.by, 'time');
  });

  it('is as long as it was to be when the clock is put back', async () => {
    const wait = begin(2 * MINUTE_MS);
    await clock.advance(MINUTE_MS);
    clock.jump(-60 * MINUTE_MS);
    await clock.advance(MINUTE_MS);
    await wait;
    assert.equal(ended?.by, 'time');
  });

  it('ends with the reason of whoever cancels it, and leaves nothing behind', async () => {
    const wait = begin(2 * MINUTE_MS);
    const reason = new Error('enough');
    cancel.abort(reason);
    await assert.rejects(wait, (error) => error === reason);
    source.tell(undefined);
    await rest();
    assert.equal(ended, undefined);
    assert.equal(clock.timerCount, 0);
  });
});
