import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { TimedOutError, orAborted, withTimeout } from '../../../src/network/abort.ts';
import { createTestClock } from './testClock.ts';

const never = (): Promise<never> => new Promise(() => undefined);

describe('withTimeout', () => {
  it('gives what the work gives and leaves neither timer nor listener', async () => {
    const clock = createTestClock();
    const { signal } = new AbortController();
    assert.equal(await withTimeout(clock, 1000, signal, () => Promise.resolve('done')), 'done');
    assert.equal(clock.scheduled(), 0);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('throws what the work throws and leaves neither timer nor listener', async () => {
    const clock = createTestClock();
    const { signal } = new AbortController();
    const trouble = new Error('trouble');
    await assert.rejects(
      withTimeout(clock, 1000, signal, () => Promise.reject(trouble)),
      (error) => error === trouble,
    );
    assert.equal(clock.scheduled(), 0);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('ends with a TimedOutError when the time is over, and tells the work', async () => {
    const clock = createTestClock();
    let told: unknown;
    const running = withTimeout(clock, 30_000, undefined, (signal) => {
      signal.addEventListener('abort', () => {
        told = signal.reason;
      });
      return never();
    });
    clock.fire();
    await assert.rejects(
      running,
      (error) => error instanceof TimedOutError && error.message.includes('30 s'),
    );
    assert.ok(told instanceof TimedOutError);
  });

  it("ends with the signal's reason when the user cancels, even when the work does not heed it", async () => {
    for (const reason of [new Error('enough'), 'a text']) {
      const clock = createTestClock();
      const controller = new AbortController();
      const running = withTimeout(clock, 30_000, controller.signal, never);
      controller.abort(reason);
      await assert.rejects(running, (error) => error === reason);
      assert.equal(clock.scheduled(), 0);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    }
  });

  it('does not begin when the signal has aborted before', async () => {
    const reason = new Error('enough');
    let begun = false;
    const running = withTimeout(createTestClock(), 1000, AbortSignal.abort(reason), () => {
      begun = true;
      return Promise.resolve();
    });
    await assert.rejects(running, (error) => error === reason);
    assert.equal(begun, false);
  });

  it('keeps a late failure of work that was given up from going unhandled', async () => {
    const clock = createTestClock();
    const work = Promise.withResolvers<never>();
    const running = withTimeout(clock, 1000, undefined, () => work.promise);
    clock.fire();
    await assert.rejects(running, TimedOutError);
    work.reject(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('orAborted', () => {
  it('gives or throws what the work does, and leaves no listener', async () => {
    const { signal } = new AbortController();
    assert.equal(await orAborted(Promise.resolve('done'), signal), 'done');
    await assert.rejects(orAborted(Promise.reject(new Error('away')), signal), /away/);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('waits no longer than until the signal aborts, and drops what the work throws then', async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const waiting = orAborted(work, controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    // A rejection that nobody handles would fail the run.
    fail(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(orAborted(never(), controller.signal), reason);
  });
});
