import { kindOfFormat } from './botModel.ts';
import type { Artifact, Bot, Recording, StatusChange, TimedStatus } from './botModel.ts';
import { isRecord } from './json.ts';
import { mp3BytesOf } from './mp3.ts';
import { orderedFrom, orderedTranscript } from './transcriptMaking.ts';
import { askedOnCreate } from './transcriptRequests.ts';
import { isCaptions, type TranscriptEnd, transcriptStatuses } from './transcripts.ts';

/** How a meeting goes to which a bot is sent. Durations in simulated milliseconds. */
export interface MeetingScript {
  /** From the request, or from `join_at`, to `joining_call`. */
  readonly startMs: number;
  /** From `joining_call` to `in_waiting_room`, or to `fatal`. */
  readonly connectMs: number;
  /** In the waiting room. */
  readonly waitMs: number;
  /** From `in_call_not_recording` to `in_call_recording`. */
  readonly settleMs: number;
  /** While recording. */
  readonly meetingMs: number;
  /** From `call_ended` to `done`. */
  readonly shutDownMs: number;
  /** From the bot's `done` to the audio's `done`. */
  readonly processingMs: number;
  /** From the bot's `done`, or from the request for one, to the transcript's `done`. */
  readonly transcribingMs: number;
  readonly outcome: 'recorded' | 'neverAdmitted' | 'fatal';
  /** The sub-code of `call_ended` or `fatal`; left out, a fitting one. */
  readonly endSubCode?: string;
  /** Audio items per recording. */
  readonly audioParts: number;
  /** Size of each audio item in bytes; left out, each has another. */
  readonly audioBytes?: number;
  /**
   * What comes of the transcript that a bot was asked for. `none` is what captions come to that are off in the
   * meeting or the organisation: Recall's pages call them missing, so there is no artifact, not a failed one.
   */
  readonly transcript: 'done' | 'processing' | 'failed' | 'none';
  /** The sub-code of a failed transcript; null if left out. Which there are is unknown. */
  readonly transcriptSubCode?: string;
}

const shortMeetingMs = 7_000;

/** A meeting that takes about 20 seconds from sending the bot to the finished MP3. */
export const shortMeeting: MeetingScript = {
  startMs: 1_000,
  connectMs: 2_000,
  waitMs: 3_000,
  settleMs: 1_000,
  meetingMs: shortMeetingMs,
  shutDownMs: 2_000,
  processingMs: 4_000,
  transcribingMs: 6_000,
  outcome: 'recorded',
  audioParts: 1,
  audioBytes: mp3BytesOf(shortMeetingMs),
  transcript: 'done',
};

const recordingCompletesMs = 1_000;
const platformsWithMp3 = ['zoom', 'microsoft_teams', 'microsoft_teams_live', 'google_meet'];
/** Not the personal Teams. */
const platformsWithCaptions = ['zoom', 'microsoft_teams', 'google_meet', 'webex'];

/** What a bot that is sent to a meeting will go through from `startAt` on. */
export interface PlayedMeeting {
  readonly statusChanges: StatusChange[];
  readonly recordings: Recording[];
}

/** What the script has to know of the bot. */
export interface PlayedBot {
  readonly platform: string | null;
  readonly recordingConfig: Readonly<Record<string, unknown>> | null;
  /** The answer claims no MP3 and none is made. */
  readonly withoutMp3: boolean;
}

/** Lays out the whole meeting ahead of time; nothing has to run for it to happen. */
export function playMeeting(
  bot: PlayedBot,
  script: MeetingScript,
  startAt: number,
  newId: () => string,
): PlayedMeeting {
  const joiningAt = startAt + script.startMs;
  const connectedAt = joiningAt + script.connectMs;
  const joining = change('joining_call', joiningAt);
  if (script.outcome === 'fatal') {
    const fatal = change('fatal', connectedAt, script.endSubCode ?? 'meeting_not_found');
    return { statusChanges: [joining, fatal], recordings: [] };
  }
  const waiting = change('in_waiting_room', connectedAt);
  const waitedUntil = connectedAt + script.waitMs;
  if (script.outcome === 'neverAdmitted') {
    const end = callEnd(waitedUntil, script.endSubCode ?? 'timeout_exceeded_waiting_room', script);
    return { statusChanges: [joining, waiting, ...end], recordings: [] };
  }
  const recordingAt = waitedUntil + script.settleMs;
  const endedAt = recordingAt + script.meetingMs;
  const inCall = change('in_call_not_recording', waitedUntil);
  const end = callEnd(endedAt, script.endSubCode ?? 'call_ended_by_host', script);
  if (bot.recordingConfig === null)
    return { statusChanges: [joining, waiting, inCall, ...end], recordings: [] };
  const recording = newRecording(bot, bot.recordingConfig, script, recordingAt, newId);
  endRecording(recording, bot.recordingConfig, script, endedAt);
  const expiry = recording.expiresAt === null ? [] : [change('media_expired', recording.expiresAt)];
  const inRecording = change('in_call_recording', recordingAt);
  return {
    statusChanges: [joining, waiting, inCall, inRecording, ...end, ...expiry],
    recordings: [recording],
  };
}

/** The bot leaves at `now`: what lay ahead is replaced by the end of the call. */
export function leaveCall(bot: Bot, script: MeetingScript, now: number): void {
  const past = bot.statusChanges.filter((entry) => entry.at <= now);
  const end = callEnd(now, 'bot_received_leave_call', script);
  bot.recordings = bot.recordings.filter((recording) => recording.createdAt <= now);
  const config = bot.recordingConfig;
  const expiries: StatusChange[] = [];
  for (const recording of bot.recordings) {
    if (recording.completedAt !== null && recording.completedAt <= now) continue;
    endRecording(recording, config ?? {}, script, now);
    if (recording.expiresAt !== null) expiries.push(change('media_expired', recording.expiresAt));
  }
  bot.statusChanges = [...past, ...end, ...expiries];
}

function callEnd(at: number, subCode: string, script: MeetingScript): StatusChange[] {
  return [change('call_ended', at, subCode), change('done', at + script.shutDownMs)];
}

function change(code: string, at: number, subCode: string | null = null): StatusChange {
  return { code, subCode, at, message: null };
}

function status(code: string, at: number): TimedStatus {
  return { code, subCode: null, at };
}

function newRecording(
  bot: PlayedBot,
  config: Readonly<Record<string, unknown>>,
  script: MeetingScript,
  startedAt: number,
  newId: () => string,
): Recording {
  const metadata = config.metadata;
  return {
    id: newId(),
    createdAt: startedAt,
    startedAt,
    completedAt: null,
    expiresAt: null,
    statuses: [status('processing', startedAt)],
    shortcut: 'present',
    transcriptShortcut: 'newest',
    artifacts:
      config.retention === null
        ? []
        : [
            ...newArtifacts(bot, config, script, startedAt, newId),
            ...newTranscripts(bot, config, script, startedAt, newId),
          ],
    orderedTranscript: orderedFrom(),
    metadata: isRecord(metadata) ? metadata : {},
    overrides: {},
  };
}

function newArtifacts(
  bot: PlayedBot,
  config: Readonly<Record<string, unknown>>,
  script: MeetingScript,
  createdAt: number,
  newId: () => string,
): Artifact[] {
  const makesMp3 = isRecord(config.audio_mixed_mp3) && !bot.withoutMp3;
  const supportsMp3 = platformsWithMp3.includes(bot.platform ?? '');
  const formats: string[] = [];
  if (makesMp3 && supportsMp3) formats.push(...Array.from({ length: script.audioParts }, () => 'mp3'));
  if (isRecord(config.audio_mixed_raw)) formats.push('raw');
  if (isRecord(config.video_mixed_mp4)) formats.push('mp4');
  return formats.map((format) => ({
    id: newId(),
    kind: kindOfFormat(format),
    format,
    createdAt,
    statuses: [status('processing', createdAt)],
    url: 'whenDone' as const,
    ...(script.audioBytes !== undefined && format !== 'mp4' && { sizeBytes: script.audioBytes }),
    overrides: {},
  }));
}

function newTranscripts(
  { platform }: PlayedBot,
  config: Readonly<Record<string, unknown>>,
  script: MeetingScript,
  createdAt: number,
  newId: () => string,
): Artifact[] {
  const asked = askedOnCreate(config);
  if (!asked || script.transcript === 'none') return [];
  if (isCaptions(asked) && !platformsWithCaptions.includes(platform ?? '')) return [];
  return [orderedTranscript(asked, 'madeUp', createdAt, newId())];
}

function endRecording(
  recording: Recording,
  config: Readonly<Record<string, unknown>>,
  script: MeetingScript,
  endedAt: number,
): void {
  const completedAt = endedAt + recordingCompletesMs;
  const processedAt = endedAt + script.shutDownMs + script.processingMs;
  const expiresAt = expiryOf(config, completedAt);
  const deletion = expiresAt === null ? [] : [status('deleted', expiresAt)];
  recording.completedAt = completedAt;
  recording.expiresAt = expiresAt;
  recording.statuses = [status('processing', recording.createdAt), status('done', completedAt), ...deletion];
  const transcribed = transcriptEnd(script, endedAt + script.shutDownMs + script.transcribingMs);
  for (const artifact of recording.artifacts) {
    artifact.statuses = artifact.transcript
      ? transcriptStatuses(artifact.createdAt, transcribed, expiresAt)
      : [status('processing', artifact.createdAt), status('done', processedAt), ...deletion];
  }
}

function transcriptEnd(script: MeetingScript, at: number): TranscriptEnd {
  switch (script.transcript) {
    case 'failed':
      return { code: 'failed', subCode: script.transcriptSubCode ?? null, at };
    case 'processing':
      return { code: 'processing', subCode: null, at };
    case 'done':
    case 'none': // One that is there was begun before the script said so.
      return { code: 'done', subCode: null, at };
  }
}

function expiryOf(config: Readonly<Record<string, unknown>>, completedAt: number): number | null {
  const retention = config.retention;
  if (!isRecord(retention) || retention.type !== 'timed') return null;
  const hours = retention.hours;
  return completedAt + (typeof hours === 'number' ? hours : 168) * 3_600_000;
}
