import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { checkKey } from '../../../src/recall/keyCheck.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import { closed, listen } from '../network/loopbackServer.ts';
import { setUpApi } from './apiSetup.ts';
import type { ApiSetup } from './apiSetup.ts';
import { botAnswer, mediaAnswer, pageAnswer } from './botAnswer.ts';

type Path = readonly (string | number)[];

interface Endpoint {
  readonly name: string;
  /** What the API really answers, refusals included. */
  readonly answers: readonly unknown[];
  call(api: ApiSetup): Promise<unknown>;
}

interface Mutation {
  /** Which part of the answer, counted through all of them. */
  readonly part: number;
  /** What becomes of it; undefined removes it. */
  readonly value: { readonly now: unknown } | undefined;
}

// JSON.stringify cannot write these, so they stand in as texts and are put in afterwards.
const DEEP = '@deep@';
const BEYOND_NUMBERS = '@1e999@';
const LONG_DIGITS = '@digits@';

const REFUSALS: readonly unknown[] = [
  { code: 'authentication_failed', detail: 'Invalid token header. No credentials provided.' },
  { meeting_url: ['The meeting_url is malformed, or for an unsupported platform.'] },
  { recording_config: { retention: { hours: ['Too small.'] } }, non_field_errors: ['Nothing fits.'] },
  { detail: 'Not found.' },
  'A bare text',
];

const ENDPOINTS: readonly Endpoint[] = [
  {
    name: 'getBot',
    answers: [botAnswer(), ...REFUSALS],
    call: ({ client }) => client.getBot('b1'),
  },
  {
    name: 'createBot',
    answers: [botAnswer({ status_changes: [], recordings: [] }), ...REFUSALS],
    call: ({ client }) =>
      client.createBot(
        { meetingUrl: 'https://zoom.us/j/9', botName: 'Notetaker', outputs: {} },
        () => undefined,
      ),
  },
  {
    name: 'listBots',
    answers: [pageAnswer([botAnswer(), botAnswer()], 'https://us-west-2.recall.ai/api/v1/bot/?page=2')],
    call: async ({ client }) => {
      const page = await client.listBots({}, undefined);
      return page.next === undefined ? page : client.listBots({}, page.next);
    },
  },
  {
    name: 'listMedia',
    answers: [pageAnswer([mediaAnswer(), mediaAnswer()], '/api/v1/audio_mixed/?cursor=c')],
    call: ({ client }) => client.listMedia('audio_mixed', 'r1'),
  },
  {
    name: 'getMediaItem',
    answers: [mediaAnswer()],
    call: ({ client }) => client.getMediaItem('audio_mixed', 'a1'),
  },
  { name: 'leaveCall', answers: [botAnswer(), ...REFUSALS], call: ({ client }) => client.leaveCall('b1') },
  { name: 'deleteMedia', answers: [botAnswer()], call: ({ client }) => client.deleteMedia('b1') },
  {
    name: 'deleteScheduledBot',
    answers: REFUSALS,
    call: ({ client }) => client.deleteScheduledBot('b1'),
  },
  {
    name: 'checkKey',
    answers: [pageAnswer([]), ...REFUSALS],
    call: ({ transport, access }) => checkKey(transport, access),
  },
];

const junk = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', [], {}) },
  { weight: 2, arbitrary: fc.constantFrom(DEEP, BEYOND_NUMBERS, LONG_DIGITS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<html><body><h1>502 Bad Gateway</h1></body></html>',
      'a\r\nb\u202ec\u2066\u0000\u001b[31m',
      '[press](command:workbench.action.quit)',
      'Error: boom\n    at Object.<anonymous> (/srv/app.js:1:1)',
      'https://user:hush@zoom.us/j/9?pwd=hush',
      '../../etc/passwd',
      '2026-99-99T99:99:99Z',
      'http://[',
      '\ud800',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(200_000), '\u202e '.repeat(50_000), '<'.repeat(100_000)),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  part: fc.nat(500),
  value: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.record({ now: junk }) },
  ),
});

const scenario = fc.record({
  endpoint: fc.constantFrom(...ENDPOINTS.map((entry) => entry.name)),
  answer: fc.nat(10),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
  cutAt: fc.option(fc.nat(2000), { freq: 8 }),
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant(200) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(201, 204, 302, 400, 401, 402, 403, 404, 405, 409, 429, 502, 507),
    },
    { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
  ),
  retryAfter: fc.option(
    fc.constantFrom('0', '30', '-1', '9'.repeat(400), 'soon', 'Fri, 01 Jan 2100 00:00:00 GMT'),
  ),
});

describe('whatever the API answers', () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => {
    unhandled.push(reason);
  };

  before(() => {
    process.on('unhandledRejection', onUnhandled);
  });

  after(() => {
    process.off('unhandledRejection', onUnhandled);
  });

  it('each call gives a value that can be written down, or an error with a sentence', async function () {
    const outcomes = { values: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(scenario, async ({ endpoint: name, answer, mutations, cutAt, status, retryAfter }) => {
        const endpoint = ENDPOINTS.find((entry) => entry.name === name);
        assert.ok(endpoint);
        const text = mutated(endpoint.answers[answer % endpoint.answers.length], mutations);
        const body = text.slice(0, cutAt ?? text.length);
        const api = setUpApi('https://us-west-2.recall.ai', {
          fetch: () => Promise.resolve(answerOf(status, body, retryAfter)),
          limits: { maxRetries: 2 },
        });
        const outcome = await outcomeOf(endpoint.call(api));
        if ('error' in outcome) {
          outcomes.errors++;
          assertSentence(outcome.error);
        } else {
          outcomes.values++;
          assert.equal(typeof JSON.stringify(outcome.value ?? null), 'string');
        }
        assert.equal(api.clock.scheduled(), 0);
      }),
      { numRuns: 10_000 },
    );
    assert.deepEqual(unhandled, []);
    // Both ways have to be walked often, or the mutations are too weak or too strong to mean anything.
    assert.ok(outcomes.values > 1000 && outcomes.errors > 1000, JSON.stringify(outcomes));
  });

  it('bytes that are no HTTP at all end in an error with a sentence', async function () {
    let bytes = new Uint8Array();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {
        // The client breaks off when it has seen enough.
      });
      socket.once('data', () => socket.end(bytes));
    });
    const origin = `http://127.0.0.1:${await listen(server)}`;
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
    const raw = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom('', head, `${head}Content-Length: 5\r\n`, `${head}Transfer-Encoding: chunked\r\n`),
          fc.constantFrom(
            '',
            '\r\n',
            'Content-Encoding: gzip\r\n\r\n',
            'Content-Length: 99999999999\r\n\r\n',
          ),
          fc.uint8Array({ maxLength: 50 }),
        )
        .map(([start, end, body]) => Buffer.concat([Buffer.from(start + end), body])),
    );
    try {
      await fc.assert(
        fc.asyncProperty(raw, async (next) => {
          bytes = Uint8Array.from(next);
          const { transport, access } = setUpApi(origin, { limits: { maxRetries: 0 } });
          const outcome = await outcomeOf(transport.send(access, { method: 'GET', path: '/bot/' }));
          if ('error' in outcome) assertSentence(outcome.error);
        }),
        { numRuns: 300 },
      );
    } finally {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    }
    assert.deepEqual(unhandled, []);
  });
});

async function outcomeOf(call: Promise<unknown>): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await call };
  } catch (error) {
    return { error };
  }
}

function assertSentence(error: unknown): void {
  assert.ok(error instanceof RecallError, `not a RecallError: ${String(error)}`);
  const { message } = error;
  assert.match(message, /^[A-Za-z0-9]\S* \S.*\S$/);
  assert.ok(message.length <= 600, `${message.length} characters`);
  assert.doesNotMatch(message, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  assert.doesNotMatch(message, /<[a-z!/]|\]\(|hush/i);
  assert.doesNotMatch(message, /node:internal|\.ts:\d/);
}

function answerOf(status: number, body: string, retryAfter: string | null): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (retryAfter !== null) headers.set('Retry-After', retryAfter);
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
}

function mutated(answer: unknown, mutations: readonly Mutation[]): string {
  let changed = structuredClone(answer);
  for (const { part, value } of mutations) {
    const paths = pathsOf(changed);
    const path = paths[part % paths.length] ?? [];
    changed = replaced(changed, path, value);
  }
  return JSON.stringify(changed ?? null)
    .replaceAll(`"${DEEP}"`, () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    .replaceAll(`"${BEYOND_NUMBERS}"`, '1e999')
    .replaceAll(`"${LONG_DIGITS}"`, '9'.repeat(1000));
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return [path, ...inner];
}

function replaced(value: unknown, path: Path, change: Mutation['value']): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change?.now;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      if (index !== step) return [item];
      return rest.length === 0 && change === undefined ? [] : [replaced(item, rest, change)];
    });
  }
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).flatMap(([name, item]) => {
      if (name !== step) return [[name, item]];
      return rest.length === 0 && change === undefined ? [] : [[name, replaced(item, rest, change)]];
    }),
  );
}
