import type { EtagStyle } from './faults.ts';
import type { OrderedTranscript, Transcript } from './transcripts.ts';

/** A status that counts from a moment on. Times in this file are simulated milliseconds since the epoch. */
export interface TimedStatus {
  readonly code: string;
  readonly subCode: string | null;
  readonly at: number;
}

/** One entry of a bot's `status_changes`; it shows once its time has come. */
export interface StatusChange extends TimedStatus {
  readonly message: string | null;
}

/** What lists of the API call artifacts. `whiteboard` is made up: Recall has no such list. */
export const artifactKinds = [
  'audio_mixed',
  'video_mixed',
  'whiteboard',
  'participant_events',
  'transcript',
] as const;

/** One of these kinds. */
export type ArtifactKind = (typeof artifactKinds)[number];

/** The kind of an artifact in this format. */
export function kindOfFormat(format: string): ArtifactKind {
  return format === 'mp4' ? 'video_mixed' : format === 'board' ? 'whiteboard' : 'audio_mixed';
}

/** One thing that a recording makes: a file in the media store or, where it has `people` or a `transcript`, JSON on the API's host. */
export interface Artifact {
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly format: string;
  readonly createdAt: number;
  statuses: TimedStatus[];
  /** Whether answers hold a `download_url`: once it is done, always, or never. */
  url: 'whenDone' | 'always' | 'never';
  readonly sizeBytes?: number;
  readonly etag?: EtagStyle;
  /** There for `participant_events` only. */
  readonly people?: People;
  /** There for `transcript` only. */
  readonly transcript?: Transcript;
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** The files of `participant_events`, as their URLs and the fields for these call them. */
export const peopleFiles = ['participants', 'participant_events', 'speaker_timeline'] as const;

/** One of these files. */
export type PeopleFile = (typeof peopleFiles)[number];

/** Who was in a meeting, and who spoke when. */
export interface People {
  readonly participants: readonly Participant[];
  readonly turns: readonly Turn[];
}

/** Somebody in a meeting; null is what the platform does not tell. */
export interface Participant {
  /** Distinct within a recording only. */
  readonly id: number;
  readonly name: string | null;
  readonly isHost: boolean | null;
  readonly email: string | null;
}

/** A time in which somebody spoke, in seconds from the start of the recording. */
export interface Turn {
  readonly participant: Participant;
  readonly from: number;
  /** Null: the platform does not tell. */
  readonly until: number | null;
}

/** How `media_shortcuts` shows the mixed audio: there, without the key, as null, or the whole object null. */
export type ShortcutForm = 'present' | 'absent' | 'null' | 'noShortcuts';

/** One recording of a bot. */
export interface Recording {
  readonly id: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  completedAt: number | null;
  expiresAt: number | null;
  /** Empty: the API says `status: null`. */
  statuses: TimedStatus[];
  readonly shortcut: ShortcutForm;
  /** Which of several transcripts `media_shortcuts` shows; Recall does not say which. */
  readonly transcriptShortcut: 'newest' | 'oldest';
  readonly artifacts: Artifact[];
  /** What comes of a transcript that somebody asks for afterwards. */
  readonly orderedTranscript: OrderedTranscript;
  /** What the platform tells of the meeting; undefined: nothing at all. */
  readonly meetingMetadata?: MeetingMetadata;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** The `meeting_metadata` of a recording. */
export interface MeetingMetadata {
  readonly id: string;
  /** Null: the platform tells none. */
  readonly title: string | null;
  /** Until then the answers have null for it. */
  readonly titleAt: number;
}

/** One bot, its future included: what has not come yet does not show. */
export interface Bot {
  readonly id: string;
  name: string;
  readonly createdAt: number;
  joinAt: number | null;
  readonly platform: string | null;
  /** As the API answers it: an object, null, an empty object or a string. */
  readonly meetingUrl: unknown;
  /** The link it was sent with, for the list's filter. */
  readonly sentTo: string | null;
  readonly recordingConfig: Readonly<Record<string, unknown>> | null;
  metadata: Readonly<Record<string, unknown>>;
  statusChanges: StatusChange[];
  recordings: Recording[];
  /** From then on it can no longer be deleted or changed. */
  dispatchAt: number;
  /** Fields that replace those of the answer. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Fields that the answer lacks. */
  readonly omit: readonly string[];
}

/** The status that counts at `now`, if one does. */
export function statusAt<Status extends TimedStatus>(
  statuses: readonly Status[],
  now: number,
): Status | undefined {
  return statuses
    .filter((status) => status.at <= now)
    .reduce<Status | undefined>(
      (newest, status) => (newest && newest.at > status.at ? newest : status),
      undefined,
    );
}

/** How long a recording is so far. @param now simulated milliseconds since the epoch */
export function recordedSeconds({ createdAt, startedAt, completedAt }: Recording, now: number): number {
  const end = Math.min(completedAt ?? now, now);
  return Math.max(0, end - (startedAt ?? createdAt)) / 1000;
}

/** Whether the bot has left the call or never will enter it, so that it takes no more commands. */
export function isLeaving(bot: Bot, now: number): boolean {
  const ends = ['call_ended', 'done', 'fatal', 'media_expired'];
  return bot.statusChanges.some((change) => change.at <= now && ends.includes(change.code));
}

/** Marks all media of these recordings as deleted at `now`. */
export function deleteMedia(recordings: readonly Recording[], now: number): void {
  for (const recording of recordings) {
    recording.statuses = [...recording.statuses.filter((status) => status.at <= now), deletedAt(now)];
    for (const artifact of recording.artifacts) deleteArtifact(artifact, now);
  }
}

/** Marks one artifact as deleted at `now`. */
export function deleteArtifact(artifact: Artifact, now: number): void {
  artifact.statuses = [...artifact.statuses.filter((status) => status.at <= now), deletedAt(now)];
  artifact.url = 'whenDone';
}

function deletedAt(at: number): TimedStatus {
  return { code: 'deleted', subCode: null, at };
}
