import assert from 'node:assert/strict';
import { BotList } from '../../../src/bots/botList.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { WholeAccount } from '../../../src/bots/wholeAccount.ts';
import type { Bot, Page } from '../../../src/recall/bot.ts';
import { botAnswer } from './botAnswers.ts';
import { VirtualClock } from './virtualClock.ts';

const MINUTE_MS = 60_000;
const PAGES = 35;

describe('the whole account', () => {
  let clock: VirtualClock;
  let askedAt: number[];
  let failure: Error | undefined;
  /** What each answer waits for. */
  let answer: Promise<void> | undefined;
  let list: BotList;
  let account: WholeAccount;

  beforeEach(() => {
    clock = new VirtualClock(0, 20);
    askedAt = [];
    failure = undefined;
    answer = undefined;
    const listBots = async (_filter: unknown, next = '1'): Promise<Page<Bot>> => {
      askedAt.push(clock.now());
      await answer;
      if (failure) throw failure;
      const page = Number(next);
      return {
        items: [botAnswer({ id: `bot-${page}` })],
        next: page < PAGES ? `${page + 1}` : undefined,
        total: undefined,
      };
    };
    list = new BotList({ client: { listBots }, store: new BotStore(), clock });
    account = new WholeAccount({ list, clock });
  });

  it('is loaded to the last page, each asked for once', async () => {
    const loading = account.load(new AbortController().signal);
    await clock.advance(2 * MINUTE_MS);
    await loading;
    assert.equal(list.state.hasMore, false);
    assert.equal(askedAt.length, PAGES);
    await account.load(new AbortController().signal);
    assert.equal(askedAt.length, PAGES);
  });

  it('leaves most of the allowed requests of each minute to others, also when two look for something', async () => {
    const both = [1, 2].map(() => account.load(new AbortController().signal));
    await clock.advance(10 * MINUTE_MS);
    await Promise.all(both);
    assert.equal(askedAt.length, PAGES);
    for (const start of askedAt)
      assert.ok(askedAt.filter((time) => time >= start && time < start + MINUTE_MS).length <= 21);
  });

  it('stops when it is told to, and goes on later where it was', async () => {
    const stopping = new AbortController();
    const loading = account.load(stopping.signal);
    await clock.advance(1000);
    stopping.abort(new Error('stopped'));
    await assert.rejects(loading, /stopped/);
    const before = askedAt.length;
    assert.ok(before > 1 && before < PAGES && list.state.hasMore);
    await clock.advance(5 * MINUTE_MS);
    assert.equal(askedAt.length, before);

    const again = account.load(new AbortController().signal);
    await clock.advance(5 * MINUTE_MS);
    await again;
    assert.equal(askedAt.length, PAGES);
    assert.equal(clock.timerCount, 0);
  });

  it('stops at once also while a page is on its way, which comes into the list all the same', async () => {
    await list.refresh();
    let arrive: () => void = () => undefined;
    answer = new Promise((resolve) => {
      arrive = resolve;
    });
    const stopping = new AbortController();
    const loading = account.load(stopping.signal);
    await clock.advance(0);
    assert.equal(askedAt.length, 2);
    stopping.abort(new Error('stopped'));
    await assert.rejects(loading, /stopped/);
    arrive();
    await list.loadMore();
    assert.equal(askedAt.length, 2);
  });

  it('throws what asking for a page throws', async () => {
    await list.refresh();
    failure = new Error('away');
    await assert.rejects(account.load(new AbortController().signal), /away/);
  });
});
