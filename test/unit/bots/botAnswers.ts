import { readBot } from '../../../src/recall/bot.ts';
import type { Bot } from '../../../src/recall/bot.ts';

/** What a test says of a mixed audio or video item; the rest is as in a usual answer. */
export interface AudioAnswer {
  readonly id?: string;
  readonly code?: string | undefined;
  readonly url?: string | null;
  readonly format?: string;
  readonly createdAt?: string;
}

/** What a test says of a recording. `audio: null` is a recording without the shortcut to its audio. */
export interface RecordingAnswer {
  readonly id?: string;
  readonly status?: string;
  readonly audio?: AudioAnswer | null;
  /** None when left out. */
  readonly video?: AudioAnswer;
  /** What the platform calls the meeting. */
  readonly title?: string;
  readonly startedAt?: string;
  readonly completedAt?: string | null;
  readonly expiresAt?: string;
}

/** What a test says of a bot. */
export interface BotAnswer {
  readonly id?: string;
  /** Codes with the second of 2026-03-02 09:00 UTC at which each came. */
  readonly statuses?: readonly (readonly [code: string, second: number, subCode?: string])[];
  readonly joinAt?: string;
  readonly name?: string;
  readonly meetingUrl?: unknown;
  readonly recordings?: readonly RecordingAnswer[];
  readonly withoutMp3?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** 2026-03-02 09:00:00 UTC. */
export const NINE = Date.UTC(2026, 2, 2, 9);

/** ISO 8601 of so many seconds after nine. */
export function atSecond(second: number): string {
  return new Date(NINE + second * 1000).toISOString();
}

/** Statuses of a bot that recorded and is shut down. */
export const DONE = [
  ['joining_call', 0],
  ['in_call_recording', 20],
  ['call_ended', 100, 'call_ended_by_host'],
  ['done', 110],
] as const;

/** Statuses of a bot that records. */
export const RECORDING = [
  ['joining_call', 0],
  ['in_call_recording', 20],
] as const;

/** A bot, read from the API's own form. */
export function botAnswer(answer: BotAnswer = {}): Bot {
  const bot = readBot({
    id: answer.id ?? 'bot-1',
    meeting_url: answer.meetingUrl === undefined ? { platform: 'zoom', meeting_id: '9' } : answer.meetingUrl,
    bot_name: answer.name ?? 'Notetaker',
    join_at: answer.joinAt ?? null,
    recording_config: { audio_mixed_mp3: answer.withoutMp3 ? null : {} },
    status_changes: (answer.statuses ?? RECORDING).map(([code, second, subCode]) => ({
      code,
      sub_code: subCode ?? null,
      created_at: atSecond(second),
    })),
    recordings: (answer.recordings ?? []).map(recordingJson),
    metadata: answer.metadata ?? {},
  });
  if (!bot) throw new Error('The test made an unreadable bot');
  return bot;
}

function recordingJson(answer: RecordingAnswer, index: number): unknown {
  return {
    id: answer.id ?? `recording-${index + 1}`,
    created_at: answer.startedAt ?? atSecond(20),
    started_at: answer.startedAt ?? atSecond(20),
    completed_at: answer.completedAt === undefined ? atSecond(105) : answer.completedAt,
    expires_at: answer.expiresAt ?? null,
    status: { code: answer.status ?? 'done' },
    media_shortcuts: {
      audio_mixed: answer.audio === null ? null : itemJson('mp3', answer.audio ?? {}, index),
      video_mixed: answer.video ? itemJson('mp4', answer.video, index) : null,
      meeting_metadata:
        answer.title === undefined ? null : { id: `metadata-${index + 1}`, data: { title: answer.title } },
    },
  };
}

function itemJson(format: 'mp3' | 'mp4', answer: AudioAnswer, index: number): unknown {
  const id = answer.id ?? `${format === 'mp3' ? 'audio' : 'video'}-${index + 1}`;
  const isDone = 'code' in answer ? answer.code === 'done' : true;
  const url = isDone ? `https://media.example.com/${id}.${format}?Signature=secret` : null;
  return {
    id,
    created_at: answer.createdAt ?? atSecond(20),
    status: 'code' in answer ? (answer.code === undefined ? null : { code: answer.code }) : { code: 'done' },
    data: { download_url: answer.url === undefined ? url : answer.url },
    format: answer.format ?? format,
  };
}
