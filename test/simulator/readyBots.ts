import { usualCourse } from './botMaking.ts';
import type { ShortcutForm } from './botModel.ts';
import type { EtagStyle } from './faults.ts';
import type { OrderedTranscriptSpec, TranscriptSpec } from './transcriptSpecs.ts';

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

/** Somebody who was there in a ready-made recording. */
export interface ParticipantSpec {
  /** Null if the platform tells none. */
  readonly name: string | null;
  /** Not if left out; null if the platform does not tell. */
  readonly isHost?: boolean | null;
  /** Null if left out. */
  readonly email?: string | null;
}

/** A time in which somebody spoke, in seconds from the start of the recording; negative ones are before it. */
export interface TurnSpec {
  /** Place in `participants`, from 0. */
  readonly speaker: number;
  readonly from: number;
  /** Null if the platform does not tell. */
  readonly until: number | null;
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
  /** Who was there. If left out, `participant_events` is null. */
  readonly participants?: readonly ParticipantSpec[];
  /** Who of them spoke when; nobody did if left out. */
  readonly timeline?: readonly TurnSpec[];
  /** ISO 8601: when it is told who was there, and `processing` is over; when the call is over if left out. */
  readonly participantsAt?: string;
  /** What comes of it: `done` if left out, else for example `failed`, or `processing` if nothing ever comes. */
  readonly participantsStatus?: string;
  /** How many transcripts there are, or each of them, oldest first. If left out: one if the bot was asked for it, else none. */
  readonly transcripts?: number | readonly TranscriptSpec[];
  /** Which of them `media_shortcuts` shows, as Recall does not say which; `newest` if left out. */
  readonly transcriptShortcut?: 'newest' | 'oldest';
  /** What comes of a transcript that is asked for afterwards; if left out, one with made-up sentences. */
  readonly orderedTranscript?: OrderedTranscriptSpec;
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
  /** How many minutes it recorded, where no status changes are given; 30 if left out. */
  readonly minutes?: number;
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
