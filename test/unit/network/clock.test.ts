import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mock } from 'node:test';
import { systemClock } from '../../../src/network/clock.ts';

describe('systemClock', () => {
  it('sleeps and comes back', async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    assert.ok(systemClock.now() >= before + 4);
  });

  it('rejects with the reason of a signal that aborts, whatever it is, and leaves no listener', async () => {
    for (const reason of [new Error('enough'), 'a text', { a: 'thing' }]) {
      const controller = new AbortController();
      const sleeping = systemClock.sleep(3_600_000, controller.signal);
      controller.abort(reason);
      await assert.rejects(sleeping, (error) => error === reason);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    }
  });

  it('does not begin to sleep when the signal has aborted before', async () => {
    const reason = new Error('enough');
    await assert.rejects(
      systemClock.sleep(3_600_000, AbortSignal.abort(reason)),
      (error) => error === reason,
    );
  });

  it('leaves no listener behind after a sleep that came to its end', async () => {
    const controller = new AbortController();
    await systemClock.sleep(1, controller.signal);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });

  it('calls what is scheduled once, and not when it was cancelled', async () => {
    let calls = 0;
    const cancel = systemClock.schedule(1, () => {
      calls += 100;
    });
    cancel();
    await new Promise<void>((resolve) => {
      systemClock.schedule(3, () => {
        calls++;
        resolve();
      });
    });
    assert.equal(calls, 1);
  });

  it('leaves no timer behind after a sleep that was cancelled', async () => {
    const cleared = mock.method(globalThis, 'clearTimeout');
    try {
      const controller = new AbortController();
      const sleeping = systemClock.sleep(3_600_000, controller.signal);
      controller.abort();
      assert.equal(cleared.mock.callCount(), 1);
      await assert.rejects(sleeping);
    } finally {
      cleared.mock.restore();
    }
  });

  it('waits for months in pieces that the timers of Node can take, to the millisecond', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const longestOfNode = 2 ** 31 - 1;
      let calls = 0;
      systemClock.schedule(2 * longestOfNode + 5, () => (calls += 1));
      for (const ms of [longestOfNode, longestOfNode, 4]) {
        mock.timers.tick(ms);
        assert.equal(calls, 0);
      }
      mock.timers.tick(1);
      assert.equal(calls, 1);
    } finally {
      mock.timers.reset();
    }
  });

  it('does not take a wait of months for none at all', async () => {
    let called = false;
    const cancel = systemClock.schedule(60 * 24 * 3_600_000, () => {
      called = true;
    });
    await systemClock.sleep(20);
    cancel();
    assert.equal(called, false);
  });
});
