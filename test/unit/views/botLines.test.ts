import assert from 'node:assert/strict';
import { BotList } from '../../../src/bots/botList.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { BotLines } from '../../../src/views/botLines.ts';
import { BotNode, DayNode } from '../../../src/views/treeNodes.ts';
import type { TreeNode } from '../../../src/views/treeNodes.ts';
import { DONE, NINE, RECORDING, botAnswer } from '../bots/botAnswers.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

const DAY_SECONDS = 24 * 60 * 60;

describe('the lines of the tree', () => {
  let store: BotStore;
  let list: BotList;
  let lines: BotLines;
  let chosen: boolean | undefined;
  let next: string | undefined;

  beforeEach(() => {
    store = new BotStore();
    chosen = undefined;
    next = undefined;
    const clock = new VirtualClock(NINE + 1000 * DAY_SECONDS * 1000);
    const listBots = () => Promise.resolve({ items: [], next, total: undefined });
    list = new BotList({ client: { listBots }, store, clock });
    lines = new BotLines({
      store,
      list,
      clock,
      byDayChosen: () => chosen,
      defaultBotName: () => 'Notetaker',
    });
    store.changes(() => {
      lines.changed();
    });
  });

  it('are bots in one list while they are few, and days once they are many', () => {
    store.put(old(30));
    assert.deepEqual(kinds(lines.top()), { bots: 30, days: [] });
    store.put(old(31));
    assert.deepEqual(kinds(lines.top()), { bots: 0, days: ['2026-03', '2026-02', '2026-01'] });
    assert.equal(lines.isByDay, true);
  });

  it('do not jump back into a list when one of many bots goes', () => {
    store.put(old(31));
    assert.equal(lines.isByDay, true);
    store.remove(['bot-1', 'bot-2']);
    assert.equal(lines.isByDay, true);
  });

  it('are as somebody chose, however many there are', () => {
    store.put(old(40));
    chosen = false;
    assert.deepEqual(kinds(lines.top()), { bots: 40, days: [] });
    chosen = true;
    lines.changed();
    store.remove(old(39).map(({ id }) => id));
    assert.deepEqual(kinds(lines.top()), { bots: 0, days: ['2025-12'] });
  });

  it('lead from a bot up to its day and down again, by the same nodes each time', () => {
    chosen = true;
    store.put([...old(3), live()]);
    const day = lines.above(lines.ofBot('live'));
    assert.ok(day instanceof DayNode && day === lines.top()[0]);
    assert.deepEqual(lines.below(day), [lines.ofBot('live')]);
    assert.equal(lines.above(day), undefined);
    chosen = false;
    lines.changed();
    assert.equal(lines.above(lines.ofBot('live')), undefined);
  });

  it('show the bots of these days at once, and of older ones only the newest', () => {
    chosen = true;
    store.put(old(40));
    assert.deepEqual(openDays(), ['2026-03']);
    store.put([live()]);
    assert.deepEqual(openDays(), ['live']);
  });

  describe('under a filter', () => {
    beforeEach(() => {
      store.put(old(3));
      store.put([live()]);
    });

    it('are those that match, all of them open', () => {
      chosen = true;
      lines.setFilter('meeting-2');
      assert.deepEqual([lines.botCount, lines.lookedCount], [1, 4]);
      assert.deepEqual([lines.isFiltered, lines.filter], [true, 'meeting-2']);
      assert.equal(lines.shows('bot-2'), true);
      assert.equal(lines.shows('bot-1'), false);
      assert.equal(openDays().length, lines.top().length);
    });

    it('stay as they were when it cannot be read', () => {
      lines.setFilter('meeting-2');
      assert.throws(() => {
        lines.setFilter('before:never');
      });
      assert.deepEqual([lines.botCount, lines.filter], [1, 'meeting-2']);
    });

    it('tell when a change makes a bot appear or go, and only then', () => {
      const clock = new VirtualClock(NINE);
      // Not told of changes: it is asked before the lines are put together anew.
      const asked = new BotLines({
        store,
        list,
        clock,
        byDayChosen: () => false,
        defaultBotName: () => 'Notetaker',
      });
      asked.setFilter('retro');
      const moves = (title: string): boolean => {
        // As VS Code does when it draws.
        asked.top();
        store.putRecord({ ...blankRecord('bot-1'), title });
        const answer = asked.movesAny(['bot-1', 'bot-2']);
        asked.changed();
        return answer;
      };
      assert.equal(moves('Planning'), false);
      assert.equal(moves('Retrospective'), true);
      assert.equal(moves('Retro'), false);
      assert.equal(moves('Planning'), true);
    });
  });

  it('end with one that loads more, but for a search that loads by itself', async () => {
    next = 'p2';
    store.put(old(2));
    await list.refresh();
    const last = (): string | undefined => lines.top().at(-1)?.constructor.name;
    assert.equal(last(), 'LoadMoreNode');
    lines.setFilter('meeting');
    assert.equal(last(), 'LoadMoreNode');
    lines.setSearching(true);
    assert.equal(last(), 'BotNode');
  });

  function openDays(): string[] {
    return lines.top().flatMap((node) => {
      const day = node instanceof DayNode ? lines.day(node) : undefined;
      return day && lines.isOpen(day) ? [day.id] : [];
    });
  }
});

/** Bots that are over, one on each second day before 2 March 2026. */
function old(count: number): Bot[] {
  return Array.from({ length: count }, (_, index) =>
    botAnswer({
      id: `bot-${index + 1}`,
      name: `meeting-${index + 1}`,
      statuses: DONE.map(([code, second]) => [code, second - 2 * index * DAY_SECONDS] as const),
    }),
  );
}

function live(): Bot {
  return botAnswer({ id: 'live', statuses: RECORDING });
}

function kinds(nodes: readonly TreeNode[]): { readonly bots: number; readonly days: readonly string[] } {
  return {
    bots: nodes.filter((node) => node instanceof BotNode).length,
    days: nodes.flatMap((node) => (node instanceof DayNode ? [node.dayId] : [])),
  };
}
