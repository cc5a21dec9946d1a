import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { SavedMedia } from '../../../src/bots/botRecords.ts';
import { isWholeCopy } from '../../../src/media/wholeCopy.ts';
import type { RecordingAnswer } from '../bots/botAnswers.ts';
import { DONE, NINE, botAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';

const NOW = NINE + 60 * 60_000;

describe('a whole copy of the media of a bot', () => {
  const video = (number: number): SavedMedia => ({
    recordingId: `recording-${number}`,
    artifactId: `video-${number}`,
    path: `/recordings/video-${number}.mp4`,
    bytes: 1,
  });
  const withVideo: RecordingAnswer = { audio: { code: 'failed' }, video: {} };

  function isWhole(
    recordings: readonly RecordingAnswer[],
    saved: readonly SavedMedia[],
    savedVideos: readonly SavedMedia[] = [],
    onDisk: readonly SavedMedia[] = [...saved, ...savedVideos],
    withoutMp3 = false,
  ): boolean {
    const bot = botAnswer({ statuses: DONE, recordings, withoutMp3 });
    const record = { ...blankRecord(bot.id), saved: [...saved], savedVideos: [...savedVideos] };
    return isWholeCopy({ bot, record }, onDisk, NOW);
  }

  it('has the MP3 of each recording', () => {
    assert.equal(isWhole([{}, {}], [savedMp3(1), savedMp3(2)]), true);
    assert.equal(isWhole([{}, {}], [savedMp3(1)]), false);
    assert.equal(isWhole([{}], [savedMp3(1)], [], []), false);
    assert.equal(isWhole([{}], []), false);
  });

  it('has videos in the place of MP3s, of each recording', () => {
    for (const withoutMp3 of [false, true]) {
      const both = [withVideo, withVideo];
      assert.equal(isWhole(both, [], [video(1), video(2)], undefined, withoutMp3), true);
      assert.equal(isWhole(both, [], [video(1)], undefined, withoutMp3), false);
      assert.equal(isWhole(both, [], [video(1), video(2)], [video(1)], withoutMp3), false);
    }
  });

  it('may have the MP3 of one recording and the video of another', () => {
    assert.equal(isWhole([{}, withVideo], [savedMp3(1)], [video(2)]), true);
    assert.equal(isWhole([{}, withVideo], [savedMp3(1)]), false);
  });

  it('lacks nothing of a recording that has neither', () => {
    assert.equal(isWhole([{}, { audio: { code: 'failed' } }], [savedMp3(1)]), true);
    assert.equal(isWhole([{}, { status: 'deleted' }], [savedMp3(1)]), true);
  });
});
