import assert from 'node:assert/strict';
import { mediaKinds } from '../../../src/media/kinds.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';
import { findMedia } from '../../../src/media/findMedia.ts';
import { NoMediaError } from '../../../src/media/mediaErrors.ts';
import { transcribableRecordings } from '../../../src/media/transcription.ts';
import type { Bot, MediaItem } from '../../../src/recall/bot.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { BotAnswer, RecordingAnswer } from '../bots/botAnswers.ts';
import { createTestClock } from '../network/testClock.ts';
import { fakeMedia } from './fakeMedia.ts';

const LATER = NINE + 60 * 60_000;

describe('what may be done where there is none', () => {
  /** A bot whose recordings have items of one kind only; `item: undefined` is a recording without one. */
  interface Case {
    readonly bot?: BotAnswer;
    readonly recording?: RecordingAnswer;
    readonly item?: Partial<MediaItem>;
    readonly isAsked?: boolean;
  }

  function botOf(kind: MediaKind, { bot, recording, item, isAsked = true }: Case): Bot {
    const recordings = [{ audio: null, ...recording }];
    const answer = botAnswer({ statuses: DONE, recordings, ...bot });
    const told: MediaItem | undefined = item && {
      ...{ id: 'item-1', createdAt: undefined, status: undefined, downloadUrl: undefined, format: undefined },
      ...item,
    };
    const requested = {
      [isAsked && kind.asked ? kind.asked.output : 'other']: { provider: 'meeting_captions' },
    };
    return {
      ...{ ...answer, requested },
      recordings: answer.recordings.map((one) => ({ ...one, media: told ? { [kind.word]: told } : {} })),
    };
  }

  async function reasonOf(kind: MediaKind, bot: Bot): Promise<NoMediaError> {
    const media = fakeMedia(() => bot);
    // What the bot tells is all there is.
    const client = { ...media.client, listMedia: () => Promise.resolve([]) };
    try {
      const clock = createTestClock(LATER);
      const { signal } = new AbortController();
      await findMedia({ client, clock }, { kind, botId: bot.id }, () => undefined, signal);
    } catch (error) {
      assert.ok(error instanceof NoMediaError);
      return error;
    }
    throw new Error('Something was found.');
  }

  const none = undefined;
  const stands = (code: string): Partial<MediaItem> => ({ status: { code, subCode: undefined } });
  const cases: readonly (readonly [
    why: string,
    answer: Case,
    mp3: readonly [code: string, remedy: string | undefined],
    transcript: readonly [code: string, remedy: string | undefined],
  ])[] = [
    ['Recall made none', {}, ['noMp3', 'standIn'], ['noCaptions', 'order']],
    [
      'it has another format',
      { item: { format: 'raw', downloadUrl: 'https://media.example.com/raw' } },
      ['rawOnly', 'standIn'],
      ['noTranscript', none],
    ],
    [
      'it was not asked for',
      { isAsked: false },
      ['mp3NotRequested', 'standIn'],
      ['transcriptNotRequested', 'order'],
    ],
    ['it failed', { item: stands('failed') }, ['failed', 'standIn'], ['failed', 'order']],
    ['its recording failed', { recording: { status: 'failed' } }, ['failed', 'standIn'], ['failed', none]],
    [
      'it failed with its recording',
      { recording: { status: 'failed' }, item: stands('failed') },
      ['failed', 'standIn'],
      ['failed', none],
    ],
    [
      'it is being made for an hour',
      { item: stands('processing') },
      ['stillProcessing', 'standIn'],
      ['stillProcessing', none],
    ],
    ['it was deleted', { item: stands('deleted') }, ['deleted', none], ['deleted', none]],
    ['its recording was deleted', { recording: { status: 'deleted' } }, ['deleted', none], ['deleted', none]],
    ['it expired', { recording: { expiresAt: atSecond(600) } }, ['expired', none], ['expired', none]],
    [
      'everything expired',
      { bot: { statuses: [...DONE, ['media_expired', 900]], recordings: [] } },
      ['expired', none],
      ['expired', none],
    ],
    [
      'nothing was recorded',
      { bot: { recordings: [] } },
      ['nothingRecorded', none],
      ['nothingRecorded', none],
    ],
    [
      'the recording is not over',
      { bot: { statuses: RECORDING }, recording: { completedAt: null } },
      ['recordingNotOver', none],
      ['recordingNotOver', none],
    ],
  ];
  for (const [why, answer, ...expected] of cases) {
    for (const [index, kind] of [MP3, TRANSCRIPT].entries()) {
      it(`is ${expected[index]?.[1] ?? 'nothing'} for ${kind.word}, because ${why}`, async () => {
        const bot = botOf(kind, answer);
        const { code, remedy } = await reasonOf(kind, bot);
        assert.deepEqual([code, remedy], expected[index]);
        if (remedy === 'order') assert.equal(transcribableRecordings(bot, LATER).length, 1);
      });
    }
    it(`is nothing for a kind that names no remedy, because ${why}`, async () => {
      assert.equal((await reasonOf(VIDEO, botOf(VIDEO, answer))).remedy, undefined);
    });
  }

  it('is an order only where the kind says how to give one', () => {
    for (const { word, remedy, order } of mediaKinds)
      assert.equal(order !== undefined, remedy === 'order', word);
  });

  it('is told of several recordings: of the one that can still be transcribed, not of the one that is gone', async () => {
    const recordings = [{ audio: null, expiresAt: atSecond(600) }, { audio: null }];
    for (const all of [recordings, recordings.toReversed()]) {
      const { code, remedy } = await reasonOf(TRANSCRIPT, botOf(TRANSCRIPT, { bot: { recordings: all } }));
      assert.deepEqual([code, remedy], ['noCaptions', 'order']);
    }
  });
});
