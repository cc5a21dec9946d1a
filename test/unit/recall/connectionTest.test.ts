import assert from 'node:assert/strict';
import { createServer as createTlsServer } from 'node:https';
import { testConnection } from '../../../src/recall/connectionTest.ts';
import type { ConnectionStep, ConnectionTestCollaborators } from '../../../src/recall/connectionTest.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import {
  closed,
  json,
  listen,
  reset,
  silence,
  startLoopbackServer,
  text,
} from '../network/loopbackServer.ts';
import type { LoopbackServer } from '../network/loopbackServer.ts';
import { makeSelfSignedCertificate } from '../network/certificates.ts';
import { KEY, recordingLog, setUpApi } from './apiSetup.ts';

const MEDIA_URL = 'https://media.example/new.mp3?Signature=hush';

describe('testConnection', () => {
  let server: LoopbackServer;
  let probed: string[];
  let logLines: string[];

  beforeEach(async () => {
    server = await startLoopbackServer();
    probed = [];
    logLines = [];
  });

  afterEach(() => server.close());

  async function test(
    options: Partial<ConnectionTestCollaborators> & { readonly fetch?: typeof globalThis.fetch } = {},
    signal = new AbortController().signal,
  ): Promise<readonly ConnectionStep[]> {
    const { transport } = setUpApi(server.origin, options.fetch ? { fetch: options.fetch } : {});
    return testConnection(
      {
        origin: () => server.origin,
        key: () => Promise.resolve(KEY),
        transport,
        probeMedia: (url) => {
          probed.push(url);
          return Promise.resolve();
        },
        log: recordingLog(logLines),
        ...options,
      },
      signal,
    );
  }

  it('passes all steps, and fetches from the newest recording that is done', async () => {
    server.answerWith(
      json(401, {}),
      json(200, {
        results: [
          botWith(audio('2026-03-01T09:00:00Z', 'done', 'https://media.example/old.mp3')),
          botWith(audio('2026-03-02T09:00:00Z', 'done', MEDIA_URL)),
          botWith(audio('2026-03-03T09:00:00Z', 'processing', null)),
        ],
      }),
    );
    const steps = await test();
    assert.deepEqual(
      steps.map(({ step, ok }) => [step, ok]),
      ['address', 'name', 'connection', 'key', 'region', 'media'].map((step) => [step, true]),
    );
    assert.deepEqual(probed, [MEDIA_URL]);
    assert.equal(steps.at(-1)?.message, 'Recordings can be fetched from media.example.');
    assert.ok(!logLines.join('\n').includes('hush'));
  });

  it('knows no media store to try without a recording', async () => {
    server.answerWith(
      json(401, {}),
      json(200, { results: [botWith(audio('x', 'done', null)), { id: 'b2' }] }),
    );
    assert.equal((await test()).at(-1)?.step, 'region');
    assert.deepEqual(probed, []);
  });

  it('takes the key along to the second request only, and any answer to the first for a connection', async () => {
    for (const first of [
      json(401, {}),
      json(503, {}),
      text(200, '<html>'),
      text(301, '', { Location: '/x' }),
    ]) {
      server.answerWith(first, json(200, { results: [] }));
      assert.equal((await test()).at(-1)?.ok, true);
    }
    assert.deepEqual(
      server.requests.slice(0, 2).map(({ method, url, headers }) => [method, url, headers.authorization]),
      [
        ['GET', '/api/v1/bot/', undefined],
        ['GET', '/api/v1/bot/', `Token ${KEY}`],
      ],
    );
  });

  it('names the region that the key belongs to', async () => {
    const fetch: typeof globalThis.fetch = () => Promise.resolve(Response.json({ results: [] }));
    const steps = await test({ fetch, origin: () => 'https://eu-central-1.recall.ai' });
    assert.equal(steps.at(-1)?.message, 'The API key belongs to the region eu-central-1.');
    assert.equal((await test({ fetch })).at(-1)?.step, 'region');
  });

  describe('says which step fails', () => {
    async function failure(...of: Parameters<typeof test>): Promise<string> {
      const steps = await test(...of);
      const last = steps.at(-1);
      assert.ok(last && !last.ok, 'nothing failed');
      assert.ok(steps.slice(0, -1).every(({ ok }) => ok));
      assert.ok(last.error instanceof Error);
      return `${last.step}: ${last.message}`;
    }

    it('when the settings lead nowhere, without asking anybody', async () => {
      const origin = (): string => {
        throw new RecallError('badSetting', 'The setting recall.region has to be another.');
      };
      assert.equal(await failure({ origin }), 'address: The setting recall.region has to be another.');
      assert.deepEqual(server.requests, []);
    });

    it('when the name is unknown', async () => {
      assert.match(
        await failure({ origin: () => 'http://recall.invalid' }),
        /^name: Recall cannot be reached: the name recall\.invalid could not be resolved\. .*http\.proxy/,
      );
    });

    it('when the connection is refused or reset', async () => {
      const { origin } = server;
      server.answerWith(reset);
      assert.match(await failure(), /^connection: Recall cannot be reached: .*http\.proxy/);
      await server.close();
      assert.match(await failure({ origin: () => origin }), /^connection: .*was refused.*http\.proxy/);
      server = await startLoopbackServer();
    });

    it('when the certificate is not trusted', async () => {
      const now = Date.now();
      const tls = createTlsServer(
        makeSelfSignedCertificate('localhost', new Date(now - 60_000), new Date(now + 60_000)),
      );
      const port = await listen(tls);
      try {
        assert.match(
          await failure({ origin: () => `https://localhost:${port}` }),
          /^connection: .*certificate of localhost is not trusted.*http\.systemCertificates/,
        );
      } finally {
        tls.closeAllConnections();
        await closed(tls);
      }
    });

    it('when nothing answers in time', async () => {
      server.answerWith(silence);
      const { transport, clock } = setUpApi(server.origin);
      const failed = failure({ transport });
      while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      clock.fire();
      assert.match(await failed, /^connection: .*did not answer in time/);
    });

    it('when the connection breaks only with the key', async () => {
      server.answerWith(json(401, {}), reset);
      assert.match(await failure(), /^connection: Recall cannot be reached/);
    });

    it('when there is no key, after what can be tested without one', async () => {
      assert.match(await failure({ key: () => Promise.resolve(undefined) }), /^key: There is no API key/);
      assert.equal(server.requests.length, 1);
    });

    it('when the key cannot be read', async () => {
      const key = (): Promise<never> => Promise.reject(new Error('The keyring is locked.'));
      assert.equal(await failure({ key }), 'key: The keyring is locked.');
    });

    it('when the key is refused, and asks no other region', async () => {
      const asked: string[] = [];
      const fetch: typeof globalThis.fetch = (input) => {
        asked.push(input instanceof Request ? input.url : input.toString());
        return Promise.resolve(Response.json({ detail: 'Invalid token.' }, { status: 401 }));
      };
      assert.equal(
        await failure({ fetch, origin: () => 'https://us-east-1.recall.ai' }),
        'key: The API key was not accepted in the region us-east-1. A key belongs to one region.',
      );
      assert.deepEqual(new Set(asked), new Set(['https://us-east-1.recall.ai/api/v1/bot/']));
    });

    it('when something else than Recall answers', async () => {
      for (const [answer, words] of [
        [text(200, '<html>Sign in to the hotel</html>'), /^key: .*did not answer with JSON/],
        [json(200, { hello: 'world' }), /^key: .*answers, but not as Recall does/],
        [text(403, '<H1>403 ERROR</H1>'), /^key: The firewall of/],
      ] as const) {
        server.answerWith(json(401, {}), answer);
        assert.match(await failure(), words);
      }
    });

    it('when the media store cannot be reached', async () => {
      const bots = { results: [botWith(audio('2026-03-02T09:00:00Z', 'done', MEDIA_URL))] };
      server.answerWith(json(401, {}), json(200, bots));
      const probeMedia = (): Promise<never> => Promise.reject(new Error('No way there.'));
      assert.equal(await failure({ probeMedia }), 'media: No way there.');
    });
  });

  it('ends with the reason when it is cancelled, in every step', async () => {
    const reason = new Error('enough');
    const answers = [json(401, {}), json(200, { results: [botWith(audio('x', 'done', MEDIA_URL))] })];
    for (const answered of [0, 1, 2]) {
      const cancelling = new AbortController();
      server.answerWith(...answers.slice(0, answered), silence);
      const before = server.requests.length;
      const probeMedia = (_url: string, signal: AbortSignal): Promise<never> =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('stopped'));
          });
          cancelling.abort(reason);
        });
      const tested = test({ probeMedia }, cancelling.signal);
      if (answered < 2) {
        while (server.requests.length <= before + answered)
          await new Promise((resolve) => setImmediate(resolve));
        cancelling.abort(reason);
      }
      await assert.rejects(tested, reason);
    }
  });
});

function botWith(...items: readonly unknown[]): unknown {
  return {
    id: 'b1',
    recordings: items.map((item, index) => ({
      id: `r${index}`,
      media_shortcuts: { audio_mixed: item },
    })),
  };
}

function audio(createdAt: string, code: string, url: string | null): unknown {
  return { id: 'a1', created_at: createdAt, status: { code }, format: 'mp3', data: { download_url: url } };
}
