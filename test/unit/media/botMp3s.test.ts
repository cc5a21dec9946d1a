import assert from 'node:assert/strict';
import { isAllSaved, mp3sOf, savedShare } from '../../../src/media/botMp3s.ts';
import type { BotMp3 } from '../../../src/media/botMp3s.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { BotRecord, SavedMedia } from '../../../src/bots/botRecords.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DONE, NINE, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { RecordingAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';

const NOW = NINE + 200_000;

const overWith = (...recordings: RecordingAnswer[]): Bot => botAnswer({ statuses: DONE, recordings });

function mp3s(bot: Bot, record: Partial<BotRecord> = {}, onDisk: readonly SavedMedia[] = []): BotMp3[] {
  return mp3sOf({ bot, record: { ...blankRecord(bot.id), ...record } }, onDisk);
}

const places = (found: readonly BotMp3[]): string[] =>
  found.map(
    ({ recordingNumber, partNumber, isPart, artifactId }) =>
      `${recordingNumber}${isPart ? `.${partNumber}` : ''} ${artifactId ?? '-'}`,
  );

const part = (number: number, partNumber: number, artifactId: string): BotRecord['parts'][number] => ({
  recordingId: `recording-${number}`,
  artifactId,
  partNumber,
});

describe('the MP3s of a bot, as far as they are known', () => {
  it('are one for each recording, oldest first', () => {
    const bot = overWith(
      { id: 'late', startedAt: atSecond(60), audio: { id: 'b' } },
      { id: 'early', startedAt: atSecond(20), audio: { id: 'a' } },
      { id: 'last', startedAt: atSecond(90), audio: null },
    );
    assert.deepEqual(places(mp3s(bot)), ['1 a', '2 b', '3 -']);
    assert.deepEqual(mp3s(overWith()), []);
  });

  it('have the parts that were found on downloading, in their order', () => {
    const parts = [part(1, 2, 'audio-1'), part(1, 1, 'first')];
    assert.deepEqual(places(mp3s(overWith({}, {}), { parts })), ['1.1 first', '1.2 audio-1', '2 audio-2']);
  });

  it('have the parts that were saved, where nothing else tells of them', () => {
    const saved = [savedMp3(1), savedMp3(1, 'second')];
    assert.deepEqual(places(mp3s(overWith({}), { saved })), ['1.1 audio-1', '1.2 second']);
  });

  it('keep the number of a part whose forerunner could not be made', () => {
    const parts = [part(1, 2, 'b'), part(1, 3, 'c')];
    const bot = overWith({ audio: { id: 'a', code: 'failed' } });
    assert.deepEqual(places(mp3s(bot, { parts })), ['1.2 b', '1.3 c']);
  });

  it('have the saved ones of recordings that Recall tells of no more', () => {
    const found = mp3s(overWith(), { saved: [savedMp3(1)] }, [savedMp3(1)]);
    assert.deepEqual(places(found), ['1 audio-1']);
    assert.equal(found[0]?.recording, undefined);
    assert.equal(found[0]?.saved?.path, '/recordings/audio-1.mp3');
  });

  it('have a file only when it is on disk', () => {
    const record = { saved: [savedMp3(1), savedMp3(2)] };
    const found = mp3s(overWith({}, {}), record, [savedMp3(2)]);
    assert.deepEqual(
      found.map(({ saved }) => saved?.artifactId),
      [undefined, 'audio-2'],
    );
  });
});

describe('how many MP3s of a bot are saved', () => {
  const share = (bot: Bot, record: Partial<BotRecord>): string => {
    const found = savedShare(bot, mp3s(bot, record, record.saved), NOW);
    return `${found.saved} of ${found.total}${isAllSaved(found) ? ', all' : ''}`;
  };

  it('counts all that are saved or can still be had', () => {
    assert.equal(share(overWith({}, {}), {}), '0 of 2');
    assert.equal(share(overWith({}, {}), { saved: [savedMp3(1)] }), '1 of 2');
    assert.equal(share(overWith({}, {}), { saved: [savedMp3(1), savedMp3(2)] }), '2 of 2, all');
    assert.equal(share(overWith(), {}), '0 of 0');
  });

  it('counts each part of a recording: a download can end between two', () => {
    const parts = [part(1, 1, 'audio-1'), part(1, 2, 'second')];
    const saved = [savedMp3(1)];
    assert.equal(share(overWith({}), { parts, saved }), '1 of 2');
    assert.equal(share(overWith({}), { parts, saved: [...saved, savedMp3(1, 'second')] }), '2 of 2, all');
  });

  it('counts what is still being made', () => {
    const bot = overWith({}, { audio: { code: 'processing' } });
    assert.equal(share(bot, { saved: [savedMp3(1)] }), '1 of 2');
  });

  it('does not count what cannot be had', () => {
    const lost: RecordingAnswer[] = [
      { status: 'deleted' },
      { audio: { code: 'failed' } },
      { audio: { format: 'raw' } },
      { expiresAt: atSecond(150) },
    ];
    for (const recording of lost)
      assert.equal(share(overWith({}, recording), { saved: [savedMp3(1)] }), '1 of 1, all');
    const expired = botAnswer({ statuses: [...DONE, ['media_expired', 150]], recordings: [{}, {}] });
    assert.equal(share(expired, { saved: [savedMp3(2)] }), '1 of 1, all');
  });
});
