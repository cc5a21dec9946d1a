import assert from 'node:assert/strict';
import { alongKinds, askedInVain, outputsFor, wasAskedFor } from '../../../src/media/kinds.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { botAnswer } from '../bots/botAnswers.ts';
import { addKind, whiteboard, whiteboardAlong } from './madeUpKind.ts';

describe('what new bots are asked for', () => {
  const bot = (requested: Bot['requested']): Bot => ({ ...botAnswer(), requested });
  const asked = { provider: undefined };

  it('is an MP3, and a transcript from where one is wanted', () => {
    assert.deepEqual(outputsFor({ transcript: undefined }), { audio_mixed_mp3: {} });
    assert.deepEqual(outputsFor({ transcript: 'captions' }), {
      audio_mixed_mp3: {},
      transcript: { provider: { meeting_captions: {} } },
    });
    assert.deepEqual(outputsFor({ transcript: 'recallai' }), {
      audio_mixed_mp3: {},
      transcript: {
        provider: { recallai_streaming: { mode: 'prioritize_accuracy', language_code: 'auto' } },
      },
    });
  });

  it('is what a further kind of media says of itself', () => {
    const remove = addKind(whiteboard);
    try {
      assert.deepEqual(outputsFor({ transcript: undefined }), { audio_mixed_mp3: {}, whiteboard: {} });
      const sentences = askedInVain({ whiteboard: {} }, bot({})).map((one) => one.notAgreed());
      assert.deepEqual(sentences, ['Recall did not agree to make a whiteboard.']);
    } finally {
      remove();
    }
  });

  it('is saved with the MP3 where the kind says so, of bots that were asked for it', () => {
    const withAll = bot({ audio_mixed_mp3: asked, transcript: asked, whiteboard: asked });
    for (const [kind, along] of [
      [whiteboardAlong, [TRANSCRIPT, whiteboardAlong]],
      [whiteboard, [TRANSCRIPT]],
    ] as const) {
      const remove = addKind(kind);
      try {
        assert.deepEqual(alongKinds(withAll), along);
        assert.deepEqual(alongKinds(bot({ audio_mixed_mp3: asked })), []);
        assert.deepEqual(alongKinds(bot(undefined)), []);
      } finally {
        remove();
      }
    }
  });

  it('is known from the answer, where that says it', () => {
    assert.equal(wasAskedFor(MP3, bot({ audio_mixed_mp3: asked })), true);
    assert.equal(wasAskedFor(MP3, bot({ transcript: asked })), false);
    assert.equal(wasAskedFor(MP3, bot(undefined)), undefined);
    assert.equal(wasAskedFor(VIDEO, bot({})), undefined);
  });

  it('is told apart from what Recall agrees to make', () => {
    const outputs = outputsFor({ transcript: 'captions' });
    assert.deepEqual(askedInVain(outputs, bot({})), [MP3.asked, TRANSCRIPT.asked]);
    assert.deepEqual(askedInVain(outputs, bot({ audio_mixed_mp3: asked })), [TRANSCRIPT.asked]);
    assert.deepEqual(askedInVain(outputs, bot({ audio_mixed_mp3: asked, transcript: asked })), []);
    assert.deepEqual(askedInVain(outputs, bot(undefined)), []);
    assert.deepEqual(askedInVain(outputsFor({ transcript: undefined }), bot({ audio_mixed_mp3: asked })), []);
  });
});
