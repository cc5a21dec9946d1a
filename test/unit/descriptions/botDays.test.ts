import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { byDay, nextMidnight } from '../../../src/descriptions/botDays.ts';
import { setDisplayLanguage } from '../../../src/language/displayLanguage.ts';
import { speakEnglish } from '../language/pseudoLanguage.ts';
import { DONE, NINE, RECORDING, botAnswer } from '../bots/botAnswers.ts';

// A Friday. Without a time zone, as all times below: days are those of the computer.
const NOW = new Date('2026-11-20T15:00').getTime();

describe('bots by day', () => {
  afterEach(speakEnglish);

  it('stand under what goes on, what comes, the days of this week, and months', () => {
    assert.deepEqual(
      days([
        over('2026-11-20T14:00'),
        over('2026-11-20T00:00'),
        over('2026-11-19T23:59'),
        over('2026-11-18T09:00'),
        over('2026-11-15T09:00'),
        over('2026-11-14T09:00'),
        over('2026-11-02T09:00'),
        over('2026-10-31T23:59'),
        over('2025-11-30T09:00'),
        botAnswer({ id: 'live', statuses: RECORDING }),
        botAnswer({ id: 'to-come', statuses: [], joinAt: new Date('2026-11-21T09:00').toISOString() }),
      ]),
      [
        ['live', 'Live', 'live'],
        ['scheduled', 'Scheduled', 'to-come'],
        ['today', 'Today', '2026-11-20T1400', '2026-11-20T0000'],
        ['yesterday', 'Yesterday', '2026-11-19T2359'],
        ['week', 'This week', '2026-11-18T0900', '2026-11-15T0900'],
        ['2026-11', 'November 2026', '2026-11-14T0900', '2026-11-02T0900'],
        ['2026-10', 'October 2026', '2026-10-31T2359'],
        ['2025-11', 'November 2025', '2025-11-30T0900'],
      ],
    );
  });

  it('go by the first day of the week where the language is spoken', () => {
    setDisplayLanguage({ tag: 'de', messages: undefined });
    assert.deepEqual(days([over('2026-11-16T09:00'), over('2026-11-15T09:00')]), [
      ['week', 'This week', '2026-11-16T0900'],
      ['2026-11', 'November 2026', '2026-11-15T0900'],
    ]);
  });

  it('count yesterday as yesterday also when the week has just begun', () => {
    const sunday = new Date('2026-11-22T08:00').getTime();
    assert.deepEqual(days([over('2026-11-21T09:00'), over('2026-11-20T09:00')], sunday), [
      ['yesterday', 'Yesterday', '2026-11-21T0900'],
      ['2026-11', 'November 2026', '2026-11-20T0900'],
    ]);
  });

  it('are of today when their time is ahead of the clock, and come last without any time', () => {
    const undated = { ...over('2026-11-20T09:00'), id: 'undated', joinAt: undefined, recordings: [] };
    undated.statusChanges = undated.statusChanges.map((change) => ({ ...change, createdAt: undefined }));
    assert.deepEqual(days([undated, over('2026-11-21T09:00')]), [
      ['today', 'Today', '2026-11-21T0900'],
      ['undated', 'Without a date', 'undated'],
    ]);
  });

  it('are none without bots', () => {
    assert.deepEqual(byDay([], NOW), []);
  });

  it('change at midnight, also on a day of 23 or 25 hours', () => {
    for (const day of ['2026-03-08', '2026-11-01', '2026-12-31']) {
      const next = new Date(nextMidnight(new Date(`${day}T12:00`).getTime()));
      const [hours, minutes] = [next.getHours(), next.getMinutes()];
      assert.deepEqual([hours, minutes, next.getTime() > new Date(`${day}T23:59`).getTime()], [0, 0, true]);
    }
  });
});

/** A bot that is over, and began then. */
function over(time: string): ReturnType<typeof botAnswer> {
  const offset = (new Date(time).getTime() - NINE) / 1000;
  return botAnswer({
    id: time.replace(':', ''),
    statuses: DONE.map(([code, second]) => [code, second + offset] as const),
  });
}

function days(bots: readonly ReturnType<typeof botAnswer>[], now = NOW): string[][] {
  const store = new BotStore();
  store.put(bots);
  for (const { id } of bots) store.putRecord(blankRecord(id));
  return byDay(store.list(), now).map((day) => [day.id, day.label, ...day.bots.map(({ bot }) => bot.id)]);
}
