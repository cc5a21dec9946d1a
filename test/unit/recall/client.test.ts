import assert from 'node:assert/strict';
import { checkKey } from '../../../src/recall/keyCheck.ts';
import type { NewBot, NoBotFreeWait } from '../../../src/recall/client.ts';
import { RecallError, recallErrorCode } from '../../../src/recall/errors.ts';
import type { ApiAccess } from '../../../src/recall/transport.ts';
import { json, reset, startLoopbackServer, text } from '../network/loopbackServer.ts';
import type { Answer, LoopbackServer } from '../network/loopbackServer.ts';
import { KEY, failureOf, recallFailureOf, setUpApi } from './apiSetup.ts';
import type { ApiSetup } from './apiSetup.ts';
import { botAnswer, mediaAnswer, pageAnswer } from './botAnswer.ts';

const BOT: NewBot = {
  meetingUrl: 'https://meet.google.com/kqz-mwvp-trb',
  botName: 'Notetaker',
  outputs: { audio_mixed_mp3: {} },
};
const NO_BOT = json(507, { detail: 'Out of adhoc bots', code: 'out_of_adhoc_bots' });
const notTold = (): never => assert.fail('nothing to wait for');

describe('RecallClient', () => {
  let server: LoopbackServer;
  let api: ApiSetup;

  beforeEach(async () => {
    server = await startLoopbackServer();
    api = setUpApi(server.origin);
  });

  afterEach(async () => {
    await server.close();
  });

  const urls = (): string[] => server.requests.map((request) => `${request.method} ${request.url}`);
  const idempotencyKeys = (): unknown[] =>
    server.requests.map((request) => request.headers['idempotency-key']);

  describe('a repetition', () => {
    const noKey = new RecallError('noKey', 'There is no key.');
    const usedKeys = (): unknown[] => server.requests.map(({ headers }) => headers.authorization);

    async function failureWith(...accesses: (() => Promise<ApiAccess>)[]): Promise<unknown> {
      const { client } = setUpApi(server.origin, {
        accessNow: () => accesses.shift()?.() ?? Promise.reject(noKey),
      });
      return failureOf(client.getBot('b1'));
    }

    it('is not made with a key that was removed during the wait', async () => {
      server.answerWith(reset, json(200, botAnswer()));
      assert.equal(await failureWith(() => Promise.resolve(api.access)), noKey);
      assert.deepEqual(usedKeys(), [`Token ${KEY}`]);
    });

    it('is made with the key that replaced the first one during the wait', async () => {
      server.answerWith(reset, json(200, botAnswer()));
      const newer = { ...api.access, key: 'newer-key-0123456789' };
      const accesses = [api.access, newer].map((access) => () => Promise.resolve(access));
      assert.equal(await failureWith(...accesses), undefined);
      assert.deepEqual(usedKeys(), [`Token ${KEY}`, 'Token newer-key-0123456789']);
    });

    it('is not made at another API, which knows nothing of it', async () => {
      server.answerWith(reset);
      const other = await startLoopbackServer();
      try {
        const accesses = [server, other].map(({ origin }) => ({ ...api.access, origin }));
        const failure = await failureWith(...accesses.map((access) => () => Promise.resolve(access)));
        assert.equal(recallErrorCode(failure), 'network');
        assert.deepEqual(other.requests, []);
      } finally {
        await other.close();
      }
    });
  });

  describe('createBot', () => {
    it('lets the bot carry the title of the meeting, for other computers', async () => {
      for (const title of ['Weekly sync', '']) {
        server.answerWith(json(201, botAnswer()));
        await api.client.createBot({ ...BOT, title }, notTold);
      }
      const bodies = server.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
      assert.deepEqual(
        bodies.map(({ metadata }) => metadata),
        [
          { sent_from: 'vscode-recall-meeting-audio', meeting_title: 'Weekly sync' },
          { sent_from: 'vscode-recall-meeting-audio' },
        ],
      );
    });

    it('asks for a mixed MP3, marks the bot and leaves out what is not set', async () => {
      server.answerWith(json(201, botAnswer()));
      const bot = await api.client.createBot(BOT, notTold);
      assert.equal(bot.id, 'b0700000-0000-4000-8000-000000000002');
      assert.deepEqual(urls(), ['POST /api/v1/bot/']);
      assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
        meeting_url: BOT.meetingUrl,
        bot_name: 'Notetaker',
        metadata: { sent_from: 'vscode-recall-meeting-audio' },
        recording_config: { audio_mixed_mp3: {} },
      });
    });

    it('asks for what is wanted, and reads to what Recall agreed', async () => {
      const outputs = { audio_mixed_mp3: {}, whiteboard: { provider: { chalk: { colour: 'red' } } } };
      const recording_config = { ...outputs, audio_mixed_mp3: null };
      server.answerWith(json(201, { ...botAnswer(), recording_config }));
      const bot = await api.client.createBot({ ...BOT, outputs }, notTold);
      const body = JSON.parse(server.requests.at(-1)?.body ?? '') as Record<string, unknown>;
      assert.deepEqual(body.recording_config, outputs);
      assert.deepEqual(bot.requested, { whiteboard: { provider: 'chalk' } });
    });

    it('passes on the time to join and the retention', async () => {
      server.answerWith(json(201, botAnswer()));
      await api.client.createBot({ ...BOT, joinAt: '2026-03-02T10:00:00Z', retentionHours: 24 }, notTold);
      const body = JSON.parse(server.requests[0]?.body ?? '') as Record<string, unknown>;
      assert.equal(body.join_at, '2026-03-02T10:00:00Z');
      assert.deepEqual(body.recording_config, {
        audio_mixed_mp3: {},
        retention: { type: 'timed', hours: 24 },
      });
    });

    it('repeats with the same key when the answer got lost or the first try still runs', async () => {
      server.answerWith(reset, json(409, {}), json(201, botAnswer()));
      await api.client.createBot(BOT, notTold);
      assert.deepEqual(idempotencyKeys(), ['uuid-1', 'uuid-1', 'uuid-1']);
    });

    it('waits for a free bot with a new key each time, and tells of each wait', async () => {
      server.answerWith(
        NO_BOT,
        json(507, {}, { 'Retry-After': '12' }),
        json(507, {}, { 'Retry-After': '0' }),
        json(201, botAnswer()),
      );
      const start = api.clock.now();
      const waits: NoBotFreeWait[] = [];
      await api.client.createBot(BOT, (wait) => waits.push(wait));
      assert.deepEqual(idempotencyKeys(), ['uuid-1', 'uuid-2', 'uuid-3', 'uuid-4']);
      assert.deepEqual(api.clock.waits, [30_000, 12_000, 1000]);
      assert.deepEqual(waits, [
        { untilMs: start + 30_000, attempt: 1, maxAttempts: 10 },
        { untilMs: start + 42_000, attempt: 2, maxAttempts: 10 },
        { untilMs: start + 43_000, attempt: 3, maxAttempts: 10 },
      ]);
    });

    it('sends no bot to a region that was chosen while none was free', async () => {
      server.answerWith(NO_BOT);
      const other = await startLoopbackServer();
      try {
        let origin = server.origin;
        const { client } = setUpApi(server.origin, {
          accessNow: () => Promise.resolve({ ...api.access, origin }),
        });
        const onWait = (): void => {
          origin = other.origin;
        };
        const failure = await recallFailureOf(client.createBot(BOT, onWait));
        assert.equal(failure.code, 'noBotFree');
        assert.match(failure.message, /^No bot was sent: the region was changed/);
        assert.deepEqual([server.requests.length, other.requests], [1, []]);
      } finally {
        await other.close();
      }
    });

    it('gives up waiting after ten tries, or at once when the wait would be very long', async () => {
      server.answerWith(NO_BOT);
      assert.equal((await recallFailureOf(api.client.createBot(BOT, () => undefined))).code, 'noBotFree');
      assert.equal(server.requests.length, 10);
      assert.equal(new Set(idempotencyKeys()).size, 10);
      server.answerWith(json(507, {}, { 'Retry-After': '86400' }));
      const error = await recallFailureOf(api.client.createBot(BOT, notTold));
      assert.match(error.message, /schedule the bot/);
    });

    it('ends the wait when it is cancelled', async () => {
      server.answerWith(NO_BOT);
      const controller = new AbortController();
      const reason = new Error('enough');
      const creating = api.client.createBot(
        BOT,
        () => {
          controller.abort(reason);
        },
        controller.signal,
      );
      assert.equal(await failureOf(creating), reason);
      assert.equal(server.requests.length, 1);
    });

    it('leaves the video on, which is all there is where Recall makes no MP3', async () => {
      server.answerWith(json(201, botAnswer()));
      for (const meetingUrl of [
        'https://acme.webex.com/meet/pat',
        'https://app.slack.com/huddle/T01/C01',
        'https://meet.goto.com/123456789',
        'https://meet.google.com/kqz-mwvp-trb',
      ]) {
        await api.client.createBot({ ...BOT, meetingUrl, retentionHours: 24 }, notTold);
        const body = JSON.parse(server.requests.at(-1)?.body ?? '') as { recording_config: object };
        // Recall's default is on; null would switch it off.
        assert.ok(!('video_mixed_mp4' in body.recording_config), meetingUrl);
      }
    });

    it('does not repeat a refusal', async () => {
      for (const status of [400, 401, 402, 403, 405]) {
        const before = server.requests.length;
        server.answerWith(json(status, { detail: 'No.' }));
        await recallFailureOf(api.client.createBot(BOT, notTold));
        assert.equal(server.requests.length, before + 1, String(status));
      }
    });
  });

  describe('one bot', () => {
    it('is read whole', async () => {
      server.answerWith(json(200, botAnswer()));
      const bot = await api.client.getBot('b1');
      assert.deepEqual(urls(), ['GET /api/v1/bot/b1/']);
      assert.equal(bot.recordings[0]?.media.audio_mixed?.format, 'mp3');
    });

    it('that cannot be read is an error, with its form and not its content in the log', async () => {
      server.answerWith(json(200, { id: 7, bot_name: 'hush', results: [1], none: null }));
      const error = await recallFailureOf(api.client.getBot('b1'));
      assert.equal(error.code, 'unexpectedAnswer');
      const line = api.logLines.find((entry) => entry.startsWith('warn'));
      assert.equal(
        line,
        'warn: [api] unreadable answer (bot): { id: number, bot_name: string, results: list, none: null }',
      );
    });

    it('is asked for by nothing but an ID', async () => {
      server.answerWith(json(200, botAnswer()));
      for (const id of ['', '.', '..', '\ud800'])
        assert.equal((await recallFailureOf(api.client.getBot(id))).code, 'invalidRequest');
      assert.equal(server.requests.length, 0);
      await api.client.getBot('../billing/?x=#y');
      assert.deepEqual(urls(), ['GET /api/v1/bot/..%2Fbilling%2F%3Fx%3D%23y/']);
    });

    it('leaves, is cancelled, and loses its media', async () => {
      server.answerWith(json(200, botAnswer()), text(204, ''), json(200, botAnswer()));
      await api.client.leaveCall('b1');
      await api.client.deleteScheduledBot('b1');
      await api.client.deleteMedia('b1');
      assert.deepEqual(urls(), [
        'POST /api/v1/bot/b1/leave_call/',
        'DELETE /api/v1/bot/b1/',
        'POST /api/v1/bot/b1/delete_media/',
      ]);
      assert.deepEqual(idempotencyKeys(), ['uuid-1', undefined, 'uuid-2']);
    });

    it('that cannot leave or be deleted says why', async () => {
      server.answerWith(json(405, { detail: 'Method "DELETE" not allowed.' }));
      assert.equal((await recallFailureOf(api.client.deleteScheduledBot('b1'))).code, 'notAllowed');
      server.answerWith(json(400, { code: 'cannot_command_completed_bot', detail: 'Over.' }));
      const error = await recallFailureOf(api.client.leaveCall('b1'));
      assert.deepEqual([error.code, error.apiCode], ['invalidRequest', 'cannot_command_completed_bot']);
    });
  });

  describe('listBots', () => {
    it('filters by status and by where the bot was sent from', async () => {
      server.answerWith(json(200, pageAnswer([botAnswer()])));
      await api.client.listBots({ statuses: ['done', 'fatal'], sentFromHere: true }, undefined);
      await api.client.listBots({}, undefined);
      assert.deepEqual(urls(), [
        'GET /api/v1/bot/?status=done&status=fatal&metadata__sent_from=vscode-recall-meeting-audio',
        'GET /api/v1/bot/',
      ]);
    });

    it('asks for the next page at its own origin, with the query of the link', async () => {
      server.answerWith(json(200, pageAnswer([])));
      for (const next of [
        `${server.origin}/api/v1/bot/?page=2`,
        'https://us-west-2.recall.ai/api/v1/bot/?page=2',
        '/api/v1/bot/?page=2',
        'http://gateway.example/recall/api/v1/bot/?page=2',
      ])
        await api.client.listBots({}, next);
      assert.deepEqual(new Set(urls()), new Set(['GET /api/v1/bot/?page=2']));
      assert.equal(server.requests.length, 4);
    });

    it('never asks another host or path', async () => {
      const foreign = await startLoopbackServer();
      try {
        foreign.answerWith(json(200, pageAnswer([])));
        server.answerWith(json(200, pageAnswer([])));
        await api.client.listBots({}, `${foreign.origin}/api/v1/bot/?page=2`);
        for (const next of [
          `${foreign.origin}/bot/?page=2`,
          `${server.origin}/api/v1/recording/`,
          'http://[',
          'x:',
        ])
          assert.equal((await recallFailureOf(api.client.listBots({}, next))).code, 'foreignHost');
        assert.equal(foreign.requests.length, 0);
        assert.equal(server.requests.length, 1);
      } finally {
        await foreign.close();
      }
    });
  });

  describe('listMedia', () => {
    const mediaPage = (ids: readonly string[], next: unknown): Answer =>
      json(200, { next, previous: null, results: ids.map((id) => mediaAnswer({ id })) });
    const link = (cursor: string): string =>
      `https://us-west-2.recall.ai/api/v1/audio_mixed/?cursor=${cursor}`;

    it('follows every page and keeps each item once', async () => {
      server.answerWith(
        mediaPage(['a1', 'a2'], link('2')),
        mediaPage(['a2', 'a3'], link('3')),
        mediaPage([], null),
      );
      const items = await api.client.listMedia('audio_mixed', 'r 1');
      assert.deepEqual(
        items.map((item) => item.id),
        ['a1', 'a2', 'a3'],
      );
      assert.deepEqual(urls(), [
        'GET /api/v1/audio_mixed/?recording_id=r+1',
        'GET /api/v1/audio_mixed/?cursor=2',
        'GET /api/v1/audio_mixed/?cursor=3',
      ]);
    });

    it('ends where the pages go round in a circle', async () => {
      server.answerWith(
        mediaPage(['a1'], link('2')),
        mediaPage(['a2'], link('3')),
        mediaPage(['a3'], link('2')),
      );
      const items = await api.client.listMedia('audio_mixed', 'r1');
      assert.deepEqual(
        items.map((item) => item.id),
        ['a1', 'a2', 'a3'],
      );
      assert.equal(server.requests.length, 3);
    });

    it('gives up on a list without end', async () => {
      let page = 0;
      server.answerWith((response, request) => {
        mediaPage([`a${page}`], link(String(++page)))(response, request);
      });
      const error = await recallFailureOf(api.client.listMedia('audio_mixed', 'r1'));
      assert.equal(error.code, 'unexpectedAnswer');
      assert.match(error.message, /does not come to an end/);
      assert.equal(server.requests.length, 101);
    });

    it('does not follow a list of one kind into another', async () => {
      server.answerWith(mediaPage(['a1'], link('2')));
      const error = await recallFailureOf(api.client.listMedia('video_mixed', 'r1'));
      assert.equal(error.code, 'foreignHost');
      assert.equal(server.requests.length, 1);
    });

    it('refuses an answer that is no list', async () => {
      server.answerWith(json(200, { detail: 'hello' }));
      assert.equal(
        (await recallFailureOf(api.client.listMedia('audio_mixed', 'r1'))).code,
        'unexpectedAnswer',
      );
    });
  });

  it('gets one media item, whose address may be missing', async () => {
    server.answerWith(json(200, mediaAnswer({ data: { download_url: null } })));
    const item = await api.client.getMediaItem('audio_mixed', 'a1');
    assert.equal(item.downloadUrl, undefined);
    assert.deepEqual(urls(), ['GET /api/v1/audio_mixed/a1/']);
  });

  it('checks a key with one cheap call', async () => {
    server.answerWith(json(200, pageAnswer([])), json(401, { detail: 'Invalid token.' }));
    await checkKey(api.transport, api.access);
    assert.equal((await recallFailureOf(checkKey(api.transport, api.access))).code, 'keyRefused');
    assert.deepEqual(urls(), ['GET /api/v1/bot/', 'GET /api/v1/bot/']);
    assert.equal(server.requests[0]?.headers.authorization, `Token ${KEY}`);
  });
});
