import assert from 'node:assert/strict';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { ExpiryWarnings } from '../../../src/bots/expiryWarnings.ts';
import { DONE, NINE, atSecond, botAnswer } from './botAnswers.ts';
import { MemoryFiles } from './memoryFiles.ts';
import { quietLog } from './quietLog.ts';
import { VirtualClock } from './virtualClock.ts';

const HOUR = 3_600_000;

describe('warnings before media is deleted', () => {
  let files: MemoryFiles;
  let clock: VirtualClock;
  let windows: ExpiryWarnings[];

  beforeEach(() => {
    files = new MemoryFiles();
    clock = new VirtualClock(NINE);
    windows = [];
  });

  afterEach(() => {
    for (const window of windows) window.dispose();
    assert.equal(clock.timerCount, 0);
  });

  const records = (): BotRecords =>
    new BotRecords('/state', 'https://us-west-2.recall.ai', files, quietLog());

  function openWindow(told: string[]): ExpiryWarnings {
    const warnings = new ExpiryWarnings({ records, clock, log: quietLog() });
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
    const saved = [{ recordingId: 'r', artifactId: 'a', path: '/a.mp3', bytes: 1 }];
    await records().change('bot-1', () => ({ saved }));
    await warnings.look();
    await records().change('bot-1', () => ({ saved: [], hidden: true }));
    await warnings.look();
    await records().change('bot-1', () => ({ hidden: false, expiresAt: atSecond(-1) }));
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
