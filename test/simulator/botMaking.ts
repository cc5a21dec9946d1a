import { kindOfFormat } from './botModel.ts';
import type { Artifact, Bot, People, Recording, StatusChange, TimedStatus } from './botModel.ts';
import { parseMeetingUrl, sampleMeetingUrl } from './meetingUrls.ts';
import { mp3BytesOf } from './mp3.ts';
import type { ArtifactSpec, BotSpec, RecordingSpec, StatusChangeSpec } from './readyBots.ts';
import { recordingConfigEcho } from './recordingConfig.ts';
import { timeOf } from './specTimes.ts';
import { orderedFrom, readyTranscripts } from './transcriptMaking.ts';
import { askedOnCreate, type TranscriptRequest } from './transcriptRequests.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dispatchedLongAgo = 0;
/** How a meeting goes that a bot records. */
export const usualCourse: readonly StatusChangeSpec[] = [
  { code: 'joining_call' },
  { code: 'in_waiting_room' },
  { code: 'in_call_not_recording' },
  { code: 'in_call_recording' },
  { code: 'call_ended', subCode: 'call_ended_by_host' },
  { code: 'done' },
];

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
  const recordingConfig =
    spec.recordingConfig === null
      ? null
      : recordingConfigEcho(spec.recordingConfig ?? { audio_mixed_mp3: {}, video_mixed_mp4: null });
  const course = courseOf(statusChanges, startedAt, askedOnCreate(recordingConfig));
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
    recordingConfig,
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
  const usualTimes = usualTimesMs(spec.minutes);
  const usual = spec.statusChanges === undefined;
  return (spec.statusChanges ?? usualCourse).map((entry, index) => ({
    code: entry.code,
    subCode: entry.subCode ?? null,
    message: entry.message ?? null,
    at:
      timeOf(entry.createdAt ?? null) ??
      startedAt + (usual ? (usualTimes[index] ?? 0) : index * 10 * secondMs),
  }));
}

/** When the entries of the usual course come, counted from the first. */
function usualTimesMs(minutes = 30): number[] {
  const recorded = 60 * minutes;
  return [0, 7, 17, 18, 18 + recorded, 27 + recorded].map((seconds) => seconds * secondMs);
}

interface Course {
  readonly recorded: boolean;
  readonly ended: boolean;
  readonly recordsAt: number;
  readonly endedAt: number;
  readonly expiredAt: number | null;
  /** The transcript that the bot was asked for. */
  readonly asked: TranscriptRequest | undefined;
}

function courseOf(
  statusChanges: readonly StatusChange[],
  startedAt: number,
  asked: TranscriptRequest | undefined,
): Course {
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
    asked,
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
  const expiresAt = spec.expiresAt === undefined ? course.expiredAt : timeOf(spec.expiresAt);
  const transcribed = {
    usualCode: spec.status === 'deleted' ? 'deleted' : usualCode,
    from,
    until,
    expiresAt,
    asked: course.asked,
  };
  return {
    id: spec.id ?? newId(),
    createdAt: from,
    startedAt: spec.startedAt === undefined ? from : timeOf(spec.startedAt),
    completedAt: spec.completedAt === undefined ? completedAt : timeOf(spec.completedAt),
    expiresAt,
    statuses: code === null ? [] : [statusNow(code, spec.subCode, completedAt ?? from)],
    shortcut: spec.shortcut ?? 'present',
    transcriptShortcut: spec.transcriptShortcut ?? 'newest',
    artifacts: [
      ...artifacts.map((artifact) => readyArtifact(artifact, usualCode, from, until, newId)),
      ...(spec.participants ? [participantEvents(spec, { usualCode, from, until, expiresAt }, newId)] : []),
      ...readyTranscripts(spec.transcripts, transcribed, newId),
    ],
    orderedTranscript: orderedFrom(spec.orderedTranscript),
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

interface RecordingTimes {
  /** What its artifacts are if nothing else is said. */
  readonly usualCode: string;
  readonly from: number;
  readonly until: number;
  readonly expiresAt: number | null;
}

function participantEvents(
  spec: RecordingSpec,
  { usualCode, from, until, expiresAt }: RecordingTimes,
  newId: () => string,
): Artifact {
  const at = timeOf(spec.participantsAt ?? null);
  const code = spec.participantsStatus ?? (spec.status === 'deleted' ? 'deleted' : undefined);
  return {
    id: newId(),
    kind: 'participant_events',
    format: 'json',
    createdAt: from,
    statuses: [
      statusNow('processing', null, from),
      statusNow(code ?? (at === null ? usualCode : 'done'), null, at ?? until),
      ...(expiresAt === null ? [] : [statusNow('deleted', null, expiresAt)]),
    ],
    url: 'whenDone',
    people: peopleOf(spec),
    overrides: {},
  };
}

const firstParticipantId = 100;

function peopleOf({ participants: specs = [], timeline = [] }: RecordingSpec): People {
  const participants = specs.map(({ name, isHost = false, email = null }, index) => ({
    id: firstParticipantId + index,
    name,
    isHost,
    email,
  }));
  const turns = timeline.map(({ speaker, from, until }) => {
    const participant = participants[speaker];
    if (!participant) throw new RangeError(`There is no participant ${speaker} who could speak.`);
    return { participant, from, until };
  });
  return { participants, turns };
}

function statusNow(code: string, subCode: string | null | undefined, at: number): TimedStatus {
  return { code, subCode: subCode ?? null, at };
}
