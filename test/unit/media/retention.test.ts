import assert from 'node:assert/strict';
import { mp3sOf } from '../../../src/media/botMp3s.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { SavedMedia } from '../../../src/bots/botRecords.ts';
import { expiriesOf, nextLoss } from '../../../src/media/retention.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { NINE, botAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';

const HOUR_MS = 60 * 60_000;
const inHours = (hours: number): string => new Date(NINE + hours * HOUR_MS).toISOString();

describe('expiriesOf', () => {
  it('is when each recording goes whose MP3 can be had', () => {
    const recordings = [
      { expiresAt: inHours(50) },
      { expiresAt: inHours(20) },
      { expiresAt: inHours(20), audio: { code: 'failed' } },
      { expiresAt: inHours(-1) },
      { expiresAt: 'soon' },
      {},
    ];
    assert.deepEqual(expiriesOf(botAnswer({ recordings }), NINE), [
      { recordingId: 'recording-1', expiresAt: inHours(50) },
      { recordingId: 'recording-2', expiresAt: inHours(20) },
    ]);
  });
});

describe('nextLoss', () => {
  const soon = botAnswer({ recordings: [{ expiresAt: inHours(23) }] });

  function loss(bot: Bot, saved: readonly SavedMedia[], now = NINE): number | undefined {
    const record = { ...blankRecord(bot.id), saved: [...saved] };
    return nextLoss(bot, mp3sOf({ bot, record }, saved), now);
  }

  it('is when an MP3 goes that has less than a day left', () => {
    assert.equal(loss(soon, []), NINE + 23 * HOUR_MS);
    assert.equal(loss(botAnswer({ recordings: [{ expiresAt: inHours(24) }] }), []), undefined);
    assert.equal(loss(botAnswer({ recordings: [{}] }), []), undefined);
  });

  it('is none when it is too late already', () => {
    assert.equal(loss(soon, [], NINE + 23 * HOUR_MS), undefined);
  });

  it('is none when that MP3 is on this computer', () => {
    assert.equal(loss(soon, [savedMp3(1)]), undefined);
    assert.equal(loss(soon, [savedMp3(7)]), NINE + 23 * HOUR_MS);
  });

  it('looks at each recording for itself', () => {
    const two = botAnswer({ recordings: [{ expiresAt: inHours(2) }, { expiresAt: inHours(3) }] });
    assert.equal(loss(two, []), NINE + 2 * HOUR_MS);
    assert.equal(loss(two, [savedMp3(1)]), NINE + 3 * HOUR_MS);
  });

  it('goes by the recording where the API does not tell the MP3', () => {
    const untold = botAnswer({ recordings: [{ expiresAt: inHours(2), audio: null }] });
    assert.equal(loss(untold, [savedMp3(1)]), undefined);
    assert.equal(loss(untold, []), NINE + 2 * HOUR_MS);
  });

  it('is none where there is no MP3 to lose', () => {
    const lost = [
      { expiresAt: inHours(2), audio: { code: 'failed' } },
      { expiresAt: inHours(2), audio: { code: 'deleted' } },
      { expiresAt: inHours(2), status: 'deleted' },
      { expiresAt: inHours(2), audio: { format: 'raw' } },
    ];
    for (const recording of lost) assert.equal(loss(botAnswer({ recordings: [recording] }), []), undefined);
    const unasked = botAnswer({ recordings: [{ expiresAt: inHours(2), audio: null }], withoutMp3: true });
    assert.equal(loss(unasked, []), undefined);
  });
});
