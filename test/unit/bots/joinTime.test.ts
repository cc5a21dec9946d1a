import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJoinTime } from '../../../src/bots/joinTime.ts';

describe('readJoinTime', () => {
  const zoneBefore = process.env.TZ;

  before(() => {
    process.env.TZ = 'Europe/Berlin';
  });

  after(() => {
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  // A Wednesday, four days before the clocks go forward.
  const now = (): Date => new Date(2026, 2, 25, 14, 0, 20);

  function timeOf(text: string, from = now()): string {
    const read = readJoinTime(text, from);
    if (read.kind === 'problem') assert.fail(`${text}: ${read.reason}`);
    return read.at.toISOString();
  }

  function problemOf(text: string, from = now()): string {
    const read = readJoinTime(text, from);
    if (read.kind === 'time') assert.fail(`${text}: ${read.at.toISOString()}`);
    return read.reason;
  }

  const readable: readonly (readonly [text: string, expected: string])[] = [
    ['in 30 minutes', '2026-03-25T13:30:20.000Z'],
    ['In 2 Hours', '2026-03-25T15:00:20.000Z'],
    ['  in   1 h   30 min ', '2026-03-25T14:30:20.000Z'],
    ['1h30m', '2026-03-25T14:30:20.000Z'],
    ['in 1 hour and 15 minutes', '2026-03-25T14:15:20.000Z'],
    ['+90m', '2026-03-25T14:30:20.000Z'],
    ['in 1.5 hours', '2026-03-25T14:30:20.000Z'],
    ['in an hour', '2026-03-25T14:00:20.000Z'],
    ['in half an hour', '2026-03-25T13:30:20.000Z'],
    ['14:30', '2026-03-25T13:30:00.000Z'],
    ['at 14.30', '2026-03-25T13:30:00.000Z'],
    ['9pm', '2026-03-25T20:00:00.000Z'],
    ['9:15 p.m.', '2026-03-25T20:15:00.000Z'],
    ['tomorrow 9:00', '2026-03-26T08:00:00.000Z'],
    ['tomorrow at 9am', '2026-03-26T08:00:00.000Z'],
    ['tomorrow at 9', '2026-03-26T08:00:00.000Z'],
    ['9am tomorrow', '2026-03-26T08:00:00.000Z'],
    ['tomorrow noon', '2026-03-26T11:00:00.000Z'],
    ['tomorrow 12am', '2026-03-25T23:00:00.000Z'],
    ['tomorrow 12pm', '2026-03-26T11:00:00.000Z'],
    ['friday 16:15', '2026-03-27T15:15:00.000Z'],
    ['on Fri at 16:15', '2026-03-27T15:15:00.000Z'],
    ['16:15 on friday', '2026-03-27T15:15:00.000Z'],
    ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00.000Z'],
    ['2026-12-01T10:00+05:30', '2026-12-01T04:30:00.000Z'],
    ['2026-12-01T10:00:00.000-0800', '2026-12-01T18:00:00.000Z'],
    ['2026-12-01 10:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01, 10:00', '2026-12-01T09:00:00.000Z'],
    ['2099-06-01 00:00', '2099-05-31T22:00:00.000Z'],
  ];
  for (const [text, expected] of readable) {
    it(`understands "${text}"`, () => {
      assert.equal(timeOf(text), expected);
    });
  }

  describe('with weekdays', () => {
    it('is not guessed where it can be read in two ways: both are named', () => {
      assert.equal(problemOf('14h'), '"14h" can be read in two ways. Write "14:00" or "in 14 hours".');
      assert.match(problemOf('9 h'), /^"9 h" can be read in two ways\. Write "9:00" or "in 9 hours"\.$/);
      assert.equal(timeOf('14h30'), '2026-03-25T13:30:00.000Z');
      assert.equal(timeOf('tomorrow 14h'), '2026-03-26T13:00:00.000Z');
      assert.equal(timeOf('in 14h'), timeOf('in 14 hours'));
      assert.equal(timeOf('+2h'), timeOf('in 2 hours'));
      assert.equal(timeOf('1h 30m'), timeOf('in 90 minutes'));
    });

    it('takes today when its time is still to come, else a week later', () => {
      assert.equal(timeOf('wednesday 15:00'), '2026-03-25T14:00:00.000Z');
      assert.equal(timeOf('wednesday 10:00'), '2026-04-01T08:00:00.000Z');
    });

    it('takes "next" as a week later on the day itself', () => {
      assert.equal(timeOf('next wednesday 15:00'), '2026-04-01T13:00:00.000Z');
      assert.equal(timeOf('next thursday 15:00'), '2026-03-26T14:00:00.000Z');
    });
  });

  describe('when the clocks change', () => {
    it('keeps the time of day of the day that is named', () => {
      // 14:00 Berlin time is 13:00 UTC on Saturday and 12:00 UTC on Sunday.
      const saturday = new Date(2026, 2, 28, 14, 0, 0);
      assert.equal(timeOf('tomorrow 14:00', saturday), '2026-03-29T12:00:00.000Z');
      assert.equal(timeOf('monday 10:00'), '2026-03-30T08:00:00.000Z');
    });

    it('counts days by the calendar and hours by the clock', () => {
      const saturday = new Date(2026, 2, 28, 14, 0, 0);
      assert.equal(timeOf('in 1 day', saturday), '2026-03-29T12:00:00.000Z');
      assert.equal(timeOf('in 24 hours', saturday), '2026-03-29T13:00:00.000Z');
      assert.equal(timeOf('in 1 week', saturday), '2026-04-04T12:00:00.000Z');
    });

    it('refuses a time that the clock skips', () => {
      assert.match(problemOf('sunday 2:30'), /no 2:30 on that day: the clocks go forward/);
      assert.match(problemOf('2026-03-29T02:30'), /clocks go forward/);
      assert.equal(timeOf('2026-03-29T03:00'), '2026-03-29T01:00:00.000Z');
    });

    it('takes the first of two when the clock repeats a time', () => {
      assert.equal(timeOf('2026-10-25 02:30'), '2026-10-25T00:30:00.000Z');
    });
  });

  describe('refuses', () => {
    it('what is past, and says how to name tomorrow', () => {
      assert.equal(problemOf('13:00'), 'It is past 13:00 today. For tomorrow, write "tomorrow 13:00".');
      assert.match(problemOf('9am'), /tomorrow 9:00/);
      assert.equal(problemOf('today 13:00'), 'This time has passed.');
      assert.equal(problemOf('2025-01-01 10:00'), 'This time has passed.');
      assert.equal(problemOf('in 0 minutes'), 'This time has passed.');
    });

    it('a day without a time of day', () => {
      for (const text of ['tomorrow', 'Monday', '2026-12-01']) {
        assert.match(problemOf(text), /Add the time of day/);
      }
    });

    it('days and times that do not exist', () => {
      assert.equal(problemOf('2026-02-30 10:00'), 'There is no such day.');
      assert.equal(problemOf('2026-13-01 10:00'), 'There is no such day.');
      assert.match(problemOf('25:00'), /no time of day 25:00/);
      assert.match(problemOf('tomorrow 10:75'), /no time of day/);
      assert.match(problemOf('13pm'), /no time of day/);
      assert.match(problemOf('0am'), /no time of day/);
      assert.match(problemOf('2026-12-01 10:00+99:00'), /no time zone/);
    });

    it('a time that Recall could not take', () => {
      assert.equal(problemOf('in 999999 weeks'), 'That is too far ahead.');
    });

    it('everything else, with examples that can be copied', () => {
      for (const text of [
        '',
        'banana',
        'in',
        '30',
        '15',
        'in 3 mondays',
        'at 5 bananas',
        '10:00m',
        '2026-12-01x',
      ]) {
        const reason = problemOf(text);
        assert.match(reason, /^This is not a time\. Try /, text);
        for (const [, example] of reason.matchAll(/"([^"]+)"/g)) timeOf(example ?? '');
      }
    });
  });

  it('says from when on a bot is guaranteed', () => {
    const guaranteed = (text: string): unknown => {
      const read = readJoinTime(text, now());
      return read.kind === 'time' && read.guaranteed;
    };
    assert.equal(guaranteed('in 10 minutes'), false);
    assert.equal(guaranteed('in 11 minutes'), true);
    assert.equal(guaranteed('tomorrow 9:00'), true);
  });

  it('answers to any text with a time that is ahead or a reason, and quickly', () => {
    const words = fc.constantFrom(
      'in',
      'at',
      'on',
      'next',
      'monday',
      'tomorrow',
      '9',
      '30',
      ':',
      'am',
      'hours',
      'half an',
      '2026-03-29',
      ' ',
      '+',
      ',',
      'and',
      'd',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.array(words, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = readJoinTime(text, now());
        if (read.kind === 'problem') assert.match(read.reason, /\.$/);
        else assert.ok(read.at.getTime() > now().getTime());
      }),
      { numRuns: 2_000 },
    );
  });
});
