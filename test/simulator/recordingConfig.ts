const outputsOnByDefault = ['video_mixed_mp4', 'participant_events', 'meeting_metadata'];
const outputsOffByDefault = [
  'audio_mixed_mp3',
  'audio_mixed_raw',
  'audio_separate_raw',
  'audio_separate_mp3',
  'video_separate_mp4',
  'video_separate_png',
  'video_separate_h264',
  'video_mixed_flv',
  'transcript',
];
const plainDefaults: Readonly<Record<string, unknown>> = {
  realtime_endpoints: [],
  video_mixed_layout: 'speaker_view',
  video_mixed_participant_video_when_screenshare: 'overlap',
  start_recording_on: 'participant_join',
  include_bot_in_recording: { audio: false },
  metadata: {},
  retention: { type: 'timed', hours: 168 },
};

/** What the API answers as `recording_config` to the one it was sent: defaults filled in, unknown keys gone. */
export function recordingConfigEcho(sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const echo: Record<string, unknown> = {};
  for (const key of [...outputsOnByDefault, ...outputsOffByDefault]) {
    const value = sent[key] === undefined && outputsOnByDefault.includes(key) ? {} : sent[key];
    echo[key] = typeof value === 'object' && value !== null ? { metadata: {}, ...value } : null;
  }
  for (const [key, value] of Object.entries(plainDefaults))
    echo[key] = sent[key] === undefined ? value : sent[key];
  return echo;
}
