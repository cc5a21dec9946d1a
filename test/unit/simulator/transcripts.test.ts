import assert from 'node:assert/strict';
import { deletedMediaBot, mediaExpiredBot, type RecordingSpec } from '../../simulator/readyBots.ts';
import { connectSimulator } from '../../simulator/remote.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, sendBot, simulatorPerTest } from './runningSimulator.ts';
import {
  downloadedParts,
  listedTranscripts,
  readTranscript,
  sendTranscriber,
  shownTranscript,
} from './transcriptAnswers.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const captions = { meeting_captions: {} };
const paid = { recallai_streaming: { mode: 'prioritize_accuracy', language_code: 'auto' } };
const personalTeams = 'https://teams.live.com/meet/9300000000001?p=abc';

function addRecording(simulator: Simulator, recording: RecordingSpec): string {
  return simulator.addBot({ recordings: [recording] }).id;
}

async function statusOf(url: string, headers = {}): Promise<number> {
  return (await rawRequest(url, { headers })).status;
}

async function urlOf(simulator: Simulator, botId: string): Promise<string> {
  return (await shownTranscript(simulator, botId))?.data.download_url ?? '';
}

describe('simulated transcripts', () => {
  const running = simulatorPerTest();

  describe('asked for when the bot is sent', () => {
    it('are echoed, processing for a while after the bot is done, then there', async () => {
      const simulator = await running.start({ meeting: { transcribingMs: 30 * secondMs } });
      const transcript = { provider: paid, diarization: { use_separate_streams_when_available: true } };
      const config = { audio_mixed_mp3: {}, transcript };
      const sent = (await sendBot(simulator, { recording_config: config })).json as {
        readonly id: string;
        readonly recording_config: { readonly transcript: unknown };
      };
      assert.deepEqual(sent.recording_config.transcript, { metadata: {}, ...transcript });
      assert.equal(await shownTranscript(simulator, sent.id), null);
      simulator.advance(45 * secondMs);
      const pending = await shownTranscript(simulator, sent.id);
      assert.deepEqual([pending?.status.code, pending?.data.download_url], ['processing', null]);
      simulator.advance(secondMs);
      const done = await shownTranscript(simulator, sent.id);
      assert.deepEqual(Object.keys(done ?? {}).sort(), [
        'created_at',
        'data',
        'diarization',
        'id',
        'metadata',
        'provider',
        'status',
      ]);
      assert.deepEqual([done?.status.code, done?.status.sub_code, done?.metadata], ['done', null, {}]);
      assert.equal(Date.parse(done?.status.updated_at ?? ''), Date.parse(simulator.time()));
      assert.deepEqual([done?.provider, done?.diarization], [paid, transcript.diarization]);
      assert.equal(done?.data.provider_data_download_url, null);
      assert.ok((await downloadedParts(done)).length > 0);
    });

    it('are not there when nobody asked', async () => {
      const simulator = await running.start();
      const asked = { audio_mixed_mp3: {}, transcript: null };
      const sent = (await sendBot(simulator, { recording_config: asked })).json as { readonly id: string };
      const ready = simulator.addBot();
      simulator.advance(minuteMs);
      assert.equal(await shownTranscript(simulator, sent.id), null);
      assert.equal(await shownTranscript(simulator, ready.id), null);
      assert.deepEqual(ready.recordings[0]?.transcripts, []);
      assert.deepEqual((await listedTranscripts(simulator)).results, []);
    });

    it('are refused with 400 when the provider is none for a new bot, or malformed', async () => {
      const simulator = await running.start();
      const refused: readonly (readonly [unknown, string, RegExp])[] = [
        [{ provider: { babel_fish: {} } }, 'provider', /"babel_fish" is not a valid choice/],
        [{ provider: { recallai_async: {} } }, 'provider', /"recallai_async" is not a valid choice/],
        [{ provider: { ...captions, ...paid } }, 'provider', /Exactly one/],
        [{ provider: {} }, 'provider', /Exactly one/],
        [{ provider: 'meeting_captions' }, 'provider', /Expected a dictionary/],
        [{ provider: { meeting_captions: null } }, 'provider', /Expected a dictionary/],
        [{ provider: { recallai_streaming: { mode: 'slow' } } }, 'provider', /mode: "slow"/],
        [{ provider: { recallai_streaming: { language_code: 7 } } }, 'provider', /language_code/],
        [{}, 'provider', /required/],
        [[], 'non_field_errors', /Expected a dictionary/],
        [{ provider: captions, diarization: 'yes' }, 'diarization', /Expected a dictionary/],
        [
          { provider: captions, diarization: { use_separate_streams_when_available: 1 } },
          'diarization',
          /valid boolean/,
        ],
      ];
      for (const [transcript, field, text] of refused) {
        const reply = await sendBot(simulator, { recording_config: { transcript } });
        assert.equal(reply.status, 400, JSON.stringify(transcript));
        const { recording_config: errors } = reply.json as {
          readonly recording_config: { readonly transcript: Readonly<Record<string, unknown>> };
        };
        assert.deepEqual(Object.keys(errors.transcript), [field]);
        assert.match(JSON.stringify(errors).replaceAll('\\', ''), text);
      }
      assert.deepEqual(simulator.botIds(), []);
      await sendTranscriber(simulator, { recallai_streaming: { language_code: 'tlh', speed: 3 } });
    });

    it('can fail, never come, and be missing where captions are off or the platform has none', async () => {
      const simulator = await running.start();
      const seen: unknown[] = [];
      const outcomes = ['failed', 'processing', 'none', 'done'] as const;
      for (const transcript of outcomes) {
        simulator.setMeeting({ transcript, transcriptSubCode: 'odd' });
        const id = await sendTranscriber(simulator);
        simulator.advance(hourMs);
        const shown = await shownTranscript(simulator, id);
        seen.push(shown && [shown.status.code, shown.status.sub_code, shown.data.download_url === null]);
      }
      assert.deepEqual(seen, [
        ['failed', 'odd', true],
        ['processing', null, true],
        null,
        ['done', null, false],
      ]);
      const free = await sendTranscriber(simulator, captions, { meeting_url: personalTeams });
      const bought = await sendTranscriber(simulator, paid, { meeting_url: personalTeams });
      simulator.advance(minuteMs);
      assert.equal(await shownTranscript(simulator, free), null);
      assert.equal((await shownTranscript(simulator, bought))?.status.code, 'done');
    });

    it('tell what was said until the bot left, and go with the media', async () => {
      const simulator = await running.start({ meeting: { meetingMs: 10 * minuteMs } });
      const config = { transcript: { provider: paid }, retention: { type: 'timed', hours: 1 } };
      const id = await sendTranscriber(simulator, paid, { recording_config: config });
      simulator.advance(minuteMs);
      assert.equal((await shownTranscript(simulator, id))?.status.code, 'processing');
      await callApi(simulator, `bot/${id}/leave_call/`, { method: 'POST' });
      simulator.advance(20 * secondMs);
      const done = await shownTranscript(simulator, id);
      const end = (await downloadedParts(done)).at(-1)?.words.at(-1)?.end_timestamp.relative ?? 0;
      assert.ok(end > 45 && end < 54, String(end));
      simulator.advance(hourMs);
      const gone = await shownTranscript(simulator, id);
      assert.deepEqual([gone?.status.code, gone?.data.download_url], ['deleted', null]);
      assert.equal(await statusOf(done?.data.download_url ?? ''), 404);
      const kept = await sendTranscriber(simulator, paid, {
        recording_config: { transcript: { provider: paid }, retention: null },
      });
      simulator.advance(hourMs);
      assert.equal(await shownTranscript(simulator, kept), null);
    });

    it('come with scheduled and ready-made bots as well', async () => {
      const simulator = await running.start();
      const joinAt = new Date(Date.parse(simulator.time()) + 30 * minuteMs).toISOString();
      const recordingConfig = { transcript: { provider: captions } };
      const scheduled = simulator.addBot({ joinAt, recordingConfig }).id;
      const ready = simulator.addBot({ recordingConfig });
      const off = simulator.addBot({ recordingConfig, recordings: [{ transcripts: 0 }] }).id;
      assert.deepEqual((await shownTranscript(simulator, ready.id))?.provider, captions);
      assert.equal((await shownTranscript(simulator, ready.id))?.id, ready.recordings[0]?.transcripts[0]);
      assert.equal(await shownTranscript(simulator, off), null);
      simulator.advance(hourMs);
      assert.equal((await shownTranscript(simulator, scheduled))?.status.code, 'done');
    });
  });

  describe('of ready-made recordings', () => {
    it('hold the turns that they were given, whatever is missing in them', async () => {
      const simulator = await running.start();
      const ana = { id: 7, name: 'Ana', isHost: true };
      const id = addRecording(simulator, {
        startedAt: '2026-03-02T09:00:20.000Z',
        transcripts: [
          {
            turns: [
              {
                speaker: ana,
                words: [{ text: 'Good', start: 9.73, end: 10 }],
                extra: { language_code: 'en' },
              },
              {
                speaker: { id: 8, name: null, isHost: null },
                words: [{ text: 'late', start: 4, end: null, absolute: null }],
              },
              { speaker: null, words: [{ text: 'before', start: null, end: null }] },
              { speaker: ana, words: [] },
            ],
          },
        ],
      });
      const person = { platform: 'desktop', extra_data: null, email: null };
      assert.deepEqual(await downloadedParts(await shownTranscript(simulator, id)), [
        {
          participant: { id: 7, name: 'Ana', is_host: true, ...person },
          words: [
            {
              text: 'Good',
              start_timestamp: { relative: 9.73, absolute: '2026-03-02T09:00:29.730000Z' },
              end_timestamp: { relative: 10, absolute: '2026-03-02T09:00:30.000000Z' },
            },
          ],
          language_code: 'en',
        },
        {
          participant: { id: 8, name: null, is_host: null, ...person },
          words: [{ text: 'late', start_timestamp: { relative: 4, absolute: null }, end_timestamp: null }],
        },
        {
          participant: null,
          words: [{ text: 'before', start_timestamp: null, end_timestamp: null }],
        },
        { participant: { id: 7, name: 'Ana', is_host: true, ...person }, words: [] },
      ]);
    });

    it('know no absolute times where the start of the recording is not known, and hold any JSON', async () => {
      const simulator = await running.start();
      const speaker = { id: 1, name: 'Ana' };
      const turns = [{ speaker, words: [{ text: 'Hello.', start: 1, end: 2 }] }];
      const unknownStart = addRecording(simulator, { startedAt: null, transcripts: [{ turns }] });
      const [part] = await downloadedParts(await shownTranscript(simulator, unknownStart));
      assert.deepEqual(part?.words[0]?.start_timestamp, { relative: 1, absolute: null });
      for (const json of [null, [], { odd: [1] }, [{ words: null }]]) {
        const id = addRecording(simulator, { transcripts: [{ json }] });
        assert.deepEqual(await downloadedParts(await shownTranscript(simulator, id)), json);
      }
    });

    it('are made up of the people who were there, to the end of the recording, the same each time', async () => {
      const simulator = await running.start();
      const participants = [{ name: 'Ana', isHost: true }, { name: null }, { name: 'Ben' }];
      const transcripts = [{ provider: captions }, { provider: paid }];
      const { recordings } = simulator.addBot({ minutes: 5, recordings: [{ participants, transcripts }] });
      const [bySentence = [], byWord = [], again] = await Promise.all(
        [0, 1, 1].map(async (place) =>
          downloadedParts(await readTranscript(simulator, recordings[0]?.transcripts[place] ?? '')),
        ),
      );
      assert.deepEqual(again, byWord);
      const text = (parts: typeof byWord): string =>
        parts.flatMap(({ words }) => words.map((word) => word.text)).join(' ');
      assert.equal(text(byWord), text(bySentence));
      assert.match(text(bySentence), /^Good morning, and thanks for coming\. Let us start/);
      assert.equal(bySentence[0]?.words[0]?.text, 'Good morning, and thanks for coming.');
      assert.equal(byWord[0]?.words[0]?.text, 'Good');
      assert.deepEqual(
        [...new Set(byWord.map(({ participant }) => participant?.name))],
        ['Ana', null, 'Ben'],
      );
      for (const parts of [bySentence, byWord]) {
        const times = parts.flatMap(({ words }) =>
          words.flatMap((word) => [word.start_timestamp.relative, word.end_timestamp.relative]),
        );
        assert.deepEqual(
          times,
          times.toSorted((one, other) => one - other),
        );
        const last = times.at(-1) ?? 0;
        assert.ok(last > 297 && last <= 299, String(last));
      }
    });

    it('are told by strangers where nobody says who was there, in words unless they are captions', async () => {
      const simulator = await running.start();
      const shown = await shownTranscript(simulator, addRecording(simulator, { transcripts: 1 }));
      assert.deepEqual(shown?.provider, { recallai_async: { language_code: 'auto' } });
      const parts = await downloadedParts(shown);
      assert.deepEqual(
        parts.slice(0, 3).map(({ participant }) => participant?.id),
        [100, 101, 100],
      );
      assert.equal(parts[0]?.words[1]?.text, 'morning,');
    });

    it('can come late, fail, never come, have no URL, be gone, and change when told to', async () => {
      const simulator = await running.start();
      const readyAt = new Date(Date.parse(simulator.time()) + 5 * minuteMs).toISOString();
      const never = addRecording(simulator, { transcripts: [{ status: 'processing' }] });
      const ids = [
        addRecording(simulator, { transcripts: [{ readyAt }] }),
        addRecording(simulator, { transcripts: [{ readyAt, status: 'failed', subCode: 'odd' }] }),
        never,
        addRecording(simulator, { transcripts: [{ url: 'null' }] }),
        addRecording(simulator, { transcripts: [{ status: 'processing', url: 'present' }] }),
        simulator.addBot(deletedMediaBot({ recordings: [{ status: 'deleted', transcripts: 1 }] })).id,
        simulator.addBot(mediaExpiredBot({ recordings: [{ transcripts: 1 }] })).id,
      ];
      const states = (): Promise<string[]> =>
        Promise.all(
          ids.map(async (id) => {
            const shown = await shownTranscript(simulator, id);
            const url = typeof shown?.data.download_url === 'string' ? ' url' : '';
            return `${shown?.status.code ?? ''}${url}`;
          }),
        );
      const later = ['processing', 'done', 'processing url', 'deleted', 'deleted'];
      assert.deepEqual(await states(), ['processing', 'processing', ...later]);
      simulator.advance(6 * minuteMs);
      assert.deepEqual(await states(), ['done url', 'failed', ...later]);
      assert.equal((await shownTranscript(simulator, ids[1] ?? ''))?.status.sub_code, 'odd');
      simulator.changeArtifact((await shownTranscript(simulator, never))?.id ?? '', { status: 'done' });
      assert.equal((await states())[2], 'done url');
    });

    it('can be several, of which the shortcut shows the newest, or the oldest if told to', async () => {
      const simulator = await running.start();
      const transcripts = [{ id: 'old', provider: captions }, { id: 'new' }];
      const newest = addRecording(simulator, { transcripts });
      assert.equal((await shownTranscript(simulator, newest))?.id, 'new');
      const others = [{ id: 'first' }, { id: 'last', overrides: { diarization: 'odd' } }];
      const oldest = addRecording(simulator, { transcripts: others, transcriptShortcut: 'oldest' });
      assert.equal((await shownTranscript(simulator, oldest))?.id, 'first');
      assert.equal((await readTranscript(simulator, 'last')).diarization, 'odd');
      assert.deepEqual(simulator.idsOf(newest).recordings[0]?.transcripts, ['old', 'new']);
      assert.throws(() => simulator.mediaFacts('old'), /no file in the media store/);
      const dates = await Promise.all(['old', 'new'].map((id) => readTranscript(simulator, id)));
      const [asked = 0, afterwards = 0] = dates.map(({ created_at: at }) => Date.parse(at));
      assert.equal(afterwards - asked, 30 * minuteMs);
    });
  });

  describe('in their list', () => {
    it('are paged by cursor, for one recording and one status, with the key', async () => {
      const simulator = await running.start({ artifactPageSize: 2, keys: ['some-key'] });
      addRecording(simulator, { transcripts: 1 });
      const transcripts = [{}, { status: 'failed' }, {}];
      const recording = simulator.addBot({ recordings: [{ transcripts }] }).recordings[0];
      const query = `?recording_id=${recording?.id ?? ''}`;
      const page = await listedTranscripts(simulator, query);
      assert.match(page.next ?? '', /transcript\/\?recording_id=.*cursor=/);
      assert.equal('count' in page, false);
      const rest = (await callApi(simulator, page.next ?? '')).json as typeof page;
      const all = [...page.results, ...rest.results];
      assert.deepEqual(
        all.map(({ id, recording: of }) => [id, of?.id]),
        recording?.transcripts.map((id) => [id, recording.id]),
      );
      const failed = await listedTranscripts(simulator, `${query}&status_code=failed`);
      assert.deepEqual(
        failed.results.map(({ id }) => id),
        [recording?.transcripts[1]],
      );
      simulator.apiFault({ kind: 'loopingNext', path: '/transcript/' });
      assert.ok((await listedTranscripts(simulator, query)).next?.endsWith(query));
      assert.equal(await statusOf(`${simulator.apiOrigin}/api/v1/transcript/`), 401);
      const wrongKey = await callApi(simulator, 'transcript/', { headers: { Authorization: 'other' } });
      assert.equal(wrongKey.status, 401);
    });

    it('are read alone, deleted alone, and are of no other kind', async () => {
      const simulator = await running.start();
      const { recordings } = simulator.addBot({ recordings: [{ transcripts: 2 }] });
      const [one = '', other = ''] = recordings[0]?.transcripts ?? [];
      const read = await readTranscript(simulator, one);
      assert.equal(read.recording?.id, recordings[0]?.id);
      assert.equal((await callApi(simulator, `audio_mixed/${one}/`)).status, 404);
      assert.equal((await callApi(simulator, 'transcript/nothing/')).status, 404);
      assert.equal((await callApi(simulator, `transcript/${one}/`, { method: 'DELETE' })).status, 204);
      assert.equal((await readTranscript(simulator, one)).status.code, 'deleted');
      assert.equal((await readTranscript(simulator, other)).status.code, 'done');
      assert.equal(await statusOf(read.data.download_url ?? ''), 404);
    });

    it('are limited to 60 lists a minute when the rates are kept', async () => {
      const simulator = await running.start({ rateLimits: true });
      for (let count = 0; count < 60; count++) await listedTranscripts(simulator);
      assert.equal((await callApi(simulator, 'transcript/')).status, 429);
    });
  });

  describe('as files', () => {
    it('are opened by a token alone, on the host of the API, by another in each answer', async () => {
      const simulator = await running.start();
      const id = addRecording(simulator, { transcripts: 1 });
      const [one, other] = [new URL(await urlOf(simulator, id)), new URL(await urlOf(simulator, id))];
      assert.equal(one.origin + one.pathname, `${simulator.apiOrigin}/api/v1/download/transcript`);
      assert.deepEqual([...one.searchParams.keys()], ['token']);
      assert.notEqual(one.href, other.href);
      simulator.clearRequests();
      assert.equal(await statusOf(one.href), 200);
      assert.deepEqual(
        simulator.requests.map(({ origin }) => origin),
        ['download'],
      );
      assert.equal(await statusOf(one.href, { Authorization: 'Token some-key' }), 400);
      simulator.failNext({ status: 503, path: '/download/transcript' });
      assert.deepEqual([await statusOf(one.href), await statusOf(one.href)], [503, 200]);
    });

    it('are refused with a token for another file, or one that is too old, and gone with the media', async () => {
      const simulator = await running.start();
      const id = addRecording(simulator, { transcripts: 1, participants: [{ name: 'Ana' }] });
      const url = await urlOf(simulator, id);
      assert.equal(await statusOf(url.replace('/transcript?', '/participants?')), 403);
      assert.equal(await statusOf(url.slice(0, -8)), 403);
      simulator.advance(7 * hourMs);
      assert.equal(await statusOf(url), 403);
      const fresh = await urlOf(simulator, id);
      assert.equal(await statusOf(fresh), 200);
      await callApi(simulator, `bot/${id}/delete_media/`, { method: 'POST' });
      assert.equal(await statusOf(fresh), 404);
      const expiresAt = new Date(Date.parse(simulator.time()) + hourMs).toISOString();
      const expiring = addRecording(simulator, { transcripts: 1, expiresAt });
      const last = await urlOf(simulator, expiring);
      simulator.advance(hourMs);
      assert.equal((await shownTranscript(simulator, expiring))?.status.code, 'deleted');
      assert.equal(await statusOf(last), 404);
    });

    it('can be described by another process', async () => {
      const simulator = await running.start();
      const remote = connectSimulator(simulator.apiOrigin);
      const words = [{ text: 'Hello.', start: 0, end: null }];
      const turns = [{ speaker: null, words }];
      const { id } = await remote.addBot({ recordings: [{ transcripts: [{ turns }] }] });
      const [part] = await downloadedParts(await shownTranscript(simulator, id));
      assert.deepEqual([part?.participant, part?.words[0]?.text], [null, 'Hello.']);
    });
  });
});
