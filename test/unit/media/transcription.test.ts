import assert from 'node:assert/strict';
import { newestUsable } from '../../../src/media/mediaReadiness.ts';
import { transcribe } from '../../../src/media/transcription.ts';
import { readMediaItem } from '../../../src/recall/bot.ts';
import type { MediaItem } from '../../../src/recall/bot.ts';
import type { RecordingSpec } from '../../simulator/readyBots.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { createTestClock } from '../network/testClock.ts';
import { recallFailureOf, recordingLog, setUpApi } from '../recall/apiSetup.ts';
import type { ApiSetup } from '../recall/apiSetup.ts';

describe('having a recording transcribed', () => {
  let simulator: Simulator;
  let api: ApiSetup;

  beforeEach(async () => {
    simulator = await startSimulator({ timeScale: 0 });
    api = setUpApi(simulator.apiOrigin);
  });

  afterEach(() => simulator.close());

  const recordingWith = (spec: RecordingSpec = {}): string =>
    simulator.addBot({ recordings: [spec] }).recordings[0]?.id ?? '';
  const ask = (recordingId: string, signal?: AbortSignal): Promise<MediaItem> =>
    transcribe({ client: api.client, clock: createTestClock(), log: recordingLog([]) }, recordingId, signal);

  const orderKeys = (recordingId: string): unknown[] =>
    simulator
      .recordedRequests()
      .filter(({ path }) => path.includes(`${recordingId}/create_transcript`))
      .map(({ headers }) => headers['idempotency-key']);

  it('asks Recall for it once, and answers with what is being made', async () => {
    const recordingId = recordingWith();
    const made = await ask(recordingId);
    assert.equal(made.status?.code, 'processing');
    assert.equal(simulator.transcriptCosts().ordered, 1);
    assert.equal((await ask(recordingId)).id, made.id);
    assert.equal(simulator.transcriptCosts().ordered, 1);
  });

  it('is one order when two windows ask at the same time, and another one after a failure', async () => {
    const recordingId = recordingWith({ transcripts: [{ status: 'failed' }] });
    const [one, other] = await Promise.all([ask(recordingId), ask(recordingId)]);
    assert.equal(one.id, other.id);
    assert.equal(simulator.transcriptCosts().ordered, 1);
    assert.deepEqual([...new Set(orderKeys(recordingId))], [`transcript-${recordingId}-1`]);
  });

  it('takes one that is there', async () => {
    const recordingId = recordingWith({ transcripts: [{ createdAt: '2026-03-02T10:00:00Z' }] });
    assert.equal((await ask(recordingId)).status?.code, 'done');
    assert.equal(simulator.transcriptCosts().ordered, 0);
  });

  it('asks for another when the one that is there failed', async () => {
    const recordingId = recordingWith({ transcripts: [{ status: 'failed' }] });
    assert.equal((await ask(recordingId)).status?.code, 'processing');
    assert.equal(simulator.transcriptCosts().ordered, 1);
  });

  it('is not asked for twice while one is being made, in whatever words Recall says so', async () => {
    for (const status of ['queued', 'waiting', 'in_progress', 'paused'] as const) {
      const recordingId = recordingWith({ transcripts: [{ status }] });
      assert.equal((await ask(recordingId)).status?.code, status);
    }
    assert.equal(simulator.transcriptCosts().ordered, 0);
  });

  it('is not asked for twice when the answer got lost', async () => {
    const recordingId = recordingWith();
    simulator.apiFault({ kind: 'reset', processed: true, path: 'create_transcript' });
    assert.equal((await ask(recordingId)).status?.code, 'processing');
    assert.equal(simulator.transcriptCosts().ordered, 1);
  });

  it('fails when the request got lost, without another try', async () => {
    const recordingId = recordingWith();
    simulator.apiFault({ kind: 'reset', path: 'create_transcript', times: 'always' });
    assert.equal((await recallFailureOf(ask(recordingId))).code, 'network');
    assert.equal(simulator.transcriptCosts().ordered, 0);
    const tries = simulator.recordedRequests().filter(({ path }) => path.includes('create_transcript'));
    assert.equal(tries.length, 1);
  });

  it('is asked for again when Recall put it off, since that did nothing', async () => {
    const recordingId = recordingWith();
    simulator.failNext({ status: 429, path: 'create_transcript', times: 3 });
    assert.equal((await ask(recordingId)).status?.code, 'processing');
    assert.equal(simulator.transcriptCosts().ordered, 1);
  });

  it('is asked for again after what may be the refusal of an earlier try, which Recall keeps for an hour', async () => {
    for (const status of [400, 402]) {
      const recordingId = recordingWith();
      simulator.failNext({ status, body: { detail: 'no' }, path: 'create_transcript' });
      assert.equal((await ask(recordingId)).status?.code, 'processing');
      const keys = orderKeys(recordingId);
      assert.equal(keys.length, 2);
      assert.notEqual(keys[0], keys[1], 'the kept answer would have come again');
    }
  });

  it('does not look again after a refusal', async () => {
    const recordingId = recordingWith();
    simulator.failNext({ status: 400, body: { detail: 'no' }, path: 'create_transcript', times: 2 });
    assert.equal((await recallFailureOf(ask(recordingId))).code, 'invalidRequest');
    assert.equal(simulator.transcriptCosts().ordered, 0);
    const looks = simulator.recordedRequests().filter(({ path }) => path.includes('/transcript/'));
    assert.equal(looks.length, 1);
  });

  it('stops when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    await assert.rejects(ask(recordingWith(), cancelled), { name: 'AbortError' });
    assert.equal(simulator.transcriptCosts().ordered, 0);
  });
});

describe('which of several transcripts counts', () => {
  const one = (id: string, code: string, created_at?: string): MediaItem => {
    const media = readMediaItem({ id, created_at, status: { code } });
    assert.ok(media);
    return media;
  };

  it('is the newest that is done, else the newest that is being made', () => {
    const [old, young] = ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'];
    const pick = (...transcripts: MediaItem[]): string | undefined => newestUsable(transcripts)?.id;
    assert.equal(pick(one('a', 'done', old), one('b', 'done', young), one('c', 'processing', young)), 'b');
    assert.equal(
      pick(one('a', 'processing', old), one('b', 'processing', young), one('c', 'failed', young)),
      'b',
    );
    assert.equal(pick(one('a', 'done'), one('b', 'done', old)), 'b');
    assert.equal(pick(one('a', 'failed', old), one('b', 'deleted', young)), undefined);
    assert.equal(pick(), undefined);
  });
});
