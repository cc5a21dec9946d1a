import {
  type Artifact,
  type ArtifactKind,
  type Bot,
  peopleFiles,
  type Recording,
  type TimedStatus,
  statusAt,
} from './botModel.ts';
import type { TokenFile } from './tokenDownloads.ts';

/** What the answers need to know beside the bot. */
export interface JsonView {
  /** Simulated milliseconds since the epoch. */
  readonly now: number;
  /** Signs a new URL for an artifact. */
  urlOf(bot: Bot, recording: Recording, artifact: Artifact): string;
  /** Signs a new URL for one of the files on the API's own host. */
  tokenUrlOf(artifact: Artifact, file: TokenFile): string;
}

/** A bot as `GET /bot/{id}/` answers it at this moment. */
export function botJson(bot: Bot, view: JsonView): Record<string, unknown> {
  const changes = bot.statusChanges.filter((change) => change.at <= view.now);
  const recordings = bot.recordings.filter((recording) => recording.createdAt <= view.now);
  const json: Record<string, unknown> = {
    id: bot.id,
    meeting_url: bot.meetingUrl,
    bot_name: bot.name,
    join_at: changes.length === 0 ? isoOrNull(bot.joinAt) : null,
    recording_config: bot.recordingConfig,
    status_changes: changes.map((change) => ({
      code: change.code,
      message: change.message,
      created_at: iso(change.at),
      sub_code: change.subCode,
    })),
    recordings: recordings.map((recording) => recordingJson(bot, recording, view)),
    output_media: null,
    automatic_video_output: null,
    automatic_audio_output: null,
    chat: null,
    automatic_leave: null,
    variant: null,
    calendar_meetings: [],
    zoom: null,
    google_meet: null,
    slack_team: null,
    breakout_room: null,
    metadata: bot.metadata,
    ...bot.overrides,
  };
  return Object.fromEntries(Object.entries(json).filter(([key]) => !bot.omit.includes(key)));
}

/** One entry of a bot's `recordings`. */
export function recordingJson(bot: Bot, recording: Recording, view: JsonView): Record<string, unknown> {
  const completed = recording.completedAt !== null && recording.completedAt <= view.now;
  return {
    id: recording.id,
    created_at: iso(recording.createdAt),
    started_at: isoOrNull(recording.startedAt),
    completed_at: completed ? isoOrNull(recording.completedAt) : null,
    expires_at: completed ? isoOrNull(recording.expiresAt) : null,
    status: statusJson(recording.statuses, view.now),
    media_shortcuts: shortcutsJson(bot, recording, view),
    metadata: recording.metadata,
    ...recording.overrides,
  };
}

/** One item of the lists of `artifactKinds`. */
export function artifactJson(
  bot: Bot,
  recording: Recording,
  artifact: Artifact,
  view: JsonView,
): Record<string, unknown> {
  return {
    id: artifact.id,
    recording: { id: recording.id, metadata: recording.metadata },
    ...artifactBody(bot, recording, artifact, view),
  };
}

function shortcutsJson(bot: Bot, recording: Recording, view: JsonView): Record<string, unknown> | null {
  if (recording.shortcut === 'noShortcuts') return null;
  const shortcut = (
    kind: ArtifactKind,
    which: 'oldest' | 'newest' = 'oldest',
  ): Record<string, unknown> | null => {
    const ofKind = recording.artifacts.filter((artifact) => artifact.kind === kind);
    const shown = ofKind.at(which === 'oldest' ? 0 : -1);
    return shown ? { id: shown.id, ...artifactBody(bot, recording, shown, view) } : null;
  };
  return {
    video_mixed: shortcut('video_mixed'),
    ...(recording.artifacts.some(({ kind }) => kind === 'whiteboard') && {
      whiteboard: shortcut('whiteboard'),
    }),
    transcript: shortcut('transcript', recording.transcriptShortcut),
    participant_events: shortcut('participant_events'),
    meeting_metadata: meetingMetadataJson(recording, view),
    ...(recording.shortcut === 'present' && { audio_mixed: shortcut('audio_mixed') }),
    ...(recording.shortcut === 'null' && { audio_mixed: null }),
  };
}

function meetingMetadataJson({ meetingMetadata, createdAt }: Recording, { now }: JsonView): unknown {
  if (!meetingMetadata) return null;
  const { id, title, titleAt } = meetingMetadata;
  return {
    id,
    created_at: iso(createdAt),
    status: { code: 'done', sub_code: null, updated_at: iso(createdAt) },
    metadata: {},
    data: { title: titleAt <= now ? title : null, zoom: null },
  };
}

function artifactBody(
  bot: Bot,
  recording: Recording,
  artifact: Artifact,
  view: JsonView,
): Record<string, unknown> {
  const done = statusAt(artifact.statuses, view.now)?.code === 'done';
  const hasUrl = artifact.url === 'always' || (artifact.url === 'whenDone' && done);
  return {
    created_at: iso(artifact.createdAt),
    status: statusJson(artifact.statuses, view.now),
    metadata: {},
    ...kindBody(bot, recording, artifact, hasUrl, view),
    ...artifact.overrides,
  };
}

function kindBody(
  bot: Bot,
  recording: Recording,
  artifact: Artifact,
  hasUrl: boolean,
  view: JsonView,
): Record<string, unknown> {
  const { people, transcript, format } = artifact;
  if (people) return { data: peopleUrls(artifact, hasUrl, view) };
  if (transcript) {
    return {
      data: {
        download_url: hasUrl ? view.tokenUrlOf(artifact, 'transcript') : null,
        provider_data_download_url: null,
      },
      provider: transcript.provider,
      diarization: transcript.diarization,
    };
  }
  return { data: { download_url: hasUrl ? view.urlOf(bot, recording, artifact) : null }, format };
}

function peopleUrls(artifact: Artifact, hasUrls: boolean, view: JsonView): Record<string, unknown> {
  return Object.fromEntries(
    peopleFiles.map((file) => [`${file}_download_url`, hasUrls ? view.tokenUrlOf(artifact, file) : null]),
  );
}

function statusJson(statuses: readonly TimedStatus[], now: number): Record<string, unknown> | null {
  const current = statusAt(statuses, now) ?? statuses[0];
  return current ? { code: current.code, sub_code: current.subCode, updated_at: iso(current.at) } : null;
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}

/** A time as the API writes it. @param time milliseconds since the epoch */
export function iso(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
