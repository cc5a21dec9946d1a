import assert from 'node:assert/strict';
import { BotStore } from '../../../src/bots/botStore.ts';
import { WatchedBots, snapshotName } from '../../../src/following/watchedBots.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DONE, atSecond, botAnswer } from '../bots/botAnswers.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { quietLog } from '../bots/quietLog.ts';

describe('WatchedBots', () => {
  const log = quietLog();
  let files: MemoryFiles;
  let watched: WatchedBots;

  beforeEach(() => {
    files = new MemoryFiles();
    watched = new WatchedBots('/state', 'https://us-west-2.recall.ai', files, log);
  });

  it('passes on all that other windows show of a bot', async () => {
    const store = new BotStore();
    store.put([
      botAnswer({
        statuses: DONE,
        joinAt: atSecond(-60),
        recordings: [
          { expiresAt: atSecond(9_000), title: 'Weekly sync' },
          { audio: null, status: 'failed' },
        ],
        metadata: { sent_from: 'vscode-recall-meeting-audio', meeting_title: 'Review' },
      }),
    ]);
    const bot = store.get('bot-1')?.bot;
    assert.ok(bot);
    await watched.write({ bot, seenAt: 5, closedAt: undefined });
    assert.deepEqual(await watched.read(snapshotName('bot-1')), { bot, seenAt: 5, closedAt: undefined });
    await watched.write({ bot, seenAt: 5, closedAt: 9 });
    assert.equal((await watched.read(snapshotName('bot-1')))?.closedAt, 9);
    assert.deepEqual(await watched.names(), [snapshotName('bot-1')]);
  });

  it('writes no URL and no metadata of others', async () => {
    const bot = botAnswer({
      statuses: DONE,
      recordings: [{}],
      meetingUrl: 'https://zoom.us/j/1?pwd=SECRET',
      metadata: { token: 'SECRET' },
    });
    await watched.write({ bot, seenAt: 5, closedAt: undefined });
    for (const text of files.texts.values()) assert.doesNotMatch(text, /https?:|Signature|SECRET/);
  });

  const asked = { provider: undefined };
  const requests: readonly Bot['requested'][] = [
    undefined,
    {},
    { audio_mixed_mp3: asked },
    { audio_mixed_mp3: asked, transcript: { provider: 'meeting_captions' } },
    { transcript: asked },
  ];
  for (const requested of requests) {
    it(`tells what was asked for: ${requested ? JSON.stringify(requested) : 'not known'}`, async () => {
      const bot = { ...botAnswer({ statuses: DONE, recordings: [{}] }), requested };
      await watched.write({ bot, seenAt: 0, closedAt: undefined });
      assert.deepEqual((await watched.read(snapshotName('bot-1')))?.bot.requested, requested);
    });
  }

  it('passes over what is missing or unreadable', async () => {
    assert.deepEqual(await watched.names(), []);
    assert.equal(await watched.read('missing.json'), undefined);
    files.texts.set('/state/watch/us-west-2.recall.ai/bots/bad.json', '{"seenAt":1,"bot":{}}');
    assert.equal(await watched.read('bad.json'), undefined);
    assert.match(log.warnings.join(), /bad\.json/);
  });
});
