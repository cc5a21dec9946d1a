import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { findMedia, freshMediaUrl } from '../../../src/media/findMedia.ts';
import { createDownloader, nodeFileSystem } from '../../../src/download/download.ts';
import { probeMedia } from '../../../src/download/mediaProbe.ts';
import { RecallClient } from '../../../src/recall/client.ts';
import { ServerTime } from '../../../src/recall/serverTime.ts';
import { ApiReachability } from '../../../src/recall/reachability.ts';
import { testConnection } from '../../../src/recall/connectionTest.ts';
import { ApiTransport } from '../../../src/recall/transport.ts';
import { createQuickClock, IDENTITY, makeAudio, SHORT } from '../download/workbench.ts';
import { startLoopbackServer } from '../network/loopbackServer.ts';
import type { Answer, LoopbackServer, ReceivedRequest } from '../network/loopbackServer.ts';
import { recordingLog } from '../recall/apiSetup.ts';
import { botAnswer, mediaAnswer } from '../recall/botAnswer.ts';
import { createTextDownloader } from '../../../src/download/textDownload.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { filesOver } from '../media/filesOver.ts';
import { mediaKinds } from '../../../src/media/kinds.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';

const KEY = 'canary0key0A1b2C3d4E5f6G7h8I9j0';
const SIGNATURE = 'canary0signature';
const AUDIO = makeAudio(2_000);
const CONTENTS = new Map<MediaKind, Buffer>([
  [MP3, AUDIO],
  [VIDEO, Buffer.concat([Buffer.from('00000018667479706d703432', 'hex'), AUDIO])],
  [TRANSCRIPT, Buffer.from('[{"participant":{"name":"Ana"},"words":[{"text":"Hello."}]}]')],
]);

/** What the two servers do with those who ask them. */
interface Plan {
  /** What is asked for. */
  readonly kind: MediaKind;
  /** Where lists and recordings say that one should go on. */
  readonly next: string;
  readonly downloadUrl: string;
  /** Which requests to the API are answered with a redirect. */
  readonly redirected: readonly ('list' | 'bot' | 'media' | 'post')[];
  readonly status: number;
  readonly location: string;
  /** Whether media are behind one more redirect. */
  readonly isMediaMoved: boolean;
}

/** Everything the product does with the network, with a key, at an API that leads astray wherever it can. */
describe('whatever the API and the media store answer', function () {
  let api: LoopbackServer;
  let stranger: LoopbackServer;
  let folder: string;

  beforeEach(async () => {
    [api, stranger] = await Promise.all([startLoopbackServer(), startLoopbackServer()]);
    folder = await mkdtemp(join(tmpdir(), 'recall-key-'));
  });

  afterEach(async () => {
    await Promise.all([api.close(), stranger.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('the key goes to the API alone, and neither log nor error nor file has it or a signature', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (plan) => {
        const seen = { api: api.requests.length, stranger: stranger.requests.length };
        play(plan);
        const left = await doEverything(plan.kind);

        const toApi = api.requests.slice(seen.api);
        const elsewhere = [
          ...stranger.requests.slice(seen.stranger),
          ...toApi.filter(({ url }) => !url.startsWith('/api/v1/')),
        ];
        assert.ok(toApi.some(({ headers }) => headers.authorization === `Token ${KEY}`));
        for (const request of elsewhere) assert.ok(!JSON.stringify(request).includes(KEY), 'the key got out');
        for (const { headers, ...rest } of toApi) {
          const others = { ...headers, authorization: undefined };
          assert.ok(!JSON.stringify([rest, others]).includes(KEY), 'the key is not in its header alone');
        }
        for (const { url, authorization } of left.asked) {
          if (authorization !== null) assert.equal(new URL(url).origin, api.origin);
        }
        for (const text of [...left.texts, ...(await filesIn(folder))]) {
          assert.ok(!text.includes(KEY), `the key is in: ${text}`);
          assert.ok(!text.includes(SIGNATURE), `a signature is in: ${text}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  function play(plan: Plan): void {
    const redirect: Answer = (response) => {
      response.writeHead(plan.status, { Location: plan.location }).end();
    };
    const answerTo = ({ method, url }: ReceivedRequest): Answer => {
      const path = url.replace(/\?.*$/, '');
      if (path.startsWith('/api/v1/') && plan.redirected.includes(kindOf(method, path))) return redirect;
      const item = mediaAnswer({
        data: { download_url: plan.downloadUrl },
        format: plan.kind.file.extension,
      });
      switch (path) {
        case '/api/v1/bot/':
          return method === 'GET'
            ? page(plan.next, botWith(plan.kind, item))
            : asJson(botWith(plan.kind, item), 201);
        case `/api/v1/${plan.kind.word}/`:
          return page(plan.next, item);
        default:
          if (path.startsWith(`/api/v1/${plan.kind.word}/`)) return asJson(item);
          if (path.startsWith('/api/v1/')) return asJson(botWith(plan.kind, item));
          if (plan.isMediaMoved && path !== '/moved') return movedTo(plan);
          return (response) => {
            const media = CONTENTS.get(plan.kind) ?? Buffer.alloc(0);
            response.writeHead(200, { 'Content-Length': media.length }).end(media);
          };
      }
    };
    for (const server of [api, stranger]) {
      server.answerWith((response, request) => {
        answerTo(request)(response, request);
      });
    }
  }

  function movedTo({ status, location }: Plan): Answer {
    return (response) => {
      response.writeHead(status, { Location: `${location}#moved` }).end();
    };
  }

  /** Goes through all that there is to ask for, and gives back what was left of it. */
  async function doEverything(kind: MediaKind): Promise<{
    asked: { url: string; authorization: string | null }[];
    texts: string[];
  }> {
    const asked: { url: string; authorization: string | null }[] = [];
    const texts: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : input.toString();
      asked.push({ url, authorization: new Headers(init?.headers).get('authorization') });
      // The rest of the world is not asked by a test.
      if (!['127.0.0.1', 'localhost'].includes(new URL(url).hostname))
        return Promise.reject(new TypeError('fetch failed'));
      return globalThis.fetch(input, init);
    };
    const clock = createQuickClock();
    const log = recordingLog(texts);
    const random = (): number => 0.5;
    const reachability = new ApiReachability();
    const transport = new ApiTransport({
      fetch,
      clock,
      random,
      log,
      reachability,
      serverTime: new ServerTime(),
      userAgent: 'test',
    });
    const access = { origin: api.origin, key: KEY };
    const client = new RecallClient({
      transport,
      access: () => Promise.resolve(access),
      clock,
      randomUuid: () => 'u',
      log,
    });
    const downloader = createDownloader({ fetch, fs: nodeFileSystem, clock, random, log, limits: SHORT });
    const textDownloader = createTextDownloader({ fetch, fs: nodeFileSystem, clock, random, log });
    const files = filesOver(new BotStore(), downloader, textDownloader);
    const signal = new AbortController().signal;
    const { botId, artifactId } = IDENTITY;
    const wanted = { kind, botId };
    const resolveSource = (): Promise<string> => freshMediaUrl(client, wanted, artifactId, signal);

    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const first = await client.listBots({}, undefined);
        if (first.next !== undefined) await client.listBots({}, first.next);
      },
      () => findMedia({ client, clock }, wanted, () => undefined, signal),
      () =>
        client.createBot(
          { meetingUrl: 'https://meet.google.com/abc-defg-hij', botName: 'n', outputs: {} },
          () => undefined,
        ),
      () => client.leaveCall(botId),
      () => client.deleteMedia(botId),
      () => client.deleteScheduledBot(botId),
      async () => {
        const bot = await client.getBot(botId);
        const [recording] = bot.recordings;
        assert.ok(recording);
        await files.bring({
          ...{ kind, bot, recording, identity: IDENTITY },
          ...{ resolveSource, folder, name: 'recording', signal, onProgress: () => undefined },
        });
      },
      async () => {
        const steps = await testConnection(
          {
            origin: () => api.origin,
            key: () => Promise.resolve(KEY),
            transport,
            probeMedia: (url, probing) => probeMedia({ fetch, clock, log }, url, probing),
            log,
          },
          signal,
        );
        texts.push(...steps.map(({ message }) => message));
      },
    ];
    for (const act of acts) {
      try {
        await act();
      } catch (error) {
        texts.push(...wordsOf(error));
      }
    }
    return { asked, texts };
  }

  function plans(): fc.Arbitrary<Plan> {
    const there = new URL(stranger.origin).host;
    const here = new URL(api.origin).host;
    const query = `?page=2&Signature=${SIGNATURE}`;
    const place = fc.constantFrom(
      ...[`http://${there}`, `//${there}`, `http:\\\\${there}`, `http://${here}@${there}`],
      ...[`http://user:word@${there}`, `http://localhost:${new URL(stranger.origin).port}`],
      ...[`http://${here}`, '', 'https://us-west-2.recall.ai', 'https://evil.example', 'http://evil.example'],
    );
    const path = fc.constantFrom(
      ...['/api/v1/bot/', '/api/v1/audio_mixed/', '/steal', '/api/v1/bot/../../../steal', '/moved'],
    );
    const target = fc.oneof(
      { weight: 9, arbitrary: fc.tuple(place, path).map(([at, to]) => `${at}${to}${query}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('file:///etc/passwd', 'data:audio/mpeg,ID3', 'javascript:0', '', 'x'),
      },
    );
    return fc.record({
      kind: fc.constantFrom(...mediaKinds),
      next: target,
      downloadUrl: target,
      redirected: fc.subarray(['list', 'bot', 'media', 'post'] as const),
      status: fc.constantFrom(301, 302, 303, 307, 308),
      location: target,
      isMediaMoved: fc.boolean(),
    });
  }
});

function kindOf(method: string, path: string): Plan['redirected'][number] {
  if (method !== 'GET') return 'post';
  if (/^\/api\/v1\/(audio|video)_mixed\//.test(path)) return 'media';
  return path === '/api/v1/bot/' ? 'list' : 'bot';
}

function botWith(kind: MediaKind, item: unknown): unknown {
  return botAnswer({
    id: IDENTITY.botId,
    recordings: [{ id: IDENTITY.recordingId, media_shortcuts: { [kind.word]: item } }],
  });
}

function page(next: string, result: unknown): Answer {
  return asJson({ next, previous: null, results: [result] });
}

function asJson(body: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** What an error and its causes could show to somebody. */
function wordsOf(error: unknown): string[] {
  const words: string[] = [];
  for (let cause = error; cause instanceof Error && words.length < 20; cause = cause.cause) {
    words.push(cause.message, JSON.stringify(cause));
  }
  return words;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return [...names, ...contents];
}
