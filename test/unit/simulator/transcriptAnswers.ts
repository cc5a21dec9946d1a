import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, sendBot } from './runningSimulator.ts';

/** A transcript as the API answers it, alone or in a list; in shortcuts without `recording`. */
export interface TranscriptAnswer {
  readonly id: string;
  readonly recording?: { readonly id: string };
  readonly created_at: string;
  readonly status: { readonly code: string; readonly sub_code: string | null; readonly updated_at: string };
  readonly metadata: unknown;
  readonly data: { readonly download_url: string | null; readonly provider_data_download_url: string | null };
  readonly provider: Readonly<Record<string, unknown>>;
  readonly diarization: unknown;
}

/** One part of a transcript's file. */
export interface PartAnswer {
  readonly participant: { readonly id: number; readonly name: string | null } | null;
  readonly words: readonly {
    readonly text: string;
    readonly start_timestamp: TimestampAnswer;
    readonly end_timestamp: TimestampAnswer;
  }[];
}

interface TimestampAnswer {
  readonly relative: number;
  readonly absolute: string | null;
}

interface BotAnswer {
  readonly recordings: readonly {
    readonly media_shortcuts: { readonly transcript: TranscriptAnswer | null };
  }[];
}

/** Sends a bot that is to transcribe. @returns its id */
export async function sendTranscriber(
  simulator: Simulator,
  provider: unknown = { meeting_captions: {} },
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const recordingConfig = { audio_mixed_mp3: {}, transcript: { provider } };
  const { json, status, text } = await sendBot(simulator, { recording_config: recordingConfig, ...fields });
  assert.equal(status, 201, text);
  return (json as { readonly id: string }).id;
}

/** The transcript in the shortcuts of a bot's first recording. */
export async function shownTranscript(simulator: Simulator, botId: string): Promise<TranscriptAnswer | null> {
  const bot = (await callApi(simulator, `bot/${botId}/`)).json as BotAnswer;
  return bot.recordings[0]?.media_shortcuts.transcript ?? null;
}

/** One page of the list. @param query with its question mark */
export async function listedTranscripts(
  simulator: Simulator,
  query = '',
): Promise<{ readonly next: string | null; readonly results: readonly TranscriptAnswer[] }> {
  const reply = await callApi(simulator, `transcript/${query}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json as { readonly next: string | null; readonly results: readonly TranscriptAnswer[] };
}

/** One transcript by its id. */
export async function readTranscript(simulator: Simulator, id: string): Promise<TranscriptAnswer> {
  const reply = await callApi(simulator, `transcript/${id}/`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json as TranscriptAnswer;
}

/** The file of a transcript, downloaded without a key. */
export async function downloadedParts(transcript: TranscriptAnswer | null): Promise<readonly PartAnswer[]> {
  const { status, headers, body } = await rawRequest(transcript?.data.download_url ?? '');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json');
  return JSON.parse(body.toString()) as readonly PartAnswer[];
}
