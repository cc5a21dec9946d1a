import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../../simulator/random.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, simulatorPerTest } from './runningSimulator.ts';

async function canListen(origin: string): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(Number(new URL(origin).port), '127.0.0.1', () => {
      resolve(true);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return free;
}

describe('simulator', () => {
  const running = simulatorPerTest();

  it('listens on two ports of 127.0.0.1 and frees both, even in the middle of everything', async () => {
    const simulator = await startSimulator();
    const { apiOrigin, mediaOrigin } = simulator;
    for (const origin of [apiOrigin, mediaOrigin]) {
      assert.equal(new URL(origin).hostname, '127.0.0.1');
      assert.equal(await canListen(origin), false);
    }
    const artifactId = simulator.addBot().recordings[0]?.audio[0] ?? '';
    simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 1 });
    simulator.apiFault({ kind: 'delay', ms: 3_600_000 });
    const left = [
      rawRequest(simulator.downloadUrl(artifactId)),
      callApi(simulator, 'bot/'),
      simulator.waitForRequest(({ method }) => method === 'DELETE'),
    ].map((promise) => promise.catch((error: unknown) => error));
    await simulator.waitForRequest(() => simulator.requests.length === 2);
    await simulator.close();
    await Promise.all(left);
    assert.ok(await canListen(apiOrigin));
    assert.ok(await canListen(mediaOrigin));
    await simulator.close();
  });

  it('says that a port is taken and leaves no server behind', async () => {
    const taken = await running.start();
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const apiPort = Number(new URL(taken.apiOrigin).port);
    await assert.rejects(startSimulator({ apiPort, mediaPort: port }), { code: 'EADDRINUSE' });
    assert.ok(await canListen(`http://127.0.0.1:${port}`));
  });

  it('makes the same ids in every run, and others with another seed', async () => {
    const idsOf = async (seed?: number): Promise<readonly string[]> => {
      const options = seed === undefined ? {} : { random: seededRandom(seed) };
      const simulator = await startSimulator(options);
      const ids = simulator.addSampleBots().map(({ id }) => id);
      await simulator.close();
      return ids;
    };
    const first = await idsOf();
    assert.equal(new Set(first).size, first.length);
    assert.deepEqual(await idsOf(), first);
    assert.notDeepEqual(await idsOf(7), first);
  });

  it('has samples whose MP3s together play as long as their recording took', async () => {
    const simulator = await running.start();
    const samples = simulator.addSampleBots();
    const played: number[] = [];
    const said: number[] = [];
    for (const { id, recordings } of samples) {
      const { json } = await callApi(simulator, `bot/${id}/`);
      const answer = json as { recordings: { started_at: string; completed_at: string }[] };
      for (const [index, { audio }] of recordings.entries()) {
        const status = answer.recordings[index];
        if (audio.length === 0 || status === undefined || id === samples[4]?.id) continue;
        played.push(audio.reduce((sum, artifact) => sum + simulator.mediaFacts(artifact).seconds, 0));
        said.push((Date.parse(status.completed_at) - Date.parse(status.started_at)) / 1_000);
      }
    }
    assert.deepEqual(played.map(Math.round), said);
    assert.deepEqual(said, [900, 900, 1_800, 1_800, 1_800]);
  });

  it('has a sample of every kind of bot', async () => {
    const simulator = await running.start();
    simulator.addSampleBots();
    const reply = await callApi(simulator, 'bot/');
    const { results } = reply.json as {
      results: {
        bot_name: string;
        meeting_url: { platform: string };
        status_changes: { code: string; sub_code: string | null }[];
        recordings: unknown[];
      }[];
    };
    const summary = results.map((bot) => {
      const codes = bot.status_changes.map(({ code, sub_code }) => sub_code ?? code);
      return [bot.meeting_url.platform, codes.slice(-2).join(' '), bot.recordings.length].join(', ');
    });
    assert.deepEqual(summary.sort(), [
      'google_meet, , 0',
      'google_meet, call_ended_by_host done, 1',
      'microsoft_teams, call_ended_by_host done, 1',
      'microsoft_teams, timeout_exceeded_waiting_room done, 0',
      'webex, call_ended_by_host done, 1',
      'zoom, call_ended_by_host done, 1',
      'zoom, call_ended_by_host done, 2',
      'zoom, done media_expired, 1',
    ]);
  });

  it('shows its own failure as such', async () => {
    const random = seededRandom(1);
    let broken = false;
    const simulator = await running.start({
      random: () => {
        if (broken) throw new Error('no more numbers');
        return random();
      },
    });
    simulator.addBot();
    broken = true;
    const reply = await callApi(simulator, 'bot/');
    assert.equal(reply.status, 500);
    assert.match(reply.text, /The simulator itself failed: Error: no more numbers/);
  });
});
