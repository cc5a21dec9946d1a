import assert from 'node:assert/strict';
import { matchesFilter } from '../../../src/descriptions/botFilter.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { botAnswer } from '../bots/botAnswers.ts';

describe('the filter of bots', () => {
  const bot = botAnswer({
    name: 'Weekly Sync',
    meetingUrl: { platform: 'google_meet', meeting_id: 'kqz-mwvp-trb' },
  });
  const matches = (text: string): boolean => matchesFilter({ bot, record: blankRecord(bot.id) }, text);

  for (const text of ['weekly', 'SYNC', 'kqz', 'google meet', 'recording', 'bot-1', 'sync meet', '  ', '']) {
    it(`finds it by "${text}"`, () => {
      assert.equal(matches(text), true);
    });
  }

  for (const text of ['zoom', 'weekly zoom', 'done']) {
    it(`does not find it by "${text}"`, () => {
      assert.equal(matches(text), false);
    });
  }
});
