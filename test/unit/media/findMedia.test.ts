import assert from 'node:assert/strict';
import { findMedia, freshMediaUrl } from '../../../src/media/findMedia.ts';
import type { FoundMedia, WantedMedia } from '../../../src/media/findMedia.ts';
import { NoMediaError } from '../../../src/media/mediaErrors.ts';
import type { MediaItem } from '../../../src/recall/bot.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import { createTestClock } from '../network/testClock.ts';
import type { TestClock } from '../network/testClock.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { AudioAnswer, BotAnswer, RecordingAnswer } from '../bots/botAnswers.ts';
import { fakeMedia, notFound } from './fakeMedia.ts';
import type { FakeMedia } from './fakeMedia.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';

const HOUR_MS = 60 * 60_000;
const MP3S: WantedMedia = { kind: MP3, botId: 'bot-1' };

describe('findMedia', () => {
  let clock: TestClock;
  let waits: number;

  beforeEach(() => {
    clock = createTestClock(NINE + HOUR_MS);
    waits = 0;
  });

  async function find(
    media: FakeMedia,
    signal = new AbortController().signal,
    wanted = MP3S,
  ): Promise<FoundMedia> {
    const onWaiting = (): void => {
      waits++;
    };
    return findMedia({ client: media.client, clock }, wanted, onWaiting, signal);
  }

  const ended = (answer: BotAnswer): FakeMedia => fakeMedia(() => botAnswer({ statuses: DONE, ...answer }));
  const item = (answer: AudioAnswer): MediaItem => {
    const audio = botAnswer({ recordings: [{ audio: answer }] }).recordings[0]?.media.audio_mixed;
    if (!audio) throw new Error('The test made no item');
    return audio;
  };
  const found = ({ ready }: FoundMedia): string[] =>
    ready.map(
      (mp3) =>
        `${mp3.artifactId} ${mp3.recordingNumber}/${mp3.recordingCount} ${mp3.partNumber}/${mp3.partCount}`,
    );

  it('takes what Recall offers, whatever this computer takes for the time', async () => {
    const media = ended({ recordings: [{ expiresAt: atSecond(600) }] });
    assert.equal((await find(media)).ready.length, 1);
  });

  it('finds the MP3 that the bot tells, even if the list of items does not exist', async () => {
    const media = ended({ recordings: [{}] });
    assert.deepEqual(found(await find(media)), ['audio-1 1/1 1/1']);
    assert.equal(waits, 0);
  });

  it('finds every part of every recording, oldest first', async () => {
    const media = ended({
      recordings: [
        { id: 'second', startedAt: atSecond(60), audio: { id: 'c' } },
        { id: 'first', startedAt: atSecond(20), audio: { id: 'a' } },
      ],
    });
    media.items.second = () => [item({ id: 'c' })];
    media.items.first = () => [
      item({ id: 'b', createdAt: atSecond(50) }),
      item({ id: 'a', createdAt: atSecond(20) }),
    ];
    assert.deepEqual(found(await find(media)), ['a 1/2 1/2', 'b 1/2 2/2', 'c 2/2 1/1']);
  });

  it('finds what is told in the list only, and what is told by the bot only', async () => {
    const media = ended({ recordings: [{ id: 'r', audio: null }] });
    media.items.r = () => [item({ id: 'listed' })];
    assert.deepEqual(found(await find(media)), ['listed 1/1 1/1']);
    const both = ended({ recordings: [{ id: 'r', audio: { id: 'told' } }] });
    both.items.r = () => [];
    assert.deepEqual(found(await find(both)), ['told 1/1 1/1']);
  });

  it('passes over raw audio beside an MP3', async () => {
    const media = ended({ recordings: [{ id: 'r', audio: { id: 'mp3' } }] });
    media.items.r = () => [item({ id: 'raw', format: 'raw' }), item({ id: 'mp3' })];
    const result = await find(media);
    assert.deepEqual(found(result), ['mp3 1/1 1/1']);
    assert.deepEqual(result.missing, []);
  });

  it('finds the MP3 of a recording that is over while the bot is still in the call', async () => {
    const media = fakeMedia(() =>
      botAnswer({ statuses: RECORDING, recordings: [{ id: 'over' }, { id: 'running', completedAt: null }] }),
    );
    media.items.over = () => [item({ id: 'audio-1' })];
    const result = await find(media);
    assert.deepEqual(found(result), ['audio-1 1/2 1/1']);
    assert.deepEqual(
      result.missing.map(({ reason }) => reason.code),
      ['recordingNotOver'],
    );
  });

  describe('waits while Recall makes the MP3', () => {
    it('and says so once', async () => {
      let looks = 0;
      const media = ended({ recordings: [{ id: 'r', audio: null }] });
      media.items.r = () => [item({ id: 'a', code: ++looks < 5 ? 'processing' : 'done' })];
      assert.deepEqual(found(await find(media)), ['a 1/1 1/1']);
      assert.equal(waits, 1);
      assert.deepEqual(clock.waits, [2_000, 3_000, 4_500, 6_750]);
    });

    it('also for a URL that is still missing, and for an item that may still turn up', async () => {
      let looks = 0;
      const media = fakeMedia(() =>
        botAnswer({ statuses: [['call_ended', 3_600]], recordings: [{ id: 'r', audio: null }] }),
      );
      media.items.r = () => (++looks < 3 ? [] : [item({ id: 'a', ...(looks < 5 ? { url: null } : {}) })]);
      assert.deepEqual(found(await find(media)), ['a 1/1 1/1']);
      assert.equal(clock.waits.length, 4);
    });

    it('until all parts are made', async () => {
      let looks = 0;
      const media = ended({ recordings: [{ id: 'r', audio: null }] });
      media.items.r = () => [item({ id: 'a' }), item({ id: 'b', code: ++looks < 3 ? 'processing' : 'done' })];
      assert.equal((await find(media)).ready.length, 2);
      assert.equal(clock.waits.length, 2);
    });

    it('for an hour at most, with pauses of 15 seconds at most', async () => {
      const media = ended({ recordings: [{ audio: { code: 'processing' } }] });
      await assert.rejects(find(media), { name: 'NoMediaError', code: 'stillProcessing' });
      assert.ok(Math.max(...clock.waits) <= 15_000);
      const waited = clock.waits.reduce((sum, wait) => sum + wait, 0);
      assert.ok(waited > HOUR_MS && waited < HOUR_MS + 30_000);
    });

    it('and then hands out what is ready, with the reason for the rest', async () => {
      const media = ended({ recordings: [{ audio: { id: 'good' } }, { audio: { code: 'processing' } }] });
      const result = await find(media);
      assert.deepEqual(found(result), ['good 1/2 1/1']);
      assert.deepEqual(
        result.missing.map(({ reason }) => reason.code),
        ['stillProcessing'],
      );
    });

    it('and stops at once when cancelled', async () => {
      const controller = new AbortController();
      const media = fakeMedia(() => {
        if (media.asked.length === 3) controller.abort(new Error('cancelled by the test'));
        return botAnswer({ statuses: DONE, recordings: [{ audio: { code: 'processing' } }] });
      });
      await assert.rejects(find(media, controller.signal), /cancelled by the test/);
    });
  });

  describe('says why there is nothing', () => {
    const reasons: readonly (readonly [name: string, answer: BotAnswer, code: string, words: RegExp])[] = [
      [
        'the call goes on',
        { statuses: RECORDING, recordings: [{ completedAt: null }] },
        'recordingNotOver',
        /not over yet/,
      ],
      [
        'the bot has not begun',
        { statuses: [], joinAt: atSecond(9_999) },
        'recordingNotOver',
        /not over yet/,
      ],
      [
        'nobody let the bot in',
        {
          statuses: [
            ['in_waiting_room', 0],
            ['call_ended', 60, 'timeout_exceeded_waiting_room'],
            ['done', 70],
          ],
        },
        'nothingRecorded',
        /recorded nothing.*timeout_exceeded_waiting_room/s,
      ],
      [
        'the bot failed',
        { statuses: [['fatal', 60, 'meeting_not_found']] },
        'nothingRecorded',
        /meeting_not_found/,
      ],
      [
        'Recall could not make it',
        { recordings: [{ audio: { code: 'failed' } }] },
        'failed',
        /could not make/,
      ],
      [
        'the recording failed',
        { recordings: [{ status: 'failed', audio: null }] },
        'failed',
        /could not make/,
      ],
      ['it was deleted', { recordings: [{ audio: { code: 'deleted' } }] }, 'deleted', /deleted for good/],
      ['its recording was deleted', { recordings: [{ status: 'deleted' }] }, 'deleted', /deleted for good/],
      [
        'it expired',
        { recordings: [{ expiresAt: atSecond(600), audio: { url: null } }] },
        'expired',
        /expired on Mar 2, 2026:/,
      ],
      [
        'the media expired without a trace',
        { statuses: [...DONE, ['media_expired', 900]] },
        'expired',
        /has expired/,
      ],
      [
        'there is raw audio only',
        { recordings: [{ audio: { format: 'raw' } }] },
        'rawOnly',
        /exists as raw only/,
      ],
      [
        'it was not asked for',
        { recordings: [{ audio: null }], withoutMp3: true },
        'mp3NotRequested',
        /without asking for an MP3/,
      ],
      ['it never turned up', { recordings: [{ audio: null }] }, 'noMp3', /made no MP3 of this recording\.$/],
      [
        'the platform may not do it',
        { recordings: [{ audio: null }], meetingUrl: { platform: 'webex' } },
        'noMp3',
        /may not make MP3s of Webex meetings/,
      ],
    ];
    for (const [name, answer, code, words] of reasons) {
      it(`when ${name}`, async () => {
        const media = ended(answer);
        for (const { id } of media.bot().recordings) media.items[id] = () => [];
        const error = await find(media).then(
          () => assert.fail('found something'),
          (failure: unknown) => failure,
        );
        assert.ok(error instanceof NoMediaError);
        assert.equal(error.code, code);
        const mayStandIn = ['failed', 'rawOnly', 'mp3NotRequested', 'noMp3'].includes(code);
        assert.equal(error.remedy, mayStandIn ? 'standIn' : undefined);
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /undefined|null|https?:/);
        assert.deepEqual(clock.waits, []);
      });
    }

    it('and hands out what else is ready', async () => {
      const recordings: RecordingAnswer[] = [{ audio: { code: 'failed' } }, { audio: { id: 'good' } }];
      const result = await find(ended({ recordings }));
      assert.deepEqual(found(result), ['good 2/2 1/1']);
      assert.deepEqual(
        result.missing.map(({ reason }) => reason.code),
        ['failed'],
      );
    });
  });

  describe('of videos', () => {
    const never = new AbortController().signal;
    const findVideos = (media: FakeMedia, recordingIds?: readonly string[]): Promise<FoundMedia> =>
      find(media, never, { kind: VIDEO, botId: 'bot-1', recordingIds });

    it('finds them whether or not there is an MP3, by the shortcut and in the list', async () => {
      const media = ended({ recordings: [{ video: {} }, { id: 'listed', audio: null }] });
      media.items.listed = () => [item({ id: 'video-2', format: 'mp4' })];
      assert.deepEqual(found(await findVideos(media)), ['video-1 1/2 1/1', 'video-2 2/2 1/1']);
    });

    it('finds those of the wanted recordings alone, numbered as among all', async () => {
      const media = ended({ recordings: [{ video: {} }, { video: {} }, { video: {} }] });
      assert.deepEqual(found(await findVideos(media, ['recording-2'])), ['video-2 2/3 1/1']);
      assert.deepEqual(media.asked, ['bot bot-1', 'video_mixed of recording-2']);
    });

    it('waits while Recall makes them', async () => {
      let looks = 0;
      const media = fakeMedia(() =>
        botAnswer({
          statuses: DONE,
          recordings: [{ video: { code: ++looks < 3 ? 'processing' : 'done' } }],
        }),
      );
      assert.equal((await findVideos(media)).ready.length, 1);
      assert.equal(waits, 1);
    });

    const reasons: readonly (readonly [code: string, words: RegExp, answer: BotAnswer])[] = [
      ['noVideo', /made no video/, { recordings: [{ audio: {} }] }],
      ['noVideo', /made no video/, { recordings: [{ video: { format: 'flv' } }] }],
      ['failed', /could not make the video/, { recordings: [{ video: { code: 'failed' } }] }],
      ['deleted', /deleted for good/, { recordings: [{ video: { code: 'deleted' } }] }],
      ['expired', /expired/, { recordings: [{ video: { url: null }, expiresAt: atSecond(600) }] }],
      [
        'recordingNotOver',
        /The video can be downloaded when/,
        { statuses: RECORDING, recordings: [{ video: {}, completedAt: null }] },
      ],
    ];
    for (const [code, words, answer] of reasons) {
      it(`says why there is none: ${code}, ${JSON.stringify(answer.recordings)}`, async () => {
        const media = ended(answer);
        if (!answer.recordings?.[0]?.video) media.items['recording-1'] = () => [];
        await assert.rejects(findVideos(media), { code, message: words, remedy: undefined });
      });
    }

    it('says so when the wanted recording is no more', async () => {
      await assert.rejects(findVideos(ended({ recordings: [{ video: {} }] }), ['gone']), { code: 'deleted' });
    });

    it('has a newly signed URL for each', async () => {
      const media = ended({ recordings: [{ video: {} }] });
      const url = await freshMediaUrl(media.client, { kind: VIDEO, botId: 'bot-1' }, 'video-1', never);
      assert.match(url, /video-1\.mp4\?/);
      assert.deepEqual(media.asked, ['video_mixed video-1', 'bot bot-1']);
    });
  });

  it('tells of several reasons the one that leaves something to be done', async () => {
    const media = ended({ recordings: [{ audio: { code: 'deleted' } }, { audio: { code: 'failed' } }] });
    await assert.rejects(find(media), { code: 'failed' });
  });

  it('passes on what the API refuses', async () => {
    const media = fakeMedia(() => {
      throw new RecallError('keyRefused', 'The API key was not accepted.');
    });
    await assert.rejects(find(media), { code: 'keyRefused' });
    const unlisted = ended({ recordings: [{ id: 'r', audio: null }] });
    await assert.rejects(find(unlisted), { code: 'notFound' });
  });
});

describe('freshMediaUrl', () => {
  const signal = new AbortController().signal;
  const done = (): FakeMedia => fakeMedia(() => botAnswer({ statuses: DONE, recordings: [{ id: 'r' }] }));

  it('asks for the item itself', async () => {
    const media = done();
    const [recording] = media.bot().recordings;
    media.items.r = () => (recording?.media.audio_mixed ? [recording.media.audio_mixed] : []);
    assert.match(
      await freshMediaUrl(media.client, MP3S, 'audio-1', signal),
      /^https:\/\/media\.example\.com\/audio-1/,
    );
    assert.deepEqual(media.asked, ['audio_mixed audio-1']);
  });

  it('asks for the bot where the item cannot be asked for', async () => {
    const media = done();
    assert.match(await freshMediaUrl(media.client, MP3S, 'audio-1', signal), /audio-1/);
    assert.deepEqual(media.asked, ['audio_mixed audio-1', 'bot bot-1']);
  });

  it('says that the MP3 is gone', async () => {
    await assert.rejects(freshMediaUrl(done().client, MP3S, 'another', signal), { code: 'deleted' });
    const media = fakeMedia(() => {
      throw notFound();
    });
    await assert.rejects(freshMediaUrl(media.client, MP3S, 'audio-1', signal), { code: 'notFound' });
  });
});
