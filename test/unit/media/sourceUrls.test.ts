import assert from 'node:assert/strict';
import { SourceUrls } from '../../../src/media/sourceUrls.ts';
import { createTestClock } from '../network/testClock.ts';
import type { TestClock } from '../network/testClock.ts';

const { signal } = new AbortController();

describe('the pre-signed URLs of one file over several tries', () => {
  let clock: TestClock;
  let lifeMs: number;
  let urls: SourceUrls;

  beforeEach(() => {
    clock = createTestClock();
    lifeMs = 3_600_000;
    let count = 0;
    urls = new SourceUrls(() => {
      const expires = Math.round((clock.now() + lifeMs) / 1000);
      return Promise.resolve(`https://media.example.com/a.mp3?n=${++count}&Expires=${expires}`);
    }, clock);
  });

  async function numbersOfOneTry(count: number): Promise<(string | null)[]> {
    const resolve = urls.forOneTry();
    const numbers: (string | null)[] = [];
    for (let i = 0; i < count; i++) numbers.push(new URL(await resolve(signal)).searchParams.get('n'));
    return numbers;
  }

  it('begin with that of the try before', async () => {
    assert.deepEqual(await numbersOfOneTry(1), ['1']);
    assert.deepEqual(await numbersOfOneTry(1), ['1']);
  });

  it('are new when they are asked for again in one try, since that one was refused', async () => {
    assert.deepEqual(await numbersOfOneTry(2), ['1', '2']);
    assert.deepEqual(await numbersOfOneTry(2), ['2', '3']);
  });

  it('are new when the last one expires within a minute', async () => {
    await numbersOfOneTry(1);
    await clock.sleep(lifeMs - 60_000);
    assert.deepEqual(await numbersOfOneTry(1), ['2']);
  });

  it('are new when nobody knows when the last one expires', async () => {
    let count = 0;
    const unknown = new SourceUrls(
      () => Promise.resolve(`https://media.example.com/a.mp3?n=${++count}`),
      clock,
    );
    for (const expected of ['n=1', 'n=2']) {
      assert.match(await unknown.forOneTry()(signal), new RegExp(expected));
    }
  });

  it('are not kept when asking for a new one fails', async () => {
    let isAway = false;
    const failing = new SourceUrls(() => {
      if (isAway) return Promise.reject(new Error('away'));
      return Promise.resolve(`https://media.example.com/a.mp3?Expires=${clock.now() / 1000 + 3600}`);
    }, clock);
    await failing.forOneTry()(signal);
    isAway = true;
    const resolve = failing.forOneTry();
    await resolve(signal);
    await assert.rejects(resolve(signal), /away/);
    await assert.rejects(failing.forOneTry()(signal), /away/);
  });
});
