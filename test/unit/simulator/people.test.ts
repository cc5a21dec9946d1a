import assert from 'node:assert/strict';
import { mediaExpiredBot, type RecordingSpec } from '../../simulator/readyBots.ts';
import { connectSimulator } from '../../simulator/remote.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, simulatorPerTest } from './runningSimulator.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startedAt = '2026-03-02T09:00:20.000Z';
const talk = {
  startedAt,
  participants: [{ name: 'Ana', isHost: true, email: 'ana@example.com' }, { name: null }],
  timeline: [
    { speaker: 1, from: -0.5, until: 4 },
    { speaker: 0, from: 4, until: null },
  ],
} satisfies RecordingSpec;

interface PeopleAnswer {
  readonly id: string;
  readonly created_at: string;
  readonly status: { readonly code: string; readonly sub_code: string | null; readonly updated_at: string };
  readonly metadata: unknown;
  readonly data: {
    readonly participants_download_url: string | null;
    readonly participant_events_download_url: string | null;
    readonly speaker_timeline_download_url: string | null;
  };
}

interface BotAnswer {
  readonly id: string;
  readonly recordings: readonly {
    readonly media_shortcuts: { readonly participant_events: PeopleAnswer | null };
  }[];
}

async function readPeople(simulator: Simulator, botId: string): Promise<PeopleAnswer | null> {
  const bot = (await callApi(simulator, `bot/${botId}/`)).json as BotAnswer;
  return bot.recordings[0]?.media_shortcuts.participant_events ?? null;
}

function addTalk(simulator: Simulator, rest: RecordingSpec = {}): string {
  return simulator.addBot({ recordings: [{ ...talk, ...rest }] }).id;
}

async function urlOf(simulator: Simulator, botId: string): Promise<string> {
  return (await readPeople(simulator, botId))?.data.participants_download_url ?? '';
}

async function download(url: string | null | undefined): Promise<unknown> {
  const { status, headers, body } = await rawRequest(url ?? '');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json');
  return JSON.parse(body.toString()) as unknown;
}

async function statusOf(url: string, headers = {}): Promise<number> {
  return (await rawRequest(url, { headers })).status;
}

describe('simulated participants', () => {
  const running = simulatorPerTest();

  it('come with the bot, alone and in the list, and are null where nobody says who was there', async () => {
    const simulator = await running.start();
    const told = addTalk(simulator);
    const untold = simulator.addBot().id;
    const people = await readPeople(simulator, told);
    assert.deepEqual(Object.keys(people ?? {}).sort(), ['created_at', 'data', 'id', 'metadata', 'status']);
    assert.deepEqual([people?.status.code, people?.status.sub_code, people?.metadata], ['done', null, {}]);
    assert.ok(Date.parse(people?.status.updated_at ?? '') > Date.parse(people?.created_at ?? ''));
    assert.equal(await readPeople(simulator, untold), null);
    const { results } = (await callApi(simulator, 'bot/')).json as { results: readonly BotAnswer[] };
    assert.deepEqual(
      results.map(({ recordings }) => recordings[0]?.media_shortcuts.participant_events?.id),
      [people?.id, undefined],
    );
  });

  it('have a file with their names, one with what they did, and one with who spoke when', async () => {
    const simulator = await running.start();
    const data = (await readPeople(simulator, addTalk(simulator)))?.data;
    const ana = { id: 100, name: 'Ana', is_host: true };
    const other = { id: 101, name: null, is_host: false };
    assert.deepEqual(await download(data?.participants_download_url), [
      { ...ana, platform: 'desktop', extra_data: null, email: 'ana@example.com' },
      { ...other, platform: 'desktop', extra_data: null, email: null },
    ]);
    assert.deepEqual(await download(data?.speaker_timeline_download_url), [
      {
        participant: other,
        start_timestamp: { relative: -0.5, absolute: '2026-03-02T09:00:19.500000Z' },
        end_timestamp: { relative: 4, absolute: '2026-03-02T09:00:24.000000Z' },
      },
      {
        participant: ana,
        start_timestamp: { relative: 4, absolute: '2026-03-02T09:00:24.000000Z' },
        end_timestamp: null,
      },
    ]);
    const events = (await download(data?.participant_events_download_url)) as readonly {
      readonly action: string;
      readonly participant: { readonly id: number };
    }[];
    assert.deepEqual(
      events.map(({ action, participant }) => `${action} ${participant.id}`),
      ['speech_on 101', 'join 100', 'join 101', 'speech_off 101', 'speech_on 100'],
    );
  });

  it('know no absolute times where the start of the recording is not known', async () => {
    const simulator = await running.start();
    const people = await readPeople(simulator, addTalk(simulator, { startedAt: null }));
    const turns = await download(people?.data.speaker_timeline_download_url);
    assert.deepEqual((turns as readonly { readonly start_timestamp: unknown }[])[1]?.start_timestamp, {
      relative: 4,
      absolute: null,
    });
  });

  it('can come late, fail, never come, and change when told to', async () => {
    const simulator = await running.start();
    const participantsAt = new Date(Date.parse(simulator.time()) + 5 * minuteMs).toISOString();
    const ids = [
      addTalk(simulator),
      addTalk(simulator, { participantsAt }),
      addTalk(simulator, { participantsAt, participantsStatus: 'failed' }),
      addTalk(simulator, { participantsStatus: 'processing' }),
    ];
    const states = (): Promise<string[]> =>
      Promise.all(
        ids.map(async (id) => {
          const people = await readPeople(simulator, id);
          const urls = Object.values(people?.data ?? {}).filter((url) => url !== null).length;
          return `${people?.status.code ?? ''} ${urls}`;
        }),
      );
    assert.deepEqual(await states(), ['done 3', 'processing 0', 'processing 0', 'processing 0']);
    simulator.advance(6 * minuteMs);
    assert.deepEqual(await states(), ['done 3', 'done 3', 'failed 0', 'processing 0']);
    simulator.changeArtifact((await readPeople(simulator, ids[3] ?? ''))?.id ?? '', { status: 'done' });
    assert.equal((await states())[3], 'done 3');
  });

  it('are processing while the call lasts', async () => {
    const simulator = await running.start();
    const statusChanges = [{ code: 'joining_call' }, { code: 'in_call_recording' }];
    const { id } = simulator.addBot({ statusChanges, recordings: [talk] });
    assert.equal((await readPeople(simulator, id))?.status.code, 'processing');
  });

  it('are opened by a token alone, on the host of the API, by another in each answer', async () => {
    const simulator = await running.start();
    const id = addTalk(simulator);
    const [one, other] = [new URL(await urlOf(simulator, id)), new URL(await urlOf(simulator, id))];
    assert.equal(one.origin, simulator.apiOrigin);
    assert.equal(one.pathname, '/api/v1/download/participants');
    assert.deepEqual([...one.searchParams.keys()], ['token']);
    assert.notEqual(one.href, other.href);
    assert.deepEqual(await download(one.href), await download(other.href));
    assert.equal(await statusOf(one.href, { Authorization: 'Token some-key' }), 400);
    assert.equal((await rawRequest(one, { method: 'POST' })).status, 405);
  });

  it('are refused with no token, a wrong one, one for another file, and one that is too old', async () => {
    const simulator = await running.start();
    const url = await urlOf(simulator, addTalk(simulator));
    const [bare = '', token = ''] = url.split('?token=');
    const refused = [
      bare,
      `${bare}?token=`,
      `${bare}?token=nothing`,
      `${bare}?token=${token.slice(8)}`,
      `${bare}?token=${token.slice(0, -8)}`,
      url.replace('/participants?', '/speaker_timeline?'),
    ];
    for (const changed of refused) assert.equal(await statusOf(changed), 403, changed);
    assert.equal(await statusOf(url.replace('/participants?', '/people?')), 404);
    assert.equal(await statusOf(url), 200);
    simulator.advance(7 * hourMs);
    assert.equal(await statusOf(url), 403);
  });

  it('are gone when the media are deleted, or expire', async () => {
    const simulator = await running.start();
    const expiresAt = new Date(Date.parse(simulator.time()) + hourMs).toISOString();
    const [deleted, expires] = [addTalk(simulator), addTalk(simulator, { expiresAt })];
    const urls = [await urlOf(simulator, deleted), await urlOf(simulator, expires)];
    await callApi(simulator, `bot/${deleted}/delete_media/`, { method: 'POST' });
    assert.equal((await readPeople(simulator, expires))?.status.code, 'done');
    simulator.advance(2 * hourMs);
    for (const id of [deleted, expires]) {
      const people = await readPeople(simulator, id);
      assert.equal(people?.status.code, 'deleted');
      assert.equal(people.data.participants_download_url, null);
    }
    for (const url of urls) assert.equal(await statusOf(url), 404);
    const gone = simulator.addBot(mediaExpiredBot({ recordings: [{ ...talk, status: 'deleted' }] }));
    assert.equal((await readPeople(simulator, gone.id))?.status.code, 'deleted');
  });

  it('have a list of their own, with the key, for one recording', async () => {
    const simulator = await running.start();
    addTalk(simulator);
    const { recordings } = simulator.addBot({ recordings: [talk] });
    const { id: recordingId = '', participantEvents = [] } = recordings[0] ?? {};
    const list = (await callApi(simulator, `participant_events/?recording_id=${recordingId}`)).json as {
      results: readonly (PeopleAnswer & { readonly recording: { readonly id: string } })[];
    };
    assert.deepEqual(
      list.results.map(({ id, recording }) => [id, recording.id]),
      [[participantEvents[0], recordingId]],
    );
    const one = await callApi(simulator, `participant_events/${participantEvents[0] ?? ''}/`);
    assert.equal(
      ((await download((one.json as PeopleAnswer).data.participants_download_url)) as []).length,
      2,
    );
    assert.equal(await statusOf(`${simulator.apiOrigin}/api/v1/participant_events/`), 401);
    assert.equal((await callApi(simulator, `audio_mixed/${participantEvents[0] ?? ''}/`)).status, 404);
    assert.throws(() => simulator.mediaFacts(participantEvents[0] ?? ''), /no file in the media store/);
  });

  it('are counted apart from calls of the API, and against no rate', async () => {
    const simulator = await running.start({ rateLimits: true });
    const url = await urlOf(simulator, addTalk(simulator));
    simulator.clearRequests();
    for (let count = 0; count < 310; count++) assert.equal(await statusOf(url), 200);
    assert.equal((await callApi(simulator, 'bot/')).status, 200);
    const origins = simulator.requests.map(({ origin }) => origin);
    assert.deepEqual(
      [origins.filter((origin) => origin === 'download').length, origins.at(-1)],
      [310, 'api'],
    );
    simulator.failNext({ status: 503, path: '/download/participants' });
    assert.deepEqual([await statusOf(url), await statusOf(url)], [503, 200]);
  });

  it('can be told by another process, and not of somebody who was not there', async () => {
    const simulator = await running.start();
    const remote = connectSimulator(simulator.apiOrigin);
    const { id } = await remote.addBot({ recordings: [talk] });
    assert.equal(((await download(await urlOf(simulator, id))) as []).length, 2);
    const timeline = [{ speaker: 2, from: 0, until: 1 }];
    await assert.rejects(remote.addBot({ recordings: [{ ...talk, timeline }] }), /no participant 2/);
  });
});
