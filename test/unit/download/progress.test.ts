import assert from 'node:assert/strict';
import { type DownloadProgress, ProgressThrottle, RateMeter } from '../../../src/download/progress.ts';
import type { Clock } from '../../../src/network/clock.ts';
import { makeAudio, Workbench } from './workbench.ts';
import { serve } from './mediaServer.ts';

/** A clock that moves when told, and calls what is due. */
class HandClock implements Clock {
  #now = 1_000_000;
  #due: { at: number; callback: () => void }[] = [];

  readonly now = (): number => this.#now;
  readonly sleep = (): Promise<void> => Promise.reject(new Error('not used'));
  readonly schedule = (ms: number, callback: () => void): (() => void) => {
    const entry = { at: this.#now + ms, callback };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  };

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#due.filter(({ at }) => at <= this.#now);
    this.#due = this.#due.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }

  get pending(): number {
    return this.#due.length;
  }
}

const report = (receivedBytes: number): DownloadProgress => ({
  kind: 'verifying',
  receivedBytes,
  totalBytes: undefined,
});

describe('Progress', () => {
  it('passes on at most four reports a second, and in the end the latest', () => {
    const clock = new HandClock();
    const seen: { at: number; bytes: number }[] = [];
    const throttle = new ProgressThrottle(clock, 250, (progress) => {
      seen.push({ at: clock.now(), bytes: progress.receivedBytes });
    });
    for (let bytes = 1; bytes <= 1000; bytes++) {
      throttle.offer(report(bytes));
      clock.advance(2);
    }
    clock.advance(250);
    assert.ok(seen.length <= 9 && seen.length >= 8, String(seen.length));
    assert.equal(seen.at(-1)?.bytes, 1000);
    for (const [index, { at }] of seen.entries()) {
      const before = seen[index - 1];
      if (before) assert.ok(at - before.at >= 250);
    }
  });

  it('drops what waits when it is stopped, and leaves no timer', () => {
    const clock = new HandClock();
    const seen: number[] = [];
    const throttle = new ProgressThrottle(clock, 250, ({ receivedBytes }) => seen.push(receivedBytes));
    throttle.offer(report(1));
    throttle.offer(report(2));
    throttle.stop();
    assert.equal(clock.pending, 0);
    clock.advance(1000);
    assert.deepEqual(seen, [1]);
  });

  it('tells the rate of the last five seconds', () => {
    const meter = new RateMeter();
    assert.equal(meter.mark(0, 0), undefined);
    assert.equal(meter.mark(500, 500), undefined);
    assert.equal(meter.mark(1000, 1000), 1000);
    for (let second = 2; second <= 10; second++) meter.mark(second * 1000, second * 1000);
    let rate: number | undefined;
    for (let second = 11; second <= 20; second++)
      rate = meter.mark(second * 1000, 10_000 + (second - 10) * 3000);
    assert.equal(rate, 3000);
    meter.reset();
    assert.equal(meter.mark(21_000, 50_000), undefined);
  });

  it('tells bytes, total and, after a while, rate and time left of a real download', async () => {
    const bench = await Workbench.open();
    try {
      const audio = makeAudio(2_000_000);
      bench.server.play(serve(audio, { pauseMs: 60 }));
      const limits = { progressIntervalMs: 250 };
      const times: number[] = [];
      await bench.download(
        {
          onProgress: (progress) => {
            times.push(performance.now());
            bench.reports.push(progress);
          },
        },
        bench.engine({ limits }),
      );
      const told = bench.reports.findLast((progress) => progress.kind === 'receiving');
      assert.equal(told?.totalBytes, audio.length);
      assert.ok((told.bytesPerSecond ?? 0) > 0);
      assert.ok((told.remainingMs ?? -1) >= 0);
      const ordered = bench.reports.map((progress) => progress.receivedBytes);
      assert.deepEqual(
        ordered,
        [...ordered].sort((a, b) => a - b),
      );
      for (let index = 4; index < times.length; index++) {
        assert.ok((times[index] ?? 0) - (times[index - 4] ?? 0) >= 950, 'more than four in a second');
      }
    } finally {
      await bench.close();
    }
  });
});
