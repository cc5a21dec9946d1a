import assert from 'node:assert/strict';
import { pollForAnHour } from '../../bench/pollingRun.ts';

// The pause of a focused window, and the answers of one round.
const ONE_TICK_MS = 9_700 + 1_000;

describe('polling for an hour', function () {
  it('takes at most 1,600 requests for 200 bots in 5 windows, 60 a minute, and shows a change within a tick', async () => {
    for (const seed of [1, 2]) {
      const result = await pollForAnHour('followed', 200, 5, seed);
      assert.ok(result.requests <= 1_600, `${result.requests} requests`);
      assert.ok(result.busiestMinute <= 60, `${result.busiestMinute} in a minute`);
      assert.ok(result.worstDelayMs <= ONE_TICK_MS, `${result.worstDelayMs} ms`);
      assert.ok(result.worstBackgroundDelayMs <= 2 * ONE_TICK_MS, `${result.worstBackgroundDelayMs} ms`);
      assert.deepEqual([...new Set(result.announcements.values())], [1]);
      assert.equal(result.announcements.size, 200);
      assert.equal(result.naiveRequests, 360_000);
    }
  });

  it('keeps lines of bots from elsewhere as fresh, within the same requests, and announces none', async () => {
    for (const [bots, most] of [
      [20, 400],
      [200, 1_600],
    ] as const) {
      const result = await pollForAnHour('in sight', bots, 5, 4);
      assert.ok(result.requests <= most, `${result.requests} requests`);
      assert.ok(result.busiestMinute <= 50, `${result.busiestMinute} in a minute`);
      assert.ok(result.worstDelayMs > 0 && result.worstDelayMs <= ONE_TICK_MS, `${result.worstDelayMs} ms`);
      assert.ok(result.worstBackgroundDelayMs > 0);
      assert.ok(result.worstBackgroundDelayMs <= 2 * ONE_TICK_MS, `${result.worstBackgroundDelayMs} ms`);
      assert.equal(result.announcements.size, 0);
    }
  });

  it('takes at most 400 requests for one bot, in one window as in five', async () => {
    for (const windows of [1, 5]) {
      const result = await pollForAnHour('followed', 1, windows, 3);
      assert.ok(result.requests <= 400, `${result.requests} requests`);
      assert.ok(result.worstDelayMs <= ONE_TICK_MS, `${result.worstDelayMs} ms`);
      assert.deepEqual([...result.announcements], [['bot-0', 1]]);
    }
  });
});
