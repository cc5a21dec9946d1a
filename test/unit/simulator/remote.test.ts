import assert from 'node:assert/strict';
import { controlNames } from '../../simulator/controls.ts';
import { botWithRecordings } from '../../simulator/readyBots.ts';
import { connectSimulator } from '../../simulator/remote.ts';
import { callApi, sendBot, simulatorPerTest } from './runningSimulator.ts';

describe('a simulator controlled over HTTP', () => {
  const running = simulatorPerTest();

  it('does what it is told, under the same names as in the same process', async () => {
    const simulator = await running.start();
    const remote = connectSimulator(simulator.apiOrigin);
    const bot = await remote.addBot(botWithRecordings({ recordings: 2, parts: 2 }));
    assert.deepEqual(bot, simulator.idsOf(bot.id));
    assert.deepEqual(
      bot.recordings.map(({ audio }) => audio.length),
      [2, 2],
    );
    const artifactId = bot.recordings[1]?.audio[1] ?? '';
    assert.deepEqual(await remote.mediaFacts(artifactId), simulator.mediaFacts(artifactId));
    await remote.acceptOnlyKeys(['other']);
    assert.equal((await callApi(simulator, 'bot/')).status, 401);
    await remote.acceptAnyKey();
    await remote.failNext({ status: 402, body: { detail: 'No credit.' } });
    await remote.mediaFault({ kind: 'cut', afterBytes: 10, times: 'always' });
    assert.equal(await remote.faultsLeft(), 2);
    assert.equal((await callApi(simulator, 'bot/')).status, 402);
    const recorded = await remote.recordedRequests();
    assert.deepEqual(recorded, simulator.requests);
    assert.equal(recorded.length, 2);
    const before = Date.parse(await remote.time());
    await remote.advance(60_000);
    assert.equal(Date.parse(await remote.time()) - before, 60_000);
    await remote.setTimeScale(100_000);
    assert.ok(Date.parse(await remote.time()) >= before + 60_000);
  });

  it('starts anew', async () => {
    const simulator = await running.start({ etagStyle: 'weak' });
    const remote = connectSimulator(simulator.apiOrigin);
    await sendBot(simulator, {}, { 'Idempotency-Key': 'one' });
    await remote.addSampleBots();
    await remote.setEtagStyle('none');
    await remote.acceptOnlyKeys([]);
    await remote.apiFault({ kind: 'hang', times: 'always' });
    await remote.setMeeting({ outcome: 'fatal' });
    await remote.reset();
    assert.deepEqual(await remote.botIds(), []);
    assert.deepEqual(await remote.recordedRequests(), []);
    assert.equal(await remote.faultsLeft(), 0);
    const { id } = (await sendBot(simulator, {}, { 'Idempotency-Key': 'one' })).json as { id: string };
    simulator.advance(60_000);
    const artifactId = (await remote.idsOf(id)).recordings[0]?.audio[0] ?? '';
    const answer = await fetch(await remote.downloadUrl(artifactId));
    assert.match(answer.headers.get('ETag') ?? '', /^W\//);
    await answer.arrayBuffer();
  });

  it('rejects with its own words', async () => {
    const simulator = await running.start();
    const remote = connectSimulator(simulator.apiOrigin);
    await assert.rejects(remote.mediaFacts('nothing'), /There is no artifact with the id nothing\./);
    await assert.rejects(remote.setTimeScale(-1), /time scale must be 0 or more/);
    await assert.rejects(remote.addBot({ startedAt: 'soon' }), /Not a date: soon/);
    const unknown = await fetch(`${simulator.apiOrigin}/__simulator/nothing`, { method: 'POST' });
    assert.equal(unknown.status, 404);
    assert.match(await unknown.text(), /addBot/);
  });

  it('reaches every control', async () => {
    const simulator = await running.start();
    const remote = connectSimulator(simulator.apiOrigin);
    assert.deepEqual(Object.keys(remote).sort(), [...controlNames].sort());
    const own = [
      'apiOrigin',
      'mediaOrigin',
      'requests',
      'waitForRequest',
      'mediaBytes',
      'mediaSha256',
      'close',
    ];
    assert.deepEqual(Object.keys(simulator).sort(), [...controlNames, ...own].sort());
  });

  it('takes a single argument without the array, as one types it', async () => {
    const simulator = await running.start();
    const body = JSON.stringify({ id: 'typed', name: 'By hand' });
    const answer = await fetch(`${simulator.apiOrigin}/__simulator/addBot`, { method: 'POST', body });
    assert.equal(answer.status, 200);
    assert.deepEqual(simulator.botIds(), ['typed']);
  });
});
