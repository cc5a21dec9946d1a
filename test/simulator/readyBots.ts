import { kindOfFormat } from './botModel.ts';
import type { Artifact, Bot, Recording, ShortcutForm, StatusChange, TimedStatus } from './botModel.ts';
import type { EtagStyle } from './faults.ts';
import { parseMeetingUrl, sampleMeetingUrl } from './meetingUrls.ts';
import { mp3BytesOf } from './mp3.ts';
import { recordingConfigEcho } from './recordingConfig.ts';

/** One audio or video item of a ready-made recording. */
export interface ArtifactSpec {
  readonly id?: string;
  /** `mp3` if left out; `mp4` makes it a `video_mixed` item, `board` one of the made-up kind. */
  readonly format?: string;
  /** If left out, `done` when the call is over, else `processing`. */
  readonly status?: string;
  readonly subCode?: string | null;
  /** Whether answers hold a `download_url`; if left out, they do once the item is done. */
  readonly url?: 'present' | 'null';
  /** Exact size; if left out, 200 to 490 KB, another for each item. */
  readonly sizeBytes?: number;
  readonly etag?: EtagStyle;
  /** Fields that replace those of the answer. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** One recording of a ready-made bot. */
export interface RecordingSpec {
  readonly id?: string;
  /** If left out, `done` when the call is over, else `processing`; null gives `status: null`. */
  readonly status?: string | null;
  readonly subCode?: string | null;
  /** How many MP3 items, or each of them; 1 if left out. */
  readonly audio?: number | readonly ArtifactSpec[];
  /** Its MP3s together play as long as it took, at 20 KB a second; if left out, some seconds each. */
  readonly plays?: 'whole';
  /** Whether there is an MP4 as well, or how it is; not if left out. */
  readonly video?: boolean | Omit<ArtifactSpec, 'format'>;
  /** How many items of the made-up kind there are; none if left out. */
  readonly whiteboards?: number;
  readonly shortcut?: ShortcutForm;
  /** What the platform calls the meeting; null if it tells none. If left out, it tells nothing of the meeting at all. */
  readonly title?: string | null;
  /** ISO 8601: when the title comes; with the recording if left out. */
  readonly titleAt?: string;
  /** ISO 8601; if left out, fitting the bot's status changes. */
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  /** If left out, the time of `media_expired`, else null. */
  readonly expiresAt?: string | null;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** One entry of a ready-made bot's `status_changes`. */
export interface StatusChangeSpec {
  readonly code: string;
  readonly subCode?: string | null;
  readonly message?: string | null;
  /** ISO 8601; if left out, 10 seconds after the entry before. */
  readonly createdAt?: string;
}

/** A ready-made bot; everything left out gets the value of a bot that recorded a Zoom meeting. */
export interface BotSpec {
  readonly id?: string;
  readonly name?: string;
  /** Platform value of the API; `zoom` if left out. */
  readonly platform?: string;
  /** What the answers show instead of the platform's object: null, `{}`, a string, anything. */
  readonly meetingUrl?: unknown;
  /** ISO 8601. With no status changes the bot is scheduled. */
  readonly joinAt?: string | null;
  /** ISO 8601: when it began to join. If left out: each bot an hour earlier than the one before. */
  readonly startedAt?: string;
  readonly statusChanges?: readonly StatusChangeSpec[];
  /** How many, or each of them. If left out: one when the status changes speak of recording, else none. */
  readonly recordings?: number | readonly RecordingSpec[];
  /** What was asked for on sending; if left out, the MP3. */
  readonly recordingConfig?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Fields that replace those of the answer. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** Fields that the answer lacks. */
  readonly omit?: readonly string[];
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dispatchedLongAgo = 0;
const usualCourse: readonly StatusChangeSpec[] = [
  { code: 'joining_call' },
  { code: 'in_waiting_room' },
  { code: 'in_call_not_recording' },
  { code: 'in_call_recording' },
  { code: 'call_ended', subCode: 'call_ended_by_host' },
  { code: 'done' },
];
const usualCourseMs = [0, 7, 17, 18, 1818, 1827].map((seconds) => seconds * secondMs);

/**
 * Makes a bot as described.
 * @param number how many bots there are already, for distinct names, links and times
 * @param now simulated milliseconds since the epoch
 * @throws RangeError for a date that is none
 */
export function readyBot(spec: BotSpec, number: number, now: number, newId: () => string): Bot {
  const platform = spec.platform ?? 'zoom';
  const link = sampleMeetingUrl(platform, number);
  const joinAt = timeOf(spec.joinAt ?? null);
  const startedAt = timeOf(spec.startedAt ?? null) ?? now - (number + 1) * hourMs;
  const statusChanges = statusChangesOf(spec, joinAt, startedAt);
  const course = courseOf(statusChanges, startedAt);
  const specs = recordingSpecs(spec.recordings ?? (course.recorded ? 1 : 0));
  const scheduled = statusChanges.length === 0 && joinAt !== null;
  return {
    id: spec.id ?? newId(),
    name: spec.name ?? `Notetaker ${number + 1}`,
    createdAt: scheduled ? now : startedAt,
    joinAt,
    platform,
    meetingUrl: spec.meetingUrl === undefined ? parseMeetingUrl(link)?.json : spec.meetingUrl,
    sentTo: link,
    recordingConfig:
      spec.recordingConfig === null
        ? null
        : recordingConfigEcho(spec.recordingConfig ?? { audio_mixed_mp3: {}, video_mixed_mp4: null }),
    metadata: spec.metadata ?? {},
    statusChanges,
    recordings: specs.map((recording, index) => {
      const lengthMs = Math.floor((course.endedAt - course.recordsAt) / specs.length);
      const from = course.recordsAt + index * lengthMs;
      return readyRecording(recording, course, from, from + lengthMs, newId);
    }),
    dispatchAt: scheduled ? joinAt - 10 * minuteMs : dispatchedLongAgo,
    overrides: spec.overrides ?? {},
    omit: spec.omit ?? [],
  };
}

function statusChangesOf(spec: BotSpec, joinAt: number | null, startedAt: number): StatusChange[] {
  if (!spec.statusChanges && joinAt !== null && spec.startedAt === undefined) return [];
  const usual = spec.statusChanges === undefined;
  return (spec.statusChanges ?? usualCourse).map((entry, index) => ({
    code: entry.code,
    subCode: entry.subCode ?? null,
    message: entry.message ?? null,
    at:
      timeOf(entry.createdAt ?? null) ??
      startedAt + (usual ? (usualCourseMs[index] ?? 0) : index * 10 * secondMs),
  }));
}

interface Course {
  readonly recorded: boolean;
  readonly ended: boolean;
  readonly recordsAt: number;
  readonly endedAt: number;
  readonly expiredAt: number | null;
}

function courseOf(statusChanges: readonly StatusChange[], startedAt: number): Course {
  const timeOfCode = (code: string): number | undefined =>
    statusChanges.find((entry) => entry.code === code)?.at;
  const recordsAt = timeOfCode('in_call_recording') ?? startedAt;
  const endedAt = timeOfCode('call_ended') ?? timeOfCode('done');
  return {
    recorded: timeOfCode('in_call_recording') !== undefined,
    ended: endedAt !== undefined,
    recordsAt,
    endedAt: endedAt ?? recordsAt + 30 * minuteMs,
    expiredAt: timeOfCode('media_expired') ?? null,
  };
}

function recordingSpecs(recordings: number | readonly RecordingSpec[]): readonly RecordingSpec[] {
  return typeof recordings === 'number' ? Array.from({ length: recordings }, () => ({})) : recordings;
}

function readyRecording(
  spec: RecordingSpec,
  course: Course,
  from: number,
  until: number,
  newId: () => string,
): Recording {
  const usualCode = course.ended ? 'done' : 'processing';
  const code = spec.status === undefined ? usualCode : spec.status;
  const completedAt = code === 'processing' || code === 'paused' ? null : until;
  const audio = audioSpecs(spec.audio ?? 1).map((one, _index, { length }) =>
    spec.plays === 'whole' ? { sizeBytes: mp3BytesOf((until - from) / length), ...one } : one,
  );
  const video = spec.video === true ? {} : spec.video;
  const boards = Array.from({ length: spec.whiteboards ?? 0 }, () => ({ format: 'board' }));
  const artifacts = [...audio, ...(video ? [{ ...video, format: 'mp4' }] : []), ...boards];
  return {
    id: spec.id ?? newId(),
    createdAt: from,
    startedAt: spec.startedAt === undefined ? from : timeOf(spec.startedAt),
    completedAt: spec.completedAt === undefined ? completedAt : timeOf(spec.completedAt),
    expiresAt: spec.expiresAt === undefined ? course.expiredAt : timeOf(spec.expiresAt),
    statuses: code === null ? [] : [statusNow(code, spec.subCode, completedAt ?? from)],
    shortcut: spec.shortcut ?? 'present',
    artifacts: artifacts.map((artifact) => readyArtifact(artifact, usualCode, from, until, newId)),
    ...(spec.title !== undefined && {
      meetingMetadata: { id: newId(), title: spec.title, titleAt: timeOf(spec.titleAt ?? null) ?? from },
    }),
    metadata: {},
    overrides: spec.overrides ?? {},
  };
}

function audioSpecs(audio: number | readonly ArtifactSpec[]): readonly ArtifactSpec[] {
  return typeof audio === 'number' ? Array.from({ length: audio }, () => ({})) : audio;
}

function readyArtifact(
  spec: ArtifactSpec,
  usualCode: string,
  createdAt: number,
  endedAt: number,
  newId: () => string,
): Artifact {
  const format = spec.format ?? 'mp3';
  const code = spec.status ?? usualCode;
  return {
    id: spec.id ?? newId(),
    kind: kindOfFormat(format),
    format,
    createdAt,
    statuses: [statusNow(code, spec.subCode, code === 'processing' ? createdAt : endedAt)],
    url: spec.url === undefined ? 'whenDone' : spec.url === 'present' ? 'always' : 'never',
    ...(spec.sizeBytes !== undefined && { sizeBytes: spec.sizeBytes }),
    ...(spec.etag !== undefined && { etag: spec.etag }),
    overrides: spec.overrides ?? {},
  };
}

function statusNow(code: string, subCode: string | null | undefined, at: number): TimedStatus {
  return { code, subCode: subCode ?? null, at };
}

function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`Not a date: ${text}`);
  return time;
}

/** A bot that ended well, with so many recordings of so many MP3 items each, which play as it is said. */
export function botWithRecordings(
  counts: { readonly recordings?: number; readonly parts?: number } & Pick<RecordingSpec, 'plays'> = {},
  rest: BotSpec = {},
): BotSpec {
  const recordings = Array.from({ length: counts.recordings ?? 1 }, () => ({
    audio: counts.parts ?? 1,
    ...(counts.plays && { plays: counts.plays }),
  }));
  return { ...rest, recordings };
}

/** A bot that waited in the lobby until its time was up. */
export function neverAdmittedBot(rest: BotSpec = {}): BotSpec {
  return {
    statusChanges: [
      { code: 'joining_call' },
      { code: 'in_waiting_room' },
      { code: 'call_ended', subCode: 'timeout_exceeded_waiting_room' },
      { code: 'done' },
    ],
    ...rest,
  };
}

/** A bot that could not join. */
export function fatalBot(subCode = 'meeting_not_found', rest: BotSpec = {}): BotSpec {
  return { statusChanges: [{ code: 'joining_call' }, { code: 'fatal', subCode }], ...rest };
}

/** A bot whose media went when their time was over. */
export function mediaExpiredBot(rest: BotSpec = {}): BotSpec {
  return { statusChanges: [...usualCourse, { code: 'media_expired' }], recordings: [goneRecording], ...rest };
}

/** A bot whose media somebody deleted. */
export function deletedMediaBot(rest: BotSpec = {}): BotSpec {
  return { recordings: [goneRecording], ...rest };
}

const goneRecording: RecordingSpec = { status: 'deleted', audio: [{ status: 'deleted' }] };

/** A bot that recorded, but was never asked for an MP3. */
export function notAskedForMp3Bot(rest: BotSpec = {}): BotSpec {
  return {
    recordingConfig: { video_mixed_mp4: {} },
    recordings: [{ audio: 0, video: true, shortcut: 'null' }],
    ...rest,
  };
}

/** A bot that was asked for raw PCM instead. */
export function rawOnlyBot(rest: BotSpec = {}): BotSpec {
  return {
    recordingConfig: { audio_mixed_raw: {}, video_mixed_mp4: null },
    recordings: [{ audio: [{ format: 'raw' }] }],
    ...rest,
  };
}

/** A bot whose MP3 is still being made. */
export function processingBot(rest: BotSpec = {}): BotSpec {
  return { recordings: [{ audio: [{ status: 'processing' }] }], ...rest };
}

/** A bot that waits for its time. @param joinAt ISO 8601 */
export function scheduledBot(joinAt: string, rest: BotSpec = {}): BotSpec {
  return { joinAt, ...rest };
}
