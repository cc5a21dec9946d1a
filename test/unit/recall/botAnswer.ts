/** The answer about a bot that recorded, with the names and nesting of the API's schema. */
export function botAnswer(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'b0700000-0000-4000-8000-000000000002',
    meeting_url: { meeting_id: 'kqz-mwvp-trb', platform: 'google_meet' },
    bot_name: 'Notetaker',
    join_at: null,
    recording_config: {
      audio_mixed_mp3: { metadata: {} },
      video_mixed_mp4: null,
      retention: { type: 'timed', hours: 168 },
    },
    status_changes: [
      statusChange('joining_call', '2026-03-02T09:00:02.100000Z'),
      statusChange('in_waiting_room', '2026-03-02T09:00:09.000000Z'),
      statusChange('in_call_not_recording', '2026-03-02T09:00:19.000000Z'),
      statusChange('in_call_recording', '2026-03-02T09:00:20.000000Z'),
      statusChange('call_ended', '2026-03-02T09:31:00.000000Z', 'call_ended_by_host'),
      statusChange('done', '2026-03-02T09:31:09.000000Z'),
    ],
    recordings: [
      {
        id: '4ec00000-0000-4000-8000-000000000001',
        created_at: '2026-03-02T09:00:01.000000Z',
        started_at: '2026-03-02T09:00:20.000000Z',
        completed_at: '2026-03-02T09:31:05.000000Z',
        expires_at: '2026-03-09T09:31:05.000000Z',
        status: { code: 'done', sub_code: null, updated_at: '2026-03-02T09:31:05.000000Z' },
        media_shortcuts: {
          video_mixed: null,
          transcript: null,
          participant_events: null,
          meeting_metadata: null,
          audio_mixed: mediaAnswer(),
        },
        metadata: {},
      },
    ],
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
    metadata: {},
    ...changes,
  };
}

/** The answer about a mixed audio item. */
export function mediaAnswer(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'a0d10000-0000-4000-8000-000000000001',
    created_at: '2026-03-02T09:00:20.000000Z',
    status: { code: 'done', sub_code: null, updated_at: '2026-03-02T09:31:08.000000Z' },
    metadata: {},
    data: { download_url: 'https://bucket.s3.amazonaws.com/audio.mp3?Signature=x' },
    format: 'mp3',
    ...changes,
  };
}

/** An entry of `status_changes`. */
export function statusChange(
  code: string,
  createdAt: string,
  subCode: string | null = null,
): Record<string, unknown> {
  return { code, message: null, created_at: createdAt, sub_code: subCode };
}

/** An answer with one page of a list. */
export function pageAnswer(results: readonly unknown[], next: unknown = null): Record<string, unknown> {
  return { count: results.length, next, previous: null, results };
}
