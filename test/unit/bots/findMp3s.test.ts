import assert from 'node:assert/strict';
import { findMp3s, freshMp3Url } from '../../../src/bots/findMp3s.ts';
import type { FoundMp3s } from '../../../src/bots/findMp3s.ts';
import { NoMp3Error } from '../../../src/bots/mp3Errors.ts';
import type { MixedMedia } from '../../../src/recall/bot.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import { createTestClock } from '../network/testClock.ts';
import type { TestClock } from '../network/testClock.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from './botAnswers.ts';
import type { AudioAnswer, BotAnswer, RecordingAnswer } from './botAnswers.ts';
import { fakeMedia, notFound } from './fakeMedia.ts';
import type { FakeMedia } from './fakeMedia.ts';

const HOUR_MS = 60 * 60_000;

describe('findMp3s', () => {
  let clock: TestClock;
  let waits: number;

  beforeEach(() => {
    clock = createTestClock(NINE + HOUR_MS);
    waits = 0;
  });

  async function find(media: FakeMedia, signal = new AbortController().signal): Promise<FoundMp3s> {
    const onWaiting = (): void => {
      waits++;
    };
    return findMp3s({ client: media.client, clock }, 'bot-1', onWaiting, signal);
  }

  const ended = (answer: BotAnswer): FakeMedia => fakeMedia(() => botAnswer({ statuses: DONE, ...answer }));
  const item = (answer: AudioAnswer): MixedMedia => {
    const audio = botAnswer({ recordings: [{ audio: answer }] }).recordings[0]?.audioMixed;
    if (!audio) throw new Error('The test made no item');
    return audio;
  };
  const found = ({ ready }: FoundMp3s): string[] =>
    ready.map(
      (mp3) =>
        `${mp3.artifactId} ${mp3.recordingNumber}/${mp3.recordingCount} ${mp3.partNumber}/${mp3.partCount}`,
    );

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
      result.missing.map(({ code }) => code),
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
      await assert.rejects(find(media), { name: 'NoMp3Error', code: 'stillProcessing' });
      assert.ok(Math.max(...clock.waits) <= 15_000);
      const waited = clock.waits.reduce((sum, wait) => sum + wait, 0);
      assert.ok(waited > HOUR_MS && waited < HOUR_MS + 30_000);
    });

    it('and then hands out what is ready, with the reason for the rest', async () => {
      const media = ended({ recordings: [{ audio: { id: 'good' } }, { audio: { code: 'processing' } }] });
      const result = await find(media);
      assert.deepEqual(found(result), ['good 1/2 1/1']);
      assert.deepEqual(
        result.missing.map(({ code }) => code),
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
      ['it expired', { recordings: [{ expiresAt: atSecond(600) }] }, 'expired', /expired on Mar 2, 2026:/],
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
        assert.ok(error instanceof NoMp3Error);
        assert.equal(error.code, code);
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
        result.missing.map(({ code }) => code),
        ['failed'],
      );
    });
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

describe('freshMp3Url', () => {
  const signal = new AbortController().signal;
  const done = (): FakeMedia => fakeMedia(() => botAnswer({ statuses: DONE, recordings: [{ id: 'r' }] }));

  it('asks for the item itself', async () => {
    const media = done();
    const [recording] = media.bot().recordings;
    media.items.r = () => (recording?.audioMixed ? [recording.audioMixed] : []);
    assert.match(
      await freshMp3Url(media.client, 'bot-1', 'audio-1', signal),
      /^https:\/\/media\.example\.com\/audio-1/,
    );
    assert.deepEqual(media.asked, ['audio_mixed audio-1']);
  });

  it('asks for the bot where the item cannot be asked for', async () => {
    const media = done();
    assert.match(await freshMp3Url(media.client, 'bot-1', 'audio-1', signal), /audio-1/);
    assert.deepEqual(media.asked, ['audio_mixed audio-1', 'bot bot-1']);
  });

  it('says that the MP3 is gone', async () => {
    await assert.rejects(freshMp3Url(done().client, 'bot-1', 'another', signal), { code: 'deleted' });
    const media = fakeMedia(() => {
      throw notFound();
    });
    await assert.rejects(freshMp3Url(media.client, 'bot-1', 'audio-1', signal), { code: 'notFound' });
  });
});
