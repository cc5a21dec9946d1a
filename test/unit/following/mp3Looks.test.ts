import assert from 'node:assert/strict';
import { lookAtEnd } from '../../../src/following/mp3Looks.ts';
import { newWatchedBot } from '../../../src/following/pace.ts';
import { DONE, NINE, botAnswer } from '../bots/botAnswers.ts';
import { fakeMedia } from '../media/fakeMedia.ts';

describe('the look at the MP3s of an ended bot', () => {
  it('gives the reason that says nothing against a video, as a download does', async () => {
    const recordings = [
      { status: 'deleted', audio: { code: 'deleted' } },
      { audio: { code: 'failed' }, video: {} },
    ];
    const bot = botAnswer({ statuses: DONE, recordings });
    const { client, items } = fakeMedia(() => bot);
    for (const { id, media } of bot.recordings)
      items[id] = () => (media.audio_mixed ? [media.audio_mixed] : []);
    const look = {
      client,
      now: NINE + 200_000,
      signal: new AbortController().signal,
      request: <T>(work: () => Promise<T>) => work(),
      found: (watched: ReturnType<typeof newWatchedBot>) => {
        watched.bot = bot;
        return Promise.resolve();
      },
    };
    const start = { botId: bot.id, isFollowed: true, bot: undefined, since: NINE, askedAt: NINE };
    const verdict = await lookAtEnd(look, newWatchedBot(start), undefined);
    assert.equal(verdict.kind === 'none' && verdict.reason.code, 'failed');
  });
});
