import assert from 'node:assert/strict';
import { mp3sOf } from '../../../src/media/botMp3s.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { BotRecord } from '../../../src/bots/botRecords.ts';
import { describeRecording, recordingLine } from '../../../src/descriptions/recordingDescription.ts';
import type { RecordingDescription } from '../../../src/descriptions/recordingDescription.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { RecordingAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';

const HOUR = 3600;
const NOW = NINE + 200_000;

function describeAll(bot: Bot, record: Partial<BotRecord> = {}, now = NOW): RecordingDescription[] {
  const known = { bot, record: { ...blankRecord(bot.id), ...record } };
  return mp3sOf(known, known.record.saved).map((mp3) => describeRecording(bot, mp3, now));
}

const overWith = (...recordings: RecordingAnswer[]): Bot => botAnswer({ statuses: DONE, recordings });

function only(recording: RecordingAnswer, record: Partial<BotRecord> = {}): RecordingDescription {
  const [description] = describeAll(overWith(recording), record);
  assert.ok(description);
  return description;
}

describe('how a recording looks', () => {
  const length = { startedAt: atSecond(20), completedAt: atSecond(20 + 1785) };

  it('has a number, its state and its length', () => {
    const found = describeAll(overWith(length, { ...length, audio: { code: 'processing' } }));
    assert.deepEqual(
      found.map(({ label, detail }) => `${label}: ${detail}`),
      ['Recording 1: MP3 ready · 29:45', 'Recording 2: Making the MP3 · 29:45'],
    );
  });

  it('has the number of the part, and then no length, since Recall does not tell it', () => {
    const parts = [
      { recordingId: 'recording-1', artifactId: 'audio-1', partNumber: 1 },
      { recordingId: 'recording-1', artifactId: 'second', partNumber: 2 },
    ];
    const found = describeAll(overWith(length), { parts, saved: [savedMp3(1)] });
    assert.deepEqual(
      found.map(({ label, detail }) => `${label}: ${detail}`),
      ['Recording 1, part 1: Saved', 'Recording 1, part 2: MP3 ready'],
    );
  });

  it('tells every state in words and by an icon', () => {
    const look = ({ detail, icon }: RecordingDescription): string =>
      `${detail.split(' · ')[0] ?? ''} ${icon.codicon}`;
    const looks: readonly (readonly [RecordingAnswer, string])[] = [
      [{}, 'MP3 ready pass'],
      [{ audio: { code: 'processing' } }, 'Making the MP3 gear'],
      [{ audio: { code: 'failed' } }, 'MP3 failed error'],
      [{ audio: { code: 'deleted' } }, 'Deleted circle-slash'],
      [{ status: 'deleted' }, 'Deleted circle-slash'],
      [{ audio: { format: 'raw' } }, 'No MP3 circle-slash'],
      [{ audio: null }, 'Making the MP3 gear'],
      [{ audio: null, status: 'failed' }, 'MP3 failed error'],
      [{ expiresAt: atSecond(150) }, 'Media expired history'],
      [{ audio: { code: 'teleporting' } }, 'teleporting question'],
    ];
    for (const [recording, wanted] of looks) assert.equal(look(only(recording)), wanted);
    assert.equal(look(only({}, { saved: [savedMp3(1)] })), 'Saved file-media');
    const [muchLater] = describeAll(overWith({ audio: null }), {}, NINE + HOUR * 1000);
    assert.equal(muchLater && look(muchLater), 'No MP3 circle-slash');
    const [live] = describeAll(
      botAnswer({ statuses: RECORDING, recordings: [{ completedAt: null, audio: { code: 'processing' } }] }),
    );
    assert.equal(live && look(live), 'Recording record');
    const unasked = botAnswer({ statuses: DONE, recordings: [{ audio: null }], withoutMp3: true });
    assert.equal(describeAll(unasked)[0]?.detail.split(' · ')[0], 'No MP3 asked for');
  });

  it('warns a day before it is deleted, unless it is saved', () => {
    const recording = { ...length, expiresAt: atSecond(200 + 5 * HOUR) };
    assert.equal(only(recording).detail, 'MP3 deleted in 5 h · 29:45');
    assert.equal(only(recording).icon.codicon, 'warning');
    assert.equal(only(recording, { saved: [savedMp3(1)] }).detail, 'Saved · 29:45');
  });

  it('does not warn while it is recorded', () => {
    const recordings = [{ completedAt: null, audio: null, expiresAt: atSecond(200 + 5 * HOUR) }];
    const [live] = describeAll(botAnswer({ statuses: RECORDING, recordings }));
    assert.deepEqual([live?.detail, live?.icon.codicon], ['Recording', 'record']);
  });

  it('can be opened when it is saved, and downloaded when it is not and can be', () => {
    const abilities = (recording: RecordingAnswer, record: Partial<BotRecord> = {}): string[] => [
      ...only(recording, record).abilities,
    ];
    assert.deepEqual(abilities({}), ['canDownload']);
    assert.deepEqual(abilities({}, { saved: [savedMp3(1)] }), ['saved']);
    assert.deepEqual(abilities({ audio: { code: 'failed' } }), []);
  });

  it('tells a screen reader everything in one sentence', () => {
    const { spoken } = only({ ...length, expiresAt: atSecond(200 + 5 * HOUR) });
    assert.equal(spoken, 'Recording 1, MP3 ready, MP3 deleted in 5 h, 29:45 long');
  });

  it('says in the tooltip how long Recall keeps it, as long as that is to come', () => {
    const line = (expiresAt: string): string => {
      const bot = overWith({ ...length, expiresAt });
      const [mp3] = mp3sOf({ bot, record: blankRecord(bot.id) }, []);
      return mp3 ? recordingLine(bot, mp3, NOW) : '';
    };
    assert.match(
      line(atSecond(9 * 24 * HOUR)),
      /^Recording 1, MP3 ready, 29:45, kept by Recall until .*2026/,
    );
    assert.equal(line(atSecond(150)), 'Recording 1, Media expired, 29:45');
  });

  it('says in the tooltip how large the saved file is', () => {
    const bot = overWith(length);
    const saved = [{ ...savedMp3(1), bytes: 14_200_000 }];
    const [mp3] = mp3sOf({ bot, record: blankRecord(bot.id) }, saved);
    assert.equal(mp3 && recordingLine(bot, mp3, NOW), 'Recording 1, Saved, 29:45, 14 MB');
  });
});
