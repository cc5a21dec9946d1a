import assert from 'node:assert/strict';
import type { MissingMedia, WantedMedia } from '../../../src/media/findMedia.ts';
import { NoMediaError } from '../../../src/media/mediaErrors.ts';
import { findStandIn, missingOf } from '../../../src/media/standIn.ts';
import { readMediaItem } from '../../../src/recall/bot.ts';
import type { MediaItem } from '../../../src/recall/bot.ts';
import type { TestClock } from '../network/testClock.ts';
import { createTestClock } from '../network/testClock.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { BotAnswer, RecordingAnswer } from '../bots/botAnswers.ts';
import { fakeMedia, notFound } from './fakeMedia.ts';
import type { FakeMedia } from './fakeMedia.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import { tellsOf } from '../../../src/media/mediaReadiness.ts';

const GONE = new NoMediaError('deleted', 'It is gone.');

describe('a video in the place of an MP3', () => {
  let clock: TestClock;
  const media = (answer: BotAnswer): FakeMedia => fakeMedia(() => botAnswer({ statuses: DONE, ...answer }));
  const withVideo = (rest: RecordingAnswer = {}): RecordingAnswer => ({ audio: null, video: {}, ...rest });
  const missing = (recordingId?: string): MissingMedia => ({
    recordingId,
    reason: new NoMediaError('noMp3', 'There is none.', 'standIn'),
  });
  const find = (
    { client }: FakeMedia,
    without: readonly MissingMedia[] = [missing()],
    patienceMs = 0,
  ): Promise<WantedMedia[]> => {
    clock = createTestClock(NINE + 60 * 60_000);
    return findStandIn({ client, clock }, 'bot-1', without, new AbortController().signal, patienceMs);
  };
  const idsOf = (found: readonly WantedMedia[]): string[] =>
    found.flatMap(({ recordingIds = [] }) => recordingIds);
  const listed = (code: string): MediaItem => {
    const read = readMediaItem({
      id: 'listed',
      status: { code },
      format: 'mp4',
      data: { download_url: 'https://media.example.com/listed.mp4' },
    });
    assert.ok(read);
    return read;
  };

  it("is found in the bot's own answer, with one request", async () => {
    const bot = media({ recordings: [withVideo()] });
    assert.deepEqual(await find(bot), [{ kind: VIDEO, botId: 'bot-1', recordingIds: ['recording-1'] }]);
    assert.deepEqual(bot.asked, ['bot bot-1']);
  });

  it('is found in the list when the bot does not tell it', async () => {
    const bot = media({ recordings: [{ audio: null }] });
    bot.items['recording-1'] = () => [listed('done')];
    assert.deepEqual(idsOf(await find(bot)), ['recording-1']);
  });

  it('is that of the recordings without an MP3 alone', async () => {
    const bot = media({ recordings: [withVideo(), withVideo(), withVideo()] });
    const without = [missing('recording-2'), { ...missing('recording-3'), reason: GONE }];
    assert.deepEqual(idsOf(await find(bot, without)), ['recording-2']);
  });

  it('is that of the recordings alone whose MP3s were wanted', async () => {
    const bot = media({ recordings: [withVideo(), withVideo()] });
    const wanted = { kind: MP3, botId: 'bot-1' } as const;
    const { reason } = missing();
    const some = missingOf({ ...wanted, recordingIds: ['recording-2'] }, reason);
    assert.deepEqual(idsOf(await find(bot, some)), ['recording-2']);
    const all = await find(bot, missingOf(wanted, reason));
    assert.deepEqual(idsOf(all), ['recording-1', 'recording-2']);
  });

  it('is not even looked for where the reason is that everything is gone, or that an order would help', async () => {
    const bot = media({ recordings: [withVideo()] });
    for (const reason of [GONE, new NoMediaError('noTranscript', 'There is none.', 'order')])
      assert.deepEqual(await find(bot, [{ recordingId: undefined, reason }]), []);
    assert.deepEqual(bot.asked, []);
  });

  it('is not offered for a bot that has no MP3 missing', async () => {
    assert.deepEqual(await find(media({ recordings: [withVideo()] }), []), []);
  });

  const unfit: readonly (readonly [name: string, answer: BotAnswer])[] = [
    ['is still being made', { recordings: [withVideo({ video: { code: 'processing' } })] }],
    ['could not be made', { recordings: [withVideo({ video: { code: 'failed' } })] }],
    ['has no address', { recordings: [withVideo({ video: { url: null } })] }],
    ['was deleted', { recordings: [withVideo({ video: { code: 'deleted' } })] }],
    ['was deleted with its recording', { recordings: [withVideo({ status: 'deleted' })] }],
    ['has expired', { recordings: [withVideo({ expiresAt: atSecond(600), video: { url: null } })] }],
    ['is still being recorded', { statuses: RECORDING, recordings: [withVideo({ completedAt: null })] }],
  ];
  for (const [name, answer] of unfit) {
    it(`is not offered when it ${name}`, async () => {
      const bot = media(answer);
      bot.items['recording-1'] = () => [];
      assert.deepEqual(await find(bot), []);
    });
  }

  it('is not offered when the list has none that is finished', async () => {
    const bot = media({ recordings: [{ audio: null }] });
    bot.items['recording-1'] = () => [listed('processing')];
    assert.deepEqual(await find(bot), []);
  });

  it('is waited for as long as wanted while Recall makes it', async () => {
    let looks = 0;
    const making = (until: number): FakeMedia => {
      looks = 0;
      const bot = fakeMedia(() =>
        botAnswer({
          statuses: DONE,
          recordings: [withVideo({ video: { code: ++looks < until ? 'processing' : 'done' } })],
        }),
      );
      bot.items['recording-1'] = () => [];
      return bot;
    };
    assert.equal((await find(making(3), [missing()], 60_000)).length, 1);
    assert.equal(clock.waits.length, 2);
    assert.deepEqual(await find(making(100), [missing()], 60_000), []);
    assert.ok(clock.waits.reduce((sum, wait) => sum + wait, 0) <= 60_000);
  });

  it('counts as there when the time it expires at is unreadable, as on looking for it', async () => {
    const answer = { recordings: [withVideo({ expiresAt: 'some day' })] };
    assert.equal((await find(media(answer))).length, 1);
    assert.equal(tellsOf(VIDEO, botAnswer({ statuses: DONE, ...answer }), clock.now()), true);
  });

  it('leaves it to the caller what a failing API means', async () => {
    const bot = media({});
    bot.bot = () => {
      throw notFound();
    };
    await assert.rejects(find(bot), { code: 'notFound' });
  });
});
