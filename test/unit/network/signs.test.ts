import assert from 'node:assert/strict';
import type { Clock } from '../../../src/network/clock.ts';
import { noSigns, sleepUntilSign } from '../../../src/network/signs.ts';
import type { Signs } from '../../../src/network/signs.ts';
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

  it('takes a clock that is ahead by just as much as is usual for no sleep', async () => {
    const wait = begin(2 * MINUTE_MS);
    clock.jump(5_000);
    await clock.advance(2 * MINUTE_MS);
    await wait;
    assert.equal(ended?.by, 'time');
  });

  it('lasts its whole time where there are no signs', async () => {
    const wait = sleepUntilSign({ clock, signs: noSigns }, MINUTE_MS, cancel.signal);
    await clock.advance(MINUTE_MS);
    assert.equal(await wait, 'time');
  });

  it('looks for no more signs when it is over', async () => {
    let listening = 0;
    const signs: Signs = () => {
      listening += 1;
      return { dispose: () => (listening -= 1) };
    };
    const wait = sleepUntilSign({ clock, signs }, MINUTE_MS, cancel.signal);
    assert.equal(listening, 1);
    await clock.advance(MINUTE_MS);
    await wait;
    assert.equal(listening, 0);
  });

  it('throws what its clock throws', async () => {
    const broken = new Error('no time');
    const brokenClock: Clock = {
      now: () => START,
      schedule: () => () => undefined,
      sleep: () => Promise.reject(broken),
    };
    const signs = source.changes;
    const sleeping = sleepUntilSign({ clock: brokenClock, signs }, MINUTE_MS, cancel.signal);
    await assert.rejects(sleeping, (error) => error === broken);
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
