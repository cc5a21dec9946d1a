import assert from 'node:assert/strict';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import type { BotRecord } from '../../../src/bots/botRecords.ts';
import { ExpiryWarnings } from '../../../src/media/expiryWarnings.ts';
import type { ExpiryWarning } from '../../../src/media/expiryWarnings.ts';
import { DONE, NINE, atSecond, botAnswer } from '../bots/botAnswers.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { quietLog } from '../bots/quietLog.ts';
import { savedMp3 } from '../bots/savedMp3.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

const HOUR = 3_600_000;

const part = (artifactId: string, partNumber: number): BotRecord['parts'][number] => ({
  recordingId: 'recording-2',
  artifactId,
  partNumber,
});

describe('warnings before media is deleted', () => {
  let files: MemoryFiles;
  let clock: VirtualClock;
  let windows: ExpiryWarnings[];
  let isOnDisk: boolean;

  beforeEach(() => {
    files = new MemoryFiles();
    clock = new VirtualClock(NINE);
    windows = [];
    isOnDisk = true;
  });

  afterEach(() => {
    for (const window of windows) window.dispose();
    assert.equal(clock.timerCount, 0);
  });

  const records = (): BotRecords =>
    new BotRecords('/state', 'https://us-west-2.recall.ai', files, quietLog());

  function openWindow(told: string[]): ExpiryWarnings {
    const warnings = new ExpiryWarnings({
      records,
      stillOnDisk: (saved) => Promise.resolve(isOnDisk ? saved : []),
      clock,
      log: quietLog(),
    });
    windows.push(warnings);
    warnings.due(({ botId }) => told.push(botId));
    return warnings;
  }

  const botExpiringIn = (hours: number) =>
    botAnswer({ statuses: DONE, recordings: [{ expiresAt: atSecond(hours * 3600) }] });

  it('come once, less than a day ahead', async () => {
    const told: string[] = [];
    const warnings = openWindow(told);
    await warnings.note(botExpiringIn(26));
    await warnings.look();
    assert.deepEqual(told, []);
    for (let hour = 0; hour < 5; hour++) await clock.advance(HOUR);
    assert.deepEqual(told, ['bot-1']);
  });

  it('come in one of two windows', async () => {
    const told: string[] = [];
    const first = openWindow(told);
    const second = openWindow(told);
    await first.note(botExpiringIn(3));
    await Promise.all([first.look(), second.look()]);
    assert.deepEqual(told, ['bot-1']);
  });

  it('do not come for what was saved, taken off the list, or is gone already', async () => {
    const told: string[] = [];
    const warnings = openWindow(told);
    await warnings.note(botExpiringIn(3));
    await records().change('bot-1', () => ({ saved: [savedMp3(1)] }));
    await warnings.look();
    await records().change('bot-1', () => ({ saved: [], hidden: true }));
    await warnings.look();
    await records().change('bot-1', () => ({
      hidden: false,
      expiries: [{ recordingId: 'recording-1', expiresAt: atSecond(-1) }],
    }));
    await warnings.look();
    assert.deepEqual(told, []);
  });

  it('come for what is missing when only some is saved, or the file is gone', async () => {
    const told: string[] = [];
    const warnings = openWindow(told);
    const recordings = [{ expiresAt: atSecond(3 * 3600) }, { expiresAt: atSecond(4 * 3600) }];
    const whole: [string, Partial<BotRecord>][] = [
      ['one-of-two', { saved: [savedMp3(1)] }],
      ['both', { saved: [savedMp3(1), savedMp3(2)] }],
      ['one-part', { saved: [savedMp3(1), savedMp3(2)], parts: [part('audio-2', 1), part('second', 2)] }],
    ];
    for (const [id, record] of whole) {
      await warnings.note(botAnswer({ id, statuses: DONE, recordings }));
      await records().change(id, () => record);
    }
    await warnings.look();
    assert.deepEqual(told.toSorted(), ['one-of-two', 'one-part']);
    isOnDisk = false;
    await warnings.look();
    assert.deepEqual(told.at(-1), 'both');
  });

  it('tell when the next MP3 goes that is missing, and whether others are here', async () => {
    const told: ExpiryWarning[] = [];
    const warnings = openWindow([]);
    warnings.due((warning) => told.push(warning));
    const recordings = [{ expiresAt: atSecond(3 * 3600) }, { expiresAt: atSecond(4 * 3600) }];
    await warnings.note(botAnswer({ statuses: DONE, recordings }));
    await records().change('bot-1', () => ({ saved: [savedMp3(1)] }));
    await warnings.look();
    assert.deepEqual(told, [{ botId: 'bot-1', expiresAt: NINE + 4 * HOUR, isPartlySaved: true }]);
  });

  it('do not come for a recording that has no MP3 to lose', async () => {
    const told: string[] = [];
    const warnings = openWindow(told);
    const recordings = [{ expiresAt: atSecond(3 * 3600), audio: { code: 'failed' } }];
    await warnings.note(botAnswer({ statuses: DONE, recordings }));
    await warnings.look();
    assert.deepEqual(told, []);
  });

  it('are not needed for media that is kept for ever', async () => {
    const told: string[] = [];
    const warnings = openWindow(told);
    await warnings.note(botAnswer({ statuses: DONE, recordings: [{}] }));
    await warnings.look();
    assert.deepEqual(told, []);
  });
});
