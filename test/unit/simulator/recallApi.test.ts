import assert from 'node:assert/strict';
import { botWithRecordings, scheduledBot, type RecordingSpec } from '../../simulator/readyBots.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, sendBot, simulatorPerTest } from './runningSimulator.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

interface BotAnswer {
  readonly id: string;
  readonly bot_name: string;
  readonly join_at: string | null;
  readonly meeting_url: unknown;
  readonly recording_config: Readonly<Record<string, unknown>> | null;
  readonly status_changes: readonly { readonly code: string; readonly sub_code: string | null }[];
  readonly recordings: readonly RecordingAnswer[];
}

interface RecordingAnswer {
  readonly id: string;
  readonly status: { readonly code: string } | null;
  readonly expires_at: string | null;
  readonly media_shortcuts: { readonly audio_mixed?: AudioAnswer | null } | null;
}

interface AudioAnswer {
  readonly id: string;
  readonly status: { readonly code: string };
  readonly data: { readonly download_url: string | null };
  readonly format: string;
}

interface Page<Item> {
  readonly count?: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Item[];
}

async function readBot(simulator: Simulator, id: string): Promise<BotAnswer> {
  const reply = await callApi(simulator, `bot/${id}/`);
  assert.equal(reply.status, 200);
  return reply.json as BotAnswer;
}

async function readPage<Item>(simulator: Simulator, path: string): Promise<Page<Item>> {
  const reply = await callApi(simulator, path);
  assert.equal(reply.status, 200, reply.text);
  return reply.json as Page<Item>;
}

async function readAllPages<Item>(simulator: Simulator, path: string): Promise<Item[]> {
  const first = await readPage<Item>(simulator, path);
  const items = [...first.results];
  for (let { next } = first; next !== null;) {
    const page = await readPage<Item>(simulator, next);
    items.push(...page.results);
    next = page.next;
  }
  return items;
}

function codesOf(bot: BotAnswer): string[] {
  return bot.status_changes.map((change) => change.code);
}

function at(simulator: Simulator, ms: number): string {
  return new Date(Date.parse(simulator.time()) + ms).toISOString();
}

describe('simulated Recall API', () => {
  const running = simulatorPerTest();

  describe('keys', () => {
    const unauthorized = async (simulator: Simulator, header: string | undefined): Promise<unknown> => {
      const headers = header === undefined ? {} : { Authorization: header };
      const answer = await rawRequest(`${simulator.apiOrigin}/api/v1/bot/`, { headers });
      assert.equal(answer.headers['www-authenticate'], answer.status === 401 ? 'Token' : undefined);
      if (answer.status === 200) return 'accepted';
      assert.equal(answer.status, 401);
      return (JSON.parse(answer.body.toString()) as { detail: string }).detail;
    };

    it('accepts any key, with and without the word Token', async () => {
      const simulator = await running.start();
      assert.equal(await unauthorized(simulator, 'Token anything'), 'accepted');
      assert.equal(await unauthorized(simulator, 'anything'), 'accepted');
    });

    it('tells a missing key, a bad key and an unknown scheme apart', async () => {
      const simulator = await running.start({ keys: ['good'] });
      assert.equal(await unauthorized(simulator, 'Token good'), 'accepted');
      assert.match(String(await unauthorized(simulator, undefined)), /^Authentication credentials were not/);
      for (const bad of ['Token bad', 'bad', 'Bearer good']) {
        assert.match(String(await unauthorized(simulator, bad)), /^Invalid API token\. .*eu-central-1/);
      }
      assert.match(String(await unauthorized(simulator, 'Banana good')), /^Invalid token header/);
    });

    it('can change which keys are good', async () => {
      const simulator = await running.start();
      simulator.acceptOnlyKeys(['other']);
      assert.match(String(await unauthorized(simulator, 'Token some-key')), /^Invalid API token/);
      simulator.acceptAnyKey();
      assert.equal(await unauthorized(simulator, 'Token some-key'), 'accepted');
    });
  });

  describe('form of requests', () => {
    it('answers a GET with a body and a localhost URL like the firewall', async () => {
      const simulator = await running.start();
      for (const reply of [
        await callApi(simulator, 'bot/', { body: 'null' }),
        await sendBot(simulator, { metadata: { hook: 'http://localhost:3000/' } }),
      ]) {
        assert.equal(reply.status, 403);
        assert.match(reply.headers['content-type'] ?? '', /^text\/html/);
        assert.match(reply.text, /^<BODY><H1>403 ERROR<\/H1>.*Request blocked\./);
      }
    });

    it('redirects what is not a GET and lacks the slash at the end', async () => {
      const simulator = await running.start();
      const reply = await callApi(simulator, 'bot', { method: 'POST', json: {} });
      assert.equal(reply.status, 301);
      assert.equal(reply.headers.location, `${simulator.apiOrigin}/api/v1/bot/`);
      assert.equal((await callApi(simulator, 'bot')).status, 200);
    });

    it('answers an unknown route with HTML and an unknown object with JSON', async () => {
      const simulator = await running.start();
      const route = await callApi(simulator, 'bots/');
      assert.equal(route.status, 404);
      assert.match(route.text, /<h1>Not Found<\/h1>/);
      const object = await callApi(simulator, 'bot/b0700000-0000-4000-8000-000000000001/');
      assert.equal(object.status, 404);
      assert.deepEqual(object.json, { detail: 'Not found.' });
    });

    it('records every request, the controls excepted', async () => {
      const simulator = await running.start({ clock: { now: () => 5000 } });
      const arrival = simulator.waitForRequest(({ method }) => method === 'POST');
      await sendBot(simulator, {}, { 'Idempotency-Key': 'abc' });
      const request = await arrival;
      assert.equal(request.origin, 'api');
      assert.equal(request.path, '/api/v1/bot/');
      assert.equal(request.headers['idempotency-key'], 'abc');
      assert.equal(request.time, 5000);
      assert.match(request.body, /"audio_mixed_mp3":\{\}/);
      assert.deepEqual(simulator.requests, [request]);
    });
  });

  describe('sending a bot', () => {
    it('echoes the outputs asked for as objects and the others as null', async () => {
      const simulator = await running.start();
      const reply = await sendBot(simulator, {
        recording_config: { audio_mixed_mp3: {}, video_mixed_mp4: null, audio_mixed: {} },
      });
      assert.equal(reply.status, 201);
      const bot = reply.json as BotAnswer;
      assert.match(bot.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.deepEqual(bot.meeting_url, { meeting_id: 'kqz-mwvp-trb', platform: 'google_meet' });
      assert.deepEqual(bot.recording_config?.audio_mixed_mp3, { metadata: {} });
      assert.equal(bot.recording_config.audio_mixed_raw, null);
      assert.equal(bot.recording_config.video_mixed_mp4, null);
      assert.equal('audio_mixed' in bot.recording_config, false);
      assert.deepEqual(bot.status_changes, []);
      assert.deepEqual(bot.recordings, []);
    });

    it('refuses a bad request field by field', async () => {
      const simulator = await running.start();
      const reply = await sendBot(simulator, {
        meeting_url: 'https://example.com/call',
        bot_name: 'x'.repeat(101),
        join_at: '',
        metadata: { note: 'x'.repeat(501) },
      });
      assert.equal(reply.status, 400);
      const errors = reply.json as Record<string, readonly string[]>;
      assert.deepEqual(errors.meeting_url, ['The meeting_url is malformed, or for an unsupported platform.']);
      assert.deepEqual(Object.keys(errors).sort(), ['bot_name', 'join_at', 'meeting_url', 'metadata']);
      assert.equal(simulator.botIds().length, 0);
    });

    it('answers the same idempotency key with the same bot', async () => {
      const simulator = await running.start();
      const first = await sendBot(simulator, {}, { 'Idempotency-Key': 'one' });
      const again = await sendBot(simulator, {}, { 'Idempotency-Key': 'one' });
      const other = await sendBot(simulator, {}, { 'Idempotency-Key': 'two' });
      assert.deepEqual(again.json, first.json);
      assert.equal(simulator.botIds().length, 2);
      assert.notEqual((other.json as BotAnswer).id, (first.json as BotAnswer).id);
      simulator.advance(61 * minuteMs);
      await sendBot(simulator, {}, { 'Idempotency-Key': 'one' });
      assert.equal(simulator.botIds().length, 3);
    });

    it('answers 409 while the first request with a key still runs', async () => {
      const simulator = await running.start();
      simulator.apiFault({ kind: 'hang', method: 'POST' });
      const first = sendBot(simulator, {}, { 'Idempotency-Key': 'one' }).catch((error: unknown) => error);
      await simulator.waitForRequest(({ method }) => method === 'POST');
      assert.equal((await sendBot(simulator, {}, { 'Idempotency-Key': 'one' })).status, 409);
      await simulator.close();
      assert.ok((await first) instanceof Error);
    });
  });

  describe('the meeting that plays itself', () => {
    it('goes from joining to a finished MP3 in 20 seconds', async () => {
      const simulator = await running.start();
      const { id } = (await sendBot(simulator)).json as BotAnswer;
      const seen: string[] = [];
      for (let second = 0; second <= 20; second++) {
        const bot = await readBot(simulator, id);
        const shortcut = bot.recordings[0]?.media_shortcuts?.audio_mixed;
        const url = shortcut?.data.download_url;
        const audio = shortcut
          ? ` audio ${shortcut.status.code}${typeof url === 'string' ? ' url' : ''}`
          : '';
        const state = `${codesOf(bot).at(-1) ?? 'new'}${audio}`;
        if (seen.at(-1) !== state) seen.push(state);
        simulator.advance(secondMs);
      }
      assert.deepEqual(seen, [
        'new',
        'joining_call',
        'in_waiting_room',
        'in_call_not_recording',
        'in_call_recording audio processing',
        'call_ended audio processing',
        'done audio processing',
        'done audio done url',
      ]);
    });

    it('runs on the clock alone, faster with a larger time scale', async () => {
      let now = Date.parse('2026-03-02T09:00:00Z');
      const simulator = await running.start({ clock: { now: () => now }, timeScale: 10 });
      const { id } = (await sendBot(simulator)).json as BotAnswer;
      now += 1000;
      assert.equal(codesOf(await readBot(simulator, id)).at(-1), 'in_call_recording');
      simulator.setTimeScale(1);
      now += 1000;
      assert.equal(codesOf(await readBot(simulator, id)).at(-1), 'in_call_recording');
      now += 5000;
      assert.equal(codesOf(await readBot(simulator, id)).at(-1), 'done');
    });

    it('plays other endings', async () => {
      const simulator = await running.start({ meeting: { outcome: 'neverAdmitted' } });
      const waiting = (await sendBot(simulator)).json as BotAnswer;
      simulator.setMeeting({ outcome: 'fatal', endSubCode: 'meeting_locked' });
      const fatal = (await sendBot(simulator)).json as BotAnswer;
      simulator.advance(minuteMs);
      const waited = await readBot(simulator, waiting.id);
      assert.deepEqual(
        waited.status_changes.slice(-2).map((change) => [change.code, change.sub_code]),
        [
          ['call_ended', 'timeout_exceeded_waiting_room'],
          ['done', null],
        ],
      );
      assert.deepEqual(waited.recordings, []);
      const failed = (await readBot(simulator, fatal.id)).status_changes.at(-1);
      assert.deepEqual([failed?.code, failed?.sub_code], ['fatal', 'meeting_locked']);
    });

    it('makes no MP3 when none was asked for, and none on Webex', async () => {
      const simulator = await running.start();
      const notAsked = (await sendBot(simulator, { recording_config: {} })).json as BotAnswer;
      const webex = (await sendBot(simulator, { meeting_url: 'https://acme.webex.com/acme/j.php?MTID=m01' }))
        .json as BotAnswer;
      simulator.advance(minuteMs);
      for (const { id } of [notAsked, webex]) {
        const bot = await readBot(simulator, id);
        const [recording] = bot.recordings;
        assert.equal(recording?.status?.code, 'done');
        assert.equal(recording.media_shortcuts?.audio_mixed, null);
        const list = await readPage<AudioAnswer>(simulator, `audio_mixed/?recording_id=${recording.id}`);
        assert.deepEqual(list.results, []);
      }
    });

    it('loses its media when the retention is over', async () => {
      const simulator = await running.start();
      const retention = { type: 'timed', hours: 2 };
      const config = { audio_mixed_mp3: {}, retention };
      const { id } = (await sendBot(simulator, { recording_config: config })).json as BotAnswer;
      simulator.advance(minuteMs);
      const [recording] = (await readBot(simulator, id)).recordings;
      const end = Date.parse(recording?.expires_at ?? '');
      simulator.advance(end - Date.parse(simulator.time()));
      const bot = await readBot(simulator, id);
      assert.equal(codesOf(bot).at(-1), 'media_expired');
      assert.equal(bot.recordings[0]?.status?.code, 'deleted');
      const audio = bot.recordings[0].media_shortcuts?.audio_mixed;
      assert.equal(audio?.status.code, 'deleted');
      assert.equal(audio.data.download_url, null);
    });
  });

  describe('scheduled bots', () => {
    it('show no status until their time, then play', async () => {
      const simulator = await running.start();
      const joinAt = at(simulator, 30 * minuteMs);
      const { id } = (await sendBot(simulator, { join_at: joinAt })).json as BotAnswer;
      simulator.advance(29 * minuteMs);
      const scheduled = await readBot(simulator, id);
      assert.deepEqual(scheduled.status_changes, []);
      assert.equal(Date.parse(scheduled.join_at ?? ''), Date.parse(joinAt));
      simulator.advance(minuteMs + 20 * secondMs);
      const ended = await readBot(simulator, id);
      assert.equal(ended.join_at, null);
      assert.equal(codesOf(ended).at(-1), 'done');
    });

    it('can be deleted until they are dispatched, and left from then on', async () => {
      const simulator = await running.start();
      const add = (): string => simulator.addBot(scheduledBot(at(simulator, 15 * minuteMs))).id;
      const early = add();
      const refusal = await callApi(simulator, `bot/${early}/leave_call/`, { method: 'POST' });
      assert.equal((refusal.json as { code: string }).code, 'cannot_command_unstarted_bot');
      assert.equal((await callApi(simulator, `bot/${early}/`, { method: 'DELETE' })).status, 204);
      assert.equal((await callApi(simulator, `bot/${early}/`)).status, 404);
      const late = add();
      simulator.advance(6 * minuteMs);
      assert.equal((await callApi(simulator, `bot/${late}/`, { method: 'DELETE' })).status, 405);
      assert.equal((await callApi(simulator, `bot/${late}/leave_call/`, { method: 'POST' })).status, 200);
      assert.deepEqual(codesOf(await readBot(simulator, late)), ['call_ended']);
    });

    it('can be changed until they are dispatched', async () => {
      const simulator = await running.start();
      const { id } = simulator.addBot(scheduledBot(at(simulator, 15 * minuteMs)));
      const change = (json: unknown): Promise<{ status: number; text: string }> =>
        callApi(simulator, `bot/${id}/`, { method: 'PATCH', json });
      assert.match((await change({ join_at: at(simulator, minuteMs) })).text, /Not enough time/);
      const later = at(simulator, 60 * minuteMs);
      assert.equal((await change({ join_at: later, bot_name: 'Later' })).status, 200);
      const changed = await readBot(simulator, id);
      assert.equal(changed.bot_name, 'Later');
      assert.equal(Date.parse(changed.join_at ?? ''), Date.parse(later));
      simulator.advance(55 * minuteMs);
      assert.match((await change({ bot_name: 'Too late' })).text, /Only non-dispatched bots/);
    });
  });

  describe('commands', () => {
    it('lets a bot leave and keeps what it has recorded', async () => {
      const simulator = await running.start({ meeting: { meetingMs: 60 * minuteMs } });
      const { id } = (await sendBot(simulator)).json as BotAnswer;
      simulator.advance(minuteMs);
      const left = await callApi(simulator, `bot/${id}/leave_call/`, { method: 'POST' });
      assert.equal(left.status, 200);
      const change = (left.json as BotAnswer).status_changes.at(-1);
      assert.deepEqual([change?.code, change?.sub_code], ['call_ended', 'bot_received_leave_call']);
      const again = await callApi(simulator, `bot/${id}/leave_call/`, { method: 'POST' });
      assert.equal((again.json as { code: string }).code, 'cannot_command_completed_bot');
      simulator.advance(10 * secondMs);
      const bot = await readBot(simulator, id);
      assert.equal(codesOf(bot).at(-1), 'done');
      assert.equal(bot.recordings[0]?.media_shortcuts?.audio_mixed?.status.code, 'done');
    });

    it('deletes all media of a bot, one recording or one audio item', async () => {
      const simulator = await running.start();
      const bot = simulator.addBot(botWithRecordings({ recordings: 3, parts: 2 }));
      const [first, second, third] = bot.recordings;
      const part = second?.audio[1] ?? '';
      assert.equal(
        (await callApi(simulator, `recording/${first?.id ?? ''}/`, { method: 'DELETE' })).status,
        204,
      );
      assert.equal((await callApi(simulator, `audio_mixed/${part}/`, { method: 'DELETE' })).status, 204);
      const states = async (): Promise<string[]> => {
        const items = await readAllPages<AudioAnswer>(simulator, 'audio_mixed/');
        return items.map((item) => item.status.code);
      };
      assert.deepEqual(await states(), ['deleted', 'deleted', 'done', 'deleted', 'done', 'done']);
      const gone = await callApi(simulator, `bot/${bot.id}/delete_media/`, { method: 'POST' });
      assert.equal(gone.status, 200);
      assert.equal((gone.json as BotAnswer).recordings[2]?.id, third?.id);
      assert.deepEqual(new Set(await states()), new Set(['deleted']));
    });
  });

  describe('lists', () => {
    it('pages through all bots, newest first, with a total', async () => {
      const simulator = await running.start({ botPageSize: 2 });
      const ids = [1, 2, 3, 4, 5].map(() => simulator.addBot().id);
      const page = await readPage<BotAnswer>(simulator, 'bot/?page=2');
      assert.equal(page.count, 5);
      assert.ok(page.next?.startsWith(`${simulator.apiOrigin}/api/v1/bot/?`));
      assert.equal(typeof page.previous, 'string');
      const all = await readAllPages<BotAnswer>(simulator, 'bot/');
      assert.deepEqual(
        all.map((bot) => bot.id),
        ids,
      );
      assert.equal((await callApi(simulator, 'bot/?page=4')).status, 404);
    });

    it('can page bots by cursor and in the other order', async () => {
      const simulator = await running.start({ botPageSize: 2, order: 'oldestFirst' });
      const ids = [1, 2, 3].map(() => simulator.addBot().id);
      const all = await readAllPages<BotAnswer>(simulator, 'bot/?use_cursor=true');
      assert.deepEqual(
        all.map((bot) => bot.id),
        ids.toReversed(),
      );
      assert.equal((await readPage(simulator, 'bot/?use_cursor=true')).count, undefined);
    });

    it('filters bots and keeps the filter on the next page', async () => {
      const simulator = await running.start({ botPageSize: 1 });
      const mine = simulator.addBot({ metadata: { owner: 'me', team: 'a' } }).id;
      const mineToo = simulator.addBot({ metadata: { owner: 'me' }, platform: 'webex' }).id;
      const planned = simulator.addBot(scheduledBot(at(simulator, 40 * minuteMs))).id;
      const found = async (query: string): Promise<string[]> => {
        const bots = await readAllPages<BotAnswer>(simulator, `bot/?${query}`);
        return bots.map((bot) => bot.id);
      };
      assert.deepEqual(await found('metadata__owner=me'), [mine, mineToo]);
      assert.deepEqual(await found('metadata__owner=me&metadata__team=a'), [mine]);
      assert.deepEqual(await found('platform=webex&platform=goto_meeting'), [mineToo]);
      assert.deepEqual(await found('status=done'), [mine, mineToo]);
      assert.deepEqual(await found('status=ready&status=fatal'), [planned]);
      const joinAt = encodeURIComponent(at(simulator, 40 * minuteMs));
      assert.deepEqual(await found(`join_at_after=${joinAt}`), [planned]);
      assert.deepEqual(await found(`join_at_before=${joinAt}`), []);
      const later = at(simulator, 41 * minuteMs)
        .slice(0, 19)
        .replace('T', ' ');
      assert.deepEqual(await found(`join_at_before=${encodeURIComponent(later)}`), [planned]);
      const { id } = (await sendBot(simulator)).json as BotAnswer;
      assert.deepEqual(await found('meeting_url=https%3A%2F%2Fmeet.google.com%2Fkqz-mwvp-trb'), [id]);
    });

    it('tells titles as platforms do: there, late, null, or nothing at all', async () => {
      const simulator = await running.start();
      const titleAt = at(simulator, 5 * minuteMs);
      const titlesOf = async (recordings: readonly RecordingSpec[]): Promise<unknown[]> => {
        const { id } = simulator.addBot({ recordings });
        const { json } = await callApi(simulator, `bot/${id}/`);
        return (json as { recordings: { media_shortcuts: Record<string, unknown> }[] }).recordings.map(
          ({ media_shortcuts: { meeting_metadata: told } }) => told && (told as { data: unknown }).data,
        );
      };
      const recordings = [{ title: 'Plans' }, { title: 'Late', titleAt }, { title: null }, {}];
      const data = (title: string | null) => ({ title, zoom: null });
      assert.deepEqual(await titlesOf(recordings), [data('Plans'), data(null), data(null), null]);
      simulator.advance(6 * minuteMs);
      assert.deepEqual(await titlesOf([{ title: 'Late', titleAt }]), [data('Late')]);
    });

    it('pages audio items by cursor, for one recording and one status', async () => {
      const simulator = await running.start({ artifactPageSize: 2 });
      const bot = simulator.addBot({
        recordings: [{ audio: 3 }, { audio: [{ status: 'processing' }, { format: 'raw' }], video: true }],
      });
      const [first, second] = bot.recordings;
      const page = await readPage<AudioAnswer>(simulator, `audio_mixed/?recording_id=${first?.id ?? ''}`);
      assert.equal('count' in page, false);
      assert.match(page.next ?? '', /recording_id=.*cursor=/);
      const items = await readAllPages<AudioAnswer>(
        simulator,
        `audio_mixed/?recording_id=${first?.id ?? ''}`,
      );
      assert.deepEqual(
        items.map((item) => item.id),
        first?.audio,
      );
      const ofSecond = `recording_id=${second?.id ?? ''}`;
      const processing = await readAllPages<AudioAnswer>(
        simulator,
        `audio_mixed/?${ofSecond}&status_code=processing`,
      );
      assert.deepEqual(
        processing.map((item) => [item.id, item.data.download_url]),
        [[second?.audio[0], null]],
      );
      const videos = await readAllPages<AudioAnswer>(simulator, `video_mixed/?${ofSecond}`);
      assert.deepEqual(
        videos.map((item) => [item.id, item.format]),
        [[second?.video[0], 'mp4']],
      );
      const recordings = await readAllPages<RecordingAnswer>(simulator, `recording/?bot_id=${bot.id}`);
      assert.deepEqual(
        recordings.map((recording) => recording.id),
        [first?.id, second?.id],
      );
    });

    it('answers one audio item like the list, with a newly signed URL each time', async () => {
      const simulator = await running.start();
      const id = simulator.addBot().recordings[0]?.audio[0] ?? '';
      const read = async (): Promise<AudioAnswer> =>
        (await callApi(simulator, `audio_mixed/${id}/`)).json as AudioAnswer;
      const [one, other] = [await read(), await read()];
      assert.equal(one.format, 'mp3');
      assert.notEqual(one.data.download_url, other.data.download_url);
      assert.equal((await callApi(simulator, `video_mixed/${id}/`)).status, 404);
    });

    it('answers 429 beyond the documented rates when told to', async () => {
      const simulator = await running.start({ rateLimits: true });
      for (let number = 0; number < 60; number++) {
        assert.equal((await callApi(simulator, 'bot/')).status, 200);
      }
      const reply = await callApi(simulator, 'bot/');
      assert.equal(reply.status, 429);
      assert.equal(reply.headers['retry-after'], '60');
      simulator.advance(minuteMs);
      assert.equal((await callApi(simulator, 'bot/')).status, 200);
    });
  });

  describe('ready-made bots', () => {
    it('shows cleared meeting links and shortcuts in all their forms', async () => {
      const simulator = await running.start();
      for (const meetingUrl of [null, {}, 'https://zoom.us/j/90000000001']) {
        const { id } = simulator.addBot({ meetingUrl });
        assert.deepEqual((await readBot(simulator, id)).meeting_url, meetingUrl);
      }
      const bot = simulator.addBot({
        recordings: [
          { shortcut: 'absent' },
          { shortcut: 'null' },
          { shortcut: 'noShortcuts', status: null },
          { audio: [{ status: 'done', url: 'null' }] },
        ],
      });
      const [absent, isNull, none, noUrl] = (await readBot(simulator, bot.id)).recordings;
      assert.equal('audio_mixed' in (absent?.media_shortcuts ?? {}), false);
      assert.equal(isNull?.media_shortcuts?.audio_mixed, null);
      assert.equal(none?.media_shortcuts, null);
      assert.equal(none.status, null);
      assert.equal(noUrl?.media_shortcuts?.audio_mixed?.data.download_url, null);
    });

    it('can replace and leave out any field', async () => {
      const simulator = await running.start();
      const { id } = simulator.addBot({ overrides: { bot_name: null, extra: 1 }, omit: ['slack_team'] });
      const json = (await callApi(simulator, `bot/${id}/`)).json as Record<string, unknown>;
      assert.equal(json.bot_name, null);
      assert.equal(json.extra, 1);
      assert.equal('slack_team' in json, false);
    });

    it('changes when told to', async () => {
      const simulator = await running.start();
      const bot = simulator.addBot({ recordings: [{ audio: [{ status: 'processing' }] }] });
      simulator.addStatusChange(bot.id, { code: 'analysis_done' });
      simulator.changeArtifact(bot.recordings[0]?.audio[0] ?? '', { status: 'failed', subCode: 'odd' });
      const changed = await readBot(simulator, bot.id);
      assert.equal(codesOf(changed).at(-1), 'analysis_done');
      assert.equal(changed.recordings[0]?.media_shortcuts?.audio_mixed?.status.code, 'failed');
      assert.throws(() => {
        simulator.changeArtifact('nothing', {});
      }, /no artifact with the id nothing/);
    });
  });
});
