import assert from 'node:assert/strict';
import { callApi, sendBot, simulatorPerTest } from './runningSimulator.ts';

interface ListAnswer {
  readonly next: string | null;
  readonly results: readonly { readonly id: string }[];
}

describe('faults of the simulated API', () => {
  const running = simulatorPerTest();

  it('gives the answer ordered, to the requests meant, as often as told', async () => {
    const simulator = await running.start();
    simulator.failNext({
      status: 429,
      headers: { 'Retry-After': '7' },
      body: { detail: 'Slow down.' },
      method: 'GET',
      path: '^/api/v1/bot/\\?page=1$',
      times: 2,
    });
    assert.equal((await callApi(simulator, 'bot/')).status, 200);
    for (let attempt = 0; attempt < 2; attempt++) {
      const reply = await callApi(simulator, 'bot/?page=1');
      assert.equal(reply.status, 429);
      assert.equal(reply.headers['retry-after'], '7');
      assert.deepEqual(reply.json, { detail: 'Slow down.' });
    }
    assert.equal((await callApi(simulator, 'bot/?page=1')).status, 200);
    assert.equal(simulator.faultsLeft(), 0);
  });

  it('gives answers queued for the same request one after the other', async () => {
    const simulator = await running.start();
    simulator.failNext({ status: 502, body: '<html>Bad gateway</html>' });
    simulator.failNext({ status: 402, body: { detail: 'No credit.' } });
    const first = await callApi(simulator, 'bot/');
    assert.equal(first.status, 502);
    assert.equal(first.headers['content-type'], 'text/html');
    assert.equal((await callApi(simulator, 'bot/')).status, 402);
    assert.equal((await callApi(simulator, 'bot/')).status, 200);
  });

  it('fails for always until the faults are cleared', async () => {
    const simulator = await running.start();
    simulator.failNext({ status: 503, times: 'always' });
    for (let attempt = 0; attempt < 5; attempt++) {
      assert.equal((await callApi(simulator, 'bot/')).status, 503);
    }
    simulator.clearFaults();
    assert.equal((await callApi(simulator, 'bot/')).status, 200);
  });

  it('runs out of bots twice, and repeats the stored 507 to the same idempotency key', async () => {
    const simulator = await running.start();
    simulator.outOfBots(2);
    const statuses: number[] = [];
    for (const key of ['a', 'a', 'b', 'c']) {
      const reply = await sendBot(simulator, {}, { 'Idempotency-Key': key });
      statuses.push(reply.status);
      if (reply.status === 507) assert.equal(reply.headers['retry-after'], '30');
    }
    assert.deepEqual(statuses, [507, 507, 507, 201]);
    assert.deepEqual(
      simulator.requests.map((request) => request.headers['idempotency-key']),
      ['a', 'a', 'b', 'c'],
    );
  });

  it('does not store an answer that says nothing was done', async () => {
    const simulator = await running.start();
    simulator.failNext({ status: 502, body: 'Bad gateway' });
    assert.equal((await sendBot(simulator, {}, { 'Idempotency-Key': 'a' })).status, 502);
    assert.equal((await sendBot(simulator, {}, { 'Idempotency-Key': 'a' })).status, 201);
  });

  it('hangs until the client gives up', async () => {
    const simulator = await running.start();
    simulator.apiFault({ kind: 'hang' });
    const abort = new AbortController();
    const url = `${simulator.apiOrigin}/api/v1/bot/`;
    const hanging = fetch(url, { headers: { Authorization: 'k' }, signal: abort.signal });
    await simulator.waitForRequest(({ path }) => path === '/api/v1/bot/');
    abort.abort();
    await assert.rejects(hanging, { name: 'AbortError' });
    assert.equal((await callApi(simulator, 'bot/')).status, 200);
  });

  it('resets the connection before or after the request had its effect', async () => {
    const simulator = await running.start();
    simulator.apiFault({ kind: 'reset' });
    await assert.rejects(sendBot(simulator, {}, { 'Idempotency-Key': 'a' }), { code: 'ECONNRESET' });
    assert.equal(simulator.botIds().length, 0);
    simulator.apiFault({ kind: 'reset', processed: true });
    await assert.rejects(sendBot(simulator, {}, { 'Idempotency-Key': 'a' }), { code: 'ECONNRESET' });
    const [id] = simulator.botIds();
    const retried = await sendBot(simulator, {}, { 'Idempotency-Key': 'a' });
    assert.equal((retried.json as { id: string }).id, id);
    assert.equal(simulator.botIds().length, 1);
  });

  it('answers late, slowly, or only in part', async () => {
    const simulator = await running.start();
    simulator.apiFault({ kind: 'delay', ms: 30 });
    simulator.apiFault({ kind: 'slowBody', bytesPerSecond: 1000 });
    const before = performance.now();
    const slow = await callApi(simulator, 'bot/');
    assert.ok(performance.now() - before >= 30 + 40);
    assert.deepEqual(slow.json, { count: 0, next: null, previous: null, results: [] });
    simulator.apiFault({ kind: 'cutBody', afterBytes: 10 });
    const cut = await callApi(simulator, 'bot/');
    assert.equal(cut.complete, false);
    assert.equal(cut.text, '{"count":0');
  });

  it('says that no MP3 will be made, and makes none', async () => {
    const simulator = await running.start();
    simulator.apiFault({ kind: 'echoWithoutMp3' });
    const bot = (await sendBot(simulator)).json as {
      id: string;
      recording_config: Record<string, unknown>;
    };
    assert.equal(bot.recording_config.audio_mixed_mp3, null);
    simulator.advance(60_000);
    assert.deepEqual(
      simulator.idsOf(bot.id).recordings.map((recording) => recording.audio),
      [[]],
    );
  });

  it('leads to a foreign host, in a circle, or on and on', async () => {
    const simulator = await running.start({ botPageSize: 1 });
    simulator.addBot();
    const next = async (path = 'bot/'): Promise<string | null> =>
      ((await callApi(simulator, path)).json as ListAnswer).next;
    simulator.apiFault({ kind: 'nextPageOnForeignHost', url: 'https://example.com/api/v1/bot/?page=2' });
    assert.equal(await next(), 'https://example.com/api/v1/bot/?page=2');
    simulator.apiFault({ kind: 'loopingNext' });
    assert.equal(await next(), `${simulator.apiOrigin}/api/v1/bot/`);
    assert.equal(await next(), null);
    simulator.apiFault({ kind: 'endlessNext', times: 'always' });
    for (let page = 2; page < 6; page++) {
      assert.equal(await next(`bot/?page=${page}`), `${simulator.apiOrigin}/api/v1/bot/?page=${page + 1}`);
      assert.match((await next('audio_mixed/?cursor=bz0w')) ?? '', /\?cursor=/);
    }
  });
});
