import assert from 'node:assert/strict';
import { type BotSpec, deletedMediaBot, type RecordingSpec } from '../../simulator/readyBots.ts';
import { connectSimulator } from '../../simulator/remote.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { type ApiReply, callApi, simulatorPerTest } from './runningSimulator.ts';
import {
  downloadedParts,
  listedTranscripts,
  readTranscript,
  sendTranscriber,
  shownTranscript,
  type TranscriptAnswer,
} from './transcriptAnswers.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const provider = { recallai_async: { language_code: 'auto' } };

function ask(
  simulator: Simulator,
  recordingId: string,
  json: unknown = { provider },
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiReply> {
  return callApi(simulator, `recording/${recordingId}/create_transcript/`, { method: 'POST', json, headers });
}

async function asked(simulator: Simulator, recordingId: string): Promise<TranscriptAnswer> {
  const reply = await ask(simulator, recordingId);
  assert.equal(reply.status, 201, reply.text);
  return reply.json as TranscriptAnswer;
}

function addRecording(simulator: Simulator, recording: RecordingSpec = {}, bot: BotSpec = {}): string {
  return simulator.addBot({ ...bot, recordings: [recording] }).recordings[0]?.id ?? '';
}

describe('simulated transcripts that are asked for afterwards', () => {
  const running = simulatorPerTest();

  it('are answered as processing, and done after a while', async () => {
    const simulator = await running.start({ meeting: { transcribingMs: 2 * minuteMs } });
    const bot = simulator.addBot();
    const recordingId = bot.recordings[0]?.id ?? '';
    const diarization = { use_separate_streams_when_available: true };
    const reply = await ask(simulator, recordingId, { provider, diarization });
    assert.equal(reply.status, 201);
    const created = reply.json as TranscriptAnswer;
    assert.equal(created.recording?.id, recordingId);
    assert.deepEqual([created.provider, created.diarization], [provider, diarization]);
    assert.deepEqual([created.status.code, created.data.download_url], ['processing', null]);
    assert.equal((await shownTranscript(simulator, bot.id))?.id, created.id);
    assert.deepEqual(
      (await listedTranscripts(simulator, `?recording_id=${recordingId}`)).results.map(({ id }) => id),
      [created.id],
    );
    simulator.advance(2 * minuteMs - secondMs);
    assert.equal((await readTranscript(simulator, created.id)).status.code, 'processing');
    simulator.advance(secondMs);
    const done = await readTranscript(simulator, created.id);
    assert.equal(done.status.code, 'done');
    const [part] = await downloadedParts(done);
    assert.equal(part?.words[0]?.text, 'Good');
  });

  it('are answered with 200 when told to', async () => {
    const simulator = await running.start({ createTranscriptStatus: 200 });
    assert.equal((await ask(simulator, addRecording(simulator))).status, 200);
  });

  it('fail, never come, take their time, and say what the recording says', async () => {
    const simulator = await running.start();
    const turns = [{ speaker: null, words: [{ text: 'Hello.', start: 0, end: 1 }] }];
    const specs: readonly RecordingSpec['orderedTranscript'][] = [
      { status: 'failed', subCode: 'odd' },
      { status: 'processing' },
      { turns, afterMs: 10 * minuteMs },
      { json: { odd: true } },
    ];
    const ids: string[] = [];
    for (const spec of specs) {
      const recordingId = addRecording(simulator, { ...(spec && { orderedTranscript: spec }) });
      ids.push((await asked(simulator, recordingId)).id);
    }
    const read = (): Promise<TranscriptAnswer[]> =>
      Promise.all(ids.map((id) => readTranscript(simulator, id)));
    const codes = async (): Promise<string[]> => (await read()).map(({ status }) => status.code);
    assert.deepEqual(new Set(await codes()), new Set(['processing']));
    simulator.advance(9 * minuteMs);
    assert.deepEqual(await codes(), ['failed', 'processing', 'processing', 'done']);
    simulator.advance(minuteMs);
    const [failed, , late, odd] = await read();
    assert.deepEqual([failed?.status.sub_code, failed?.data.download_url], ['odd', null]);
    assert.equal((await downloadedParts(late ?? null))[0]?.words[0]?.text, 'Hello.');
    assert.deepEqual(await downloadedParts(odd ?? null), { odd: true });
  });

  it('are made once for one idempotency key', async () => {
    const simulator = await running.start();
    const recordingId = addRecording(simulator);
    const first = await ask(simulator, recordingId, { provider }, { 'Idempotency-Key': 'one' });
    const again = await ask(simulator, recordingId, { provider }, { 'Idempotency-Key': 'one' });
    assert.deepEqual([again.status, again.json], [201, first.json]);
    const other = await ask(simulator, recordingId, { provider }, { 'Idempotency-Key': 'two' });
    assert.equal(other.status, 409);
    assert.equal((await listedTranscripts(simulator)).results.length, 1);
  });

  it('are refused with 409 while there is one that is processing or done', async () => {
    const simulator = await running.start();
    const answers = async (status: string): Promise<number> =>
      (await ask(simulator, addRecording(simulator, { transcripts: [{ status }] }))).status;
    assert.deepEqual(
      [await answers('processing'), await answers('done'), await answers('failed'), await answers('deleted')],
      [409, 409, 201, 201],
    );
    const recordingId = addRecording(simulator);
    await asked(simulator, recordingId);
    assert.equal((await ask(simulator, recordingId)).status, 409);
    simulator.advance(hourMs);
    assert.equal((await ask(simulator, recordingId)).status, 409);
  });

  it('are refused field by field', async () => {
    const simulator = await running.start();
    const recordingId = addRecording(simulator);
    const refused: readonly (readonly [unknown, string])[] = [
      [{ provider: { meeting_captions: {} } }, 'provider'],
      [{ provider: { assembly_ai_async: {} } }, 'provider'],
      [{ provider: { recallai_async: { language_code: null } } }, 'provider'],
      [{ provider: { recallai_async: { language_code: '' } } }, 'provider'],
      [{}, 'provider'],
      ['transcribe', 'non_field_errors'],
      [{ provider, diarization: [] }, 'diarization'],
    ];
    for (const [json, field] of refused) {
      const reply = await ask(simulator, recordingId, json);
      assert.equal(reply.status, 400, JSON.stringify(json));
      assert.deepEqual(Object.keys(reply.json as object), [field]);
    }
    assert.deepEqual((await listedTranscripts(simulator)).results, []);
    assert.equal(simulator.transcriptCosts().ordered, 0);
  });

  it('are of a recording that is there, is over, and has its media', async () => {
    const simulator = await running.start();
    assert.equal((await ask(simulator, 'nothing')).status, 404);
    const expiresAt = new Date(Date.parse(simulator.time()) + hourMs).toISOString();
    const expiring = addRecording(simulator, { expiresAt });
    const lost = addRecording(simulator, { audio: 2 });
    const { results } = (await callApi(simulator, `audio_mixed/?recording_id=${lost}`)).json as {
      readonly results: readonly { readonly id: string }[];
    };
    for (const { id } of results) await callApi(simulator, `audio_mixed/${id}/`, { method: 'DELETE' });
    const statusChanges = [{ code: 'joining_call' }, { code: 'in_call_recording' }];
    const refused = [
      simulator.addBot(deletedMediaBot()).recordings[0]?.id ?? '',
      lost,
      addRecording(simulator, { audio: 0 }),
      addRecording(simulator, { status: 'processing' }, { statusChanges }),
    ];
    for (const id of refused) {
      const reply = await ask(simulator, id);
      assert.equal(reply.status, 400);
      assert.match(reply.text, /^\{"detail":"The recording (?:is not over yet|has no audio)/);
    }
    assert.equal((await ask(simulator, addRecording(simulator, { audio: 0, video: true }))).status, 201);
    assert.equal((await ask(simulator, addRecording(simulator, { expiresAt }))).status, 201);
    simulator.advance(hourMs);
    assert.equal((await ask(simulator, expiring)).status, 400);
  });

  it('need the key and go with the media', async () => {
    const simulator = await running.start({ keys: ['some-key'] });
    const bot = simulator.addBot();
    const recordingId = bot.recordings[0]?.id ?? '';
    const unknown = await ask(simulator, recordingId, { provider }, { Authorization: 'Token other' });
    assert.equal(unknown.status, 401);
    simulator.failNext({ status: 402, path: '/create_transcript/' });
    assert.equal((await ask(simulator, recordingId)).status, 402);
    const { id } = await asked(simulator, recordingId);
    await callApi(simulator, `bot/${bot.id}/delete_media/`, { method: 'POST' });
    simulator.advance(hourMs);
    assert.equal((await readTranscript(simulator, id)).status.code, 'deleted');
    const expiresAt = new Date(Date.parse(simulator.time()) + 2 * minuteMs).toISOString();
    const expiring = await asked(simulator, addRecording(simulator, { expiresAt }));
    simulator.advance(minuteMs);
    assert.equal((await readTranscript(simulator, expiring.id)).status.code, 'done');
    simulator.advance(minuteMs);
    assert.equal((await readTranscript(simulator, expiring.id)).status.code, 'deleted');
  });

  it('are limited to five a minute for a bot when the rates are kept', async () => {
    const simulator = await running.start({ rateLimits: true });
    const { recordings } = simulator.addBot({ recordings: 6 });
    for (const { id } of recordings.slice(0, 5)) await asked(simulator, id);
    const reply = await ask(simulator, recordings[5]?.id ?? '');
    assert.deepEqual([reply.status, reply.headers['retry-after']], [429, '60']);
    await asked(simulator, addRecording(simulator));
    simulator.advance(minuteMs);
    await asked(simulator, recordings[5]?.id ?? '');
  });

  it('are limited to ten for a recording', async () => {
    const simulator = await running.start();
    const transcripts = Array.from({ length: 9 }, () => ({ status: 'failed' }));
    const recordingId = addRecording(simulator, { transcripts, orderedTranscript: { status: 'failed' } });
    await asked(simulator, recordingId);
    simulator.advance(hourMs);
    const reply = await ask(simulator, recordingId);
    assert.equal(reply.status, 400);
    assert.match(reply.text, /no more than 10 transcripts/);
  });

  it('cost what their recordings took, once they are done, unlike captions and ready-made ones', async () => {
    const simulator = await running.start();
    const costs = (): unknown => simulator.transcriptCosts();
    addRecording(simulator, { transcripts: [{ provider: { recallai_streaming: {} } }] });
    await sendTranscriber(simulator);
    simulator.advance(minuteMs);
    assert.deepEqual(costs(), { ordered: 0, billed: 0, billedSeconds: 0 });
    const { id } = await asked(simulator, addRecording(simulator, {}, { minutes: 45 }));
    await asked(simulator, addRecording(simulator, { orderedTranscript: { status: 'failed' } }));
    assert.deepEqual(costs(), { ordered: 2, billed: 0, billedSeconds: 0 });
    simulator.advance(minuteMs);
    assert.deepEqual(costs(), { ordered: 2, billed: 1, billedSeconds: 45 * 60 });
    await callApi(simulator, `transcript/${id}/`, { method: 'DELETE' });
    await sendTranscriber(simulator, { recallai_streaming: {} });
    simulator.advance(minuteMs);
    const all = { ordered: 3, billed: 2, billedSeconds: 45 * 60 + 8 };
    assert.deepEqual(costs(), all);
    assert.deepEqual(await connectSimulator(simulator.apiOrigin).transcriptCosts(), all);
    simulator.reset();
    assert.deepEqual(costs(), { ordered: 0, billed: 0, billedSeconds: 0 });
  });
});
