import assert from 'node:assert/strict';
import { BotList } from '../../../src/bots/botList.ts';
import type { BotListState } from '../../../src/bots/botList.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import type { Bot, Page } from '../../../src/recall/bot.ts';
import type { BotFilter } from '../../../src/recall/client.ts';
import { botAnswer } from './botAnswers.ts';
import { VirtualClock, rest } from './virtualClock.ts';

interface Call {
  readonly filter: BotFilter;
  readonly next: string | undefined;
  answer(ids: readonly string[], next?: string): void;
  fail(error: Error): void;
}

describe('BotList', () => {
  let calls: Call[];
  let store: BotStore;
  let clock: VirtualClock;
  let list: BotList;
  let states: BotListState[];

  beforeEach(() => {
    calls = [];
    store = new BotStore();
    clock = new VirtualClock(1_000);
    const listBots = (filter: BotFilter, next: string | undefined): Promise<Page<Bot>> =>
      new Promise((resolve, reject) => {
        calls.push({
          filter,
          next,
          answer: (ids, following) => {
            resolve({ items: ids.map((id) => botAnswer({ id })), next: following, total: undefined });
          },
          fail: reject,
        });
      });
    list = new BotList({ client: { listBots }, store, clock });
    states = [];
    list.changes((state) => states.push(state));
  });

  const shown = (): string[] => store.list().map(({ bot }) => bot.id);

  async function load(ids: readonly string[], next?: string): Promise<void> {
    const loading = calls.length === 0 ? list.refresh() : list.loadMore();
    await rest();
    calls.at(-1)?.answer(ids, next);
    await loading;
  }

  it('loads page after page', async () => {
    await load(['a', 'b'], 'p2');
    assert.equal(list.state.hasMore, true);
    await load(['c'], 'p3');
    await load(['d']);
    assert.deepEqual(shown(), ['a', 'b', 'c', 'd']);
    assert.equal(list.state.hasMore, false);
    assert.deepEqual(
      calls.map(({ next }) => next),
      [undefined, 'p2', 'p3'],
    );
    await list.loadMore();
    assert.equal(calls.length, 3);
  });

  it('tells that it loads, when it was loaded, and why it could not be', async () => {
    const first = list.refresh();
    assert.deepEqual(states, [{ loading: true, loadedAt: undefined, hasMore: false, failure: undefined }]);
    calls[0]?.answer(['a']);
    await first;
    assert.deepEqual(list.state, { loading: false, loadedAt: 1_000, hasMore: false, failure: undefined });

    clock.jump(500);
    const failure = new Error('offline');
    const second = list.refresh();
    calls[1]?.fail(failure);
    await assert.rejects(second, failure);
    assert.deepEqual(list.state, { loading: false, loadedAt: 1_000, hasMore: false, failure });
    assert.deepEqual(shown(), ['a']);

    const third = list.refresh();
    calls[2]?.answer(['a', 'b']);
    await third;
    assert.deepEqual(list.state, { loading: false, loadedAt: 1_500, hasMore: false, failure: undefined });
  });

  it('joins a refresh that is under way, and a call for more', async () => {
    const both = [list.refresh(), list.refresh()];
    assert.equal(calls.length, 1);
    calls[0]?.answer(['a'], 'p2');
    await Promise.all(both);
    const more = [list.loadMore(), list.loadMore()];
    await rest();
    assert.equal(calls.length, 2);
    calls[1]?.answer(['b']);
    await Promise.all(more);
    assert.deepEqual(shown(), ['a', 'b']);
  });

  it('keeps its place behind the loaded pages when the first one is loaded anew', async () => {
    await load(['a'], 'p2');
    await load(['b'], 'p3');
    const refresh = list.refresh();
    calls.at(-1)?.answer(['new'], 'p2');
    await refresh;
    await load(['c']);
    assert.equal(calls.at(-1)?.next, 'p3');
    assert.deepEqual(shown(), ['a', 'b', 'c', 'new']);
  });

  it('goes on past a page that brings nothing new, as when bots were added before it', async () => {
    await load(['a', 'b'], 'p2');
    await load(['a', 'b'], 'p3');
    await load(['c']);
    assert.deepEqual(shown(), ['a', 'b', 'c']);
  });

  it('stops at a page that leads back to an earlier one', async () => {
    await load(['a'], 'p2');
    await load(['b'], 'p3');
    await load(['a'], 'p2');
    assert.equal(list.state.hasMore, false);
  });

  it('starts anew under another filter, and drops what was on its way', async () => {
    const old = list.refresh();
    list.reset({ sentFromHere: true });
    const fresh = list.refresh();
    assert.equal(calls.length, 2);
    assert.deepEqual(calls[1]?.filter, { sentFromHere: true });
    calls[0]?.answer(['of-the-old-account'], 'p2');
    await old;
    assert.deepEqual(shown(), []);
    assert.equal(list.state.loading, true);
    // The old answer must not make room for a second request beside the one under way.
    const joined = list.refresh();
    assert.equal(calls.length, 2);
    calls.at(-1)?.answer(['a']);
    await Promise.all([fresh, joined]);
    assert.deepEqual(shown(), ['a']);
  });

  it('ends where page after page brings no bot that was not there before', async () => {
    await load(['a', 'b'], 'p2');
    await load(['a'], 'p3');
    await load(['b'], 'p4');
    await load(['c'], 'p5');
    await load([], 'p6');
    await load(['a', 'b'], 'p7');
    assert.equal(list.state.hasMore, true);
    await load(['c'], 'p8');
    assert.equal(list.state.hasMore, false);
    assert.deepEqual(shown(), ['a', 'b', 'c']);
  });

  it('does not load more of an account that was left meanwhile', async () => {
    await load(['a'], 'p2');
    const refresh = list.refresh();
    const more = list.loadMore();
    list.reset();
    calls.at(-1)?.answer(['a'], 'p2');
    await Promise.all([refresh, more]);
    assert.equal(calls.length, 2);
  });
});
