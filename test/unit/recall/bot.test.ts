import assert from 'node:assert/strict';
import { readBot, readBotPage, readMediaItem, readMediaItemPage, timeOf } from '../../../src/recall/bot.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { botAnswer, mediaAnswer, pageAnswer, statusChange } from './botAnswer.ts';

function bot(changes: Readonly<Record<string, unknown>> = {}): Bot {
  const read = readBot(botAnswer(changes));
  assert.ok(read);
  return read;
}

describe('readBot', () => {
  it('reads a whole bot', () => {
    assert.deepEqual(bot(), {
      id: 'b0700000-0000-4000-8000-000000000002',
      meeting: { url: undefined, platform: 'google_meet', meetingId: 'kqz-mwvp-trb' },
      name: 'Notetaker',
      joinAt: undefined,
      waitingRoomTimeoutSeconds: undefined,
      requested: { audio_mixed_mp3: { provider: undefined }, retention: { provider: undefined } },
      statusChanges: [
        change('joining_call', '2026-03-02T09:00:02.100000Z'),
        change('in_waiting_room', '2026-03-02T09:00:09.000000Z'),
        change('in_call_not_recording', '2026-03-02T09:00:19.000000Z'),
        change('in_call_recording', '2026-03-02T09:00:20.000000Z'),
        change('call_ended', '2026-03-02T09:31:00.000000Z', 'call_ended_by_host'),
        change('done', '2026-03-02T09:31:09.000000Z'),
      ],
      recordings: [
        {
          id: '4ec00000-0000-4000-8000-000000000001',
          createdAt: '2026-03-02T09:00:01.000000Z',
          startedAt: '2026-03-02T09:00:20.000000Z',
          completedAt: '2026-03-02T09:31:05.000000Z',
          expiresAt: '2026-03-09T09:31:05.000000Z',
          status: { code: 'done', subCode: undefined },
          title: undefined,
          participantsUrl: undefined,
          speakerTimelineUrl: undefined,
          media: {
            audio_mixed: {
              id: 'a0d10000-0000-4000-8000-000000000001',
              createdAt: '2026-03-02T09:00:20.000000Z',
              status: { code: 'done', subCode: undefined },
              format: 'mp3',
              downloadUrl: 'https://bucket.s3.amazonaws.com/audio.mp3?Signature=x',
            },
          },
        },
      ],
      metadata: {},
    });
  });

  it('needs nothing but the id', () => {
    assert.deepEqual(readBot({ id: 'b1' }), {
      id: 'b1',
      meeting: { url: undefined, platform: undefined, meetingId: undefined },
      name: undefined,
      joinAt: undefined,
      waitingRoomTimeoutSeconds: undefined,
      requested: undefined,
      statusChanges: [],
      recordings: [],
      metadata: {},
    });
  });

  it('reads how long the bot waits to be admitted, and nothing that is not a length of time', () => {
    const timeout = (automatic_leave: unknown): unknown =>
      readBot({ id: 'b1', automatic_leave })?.waitingRoomTimeoutSeconds;
    assert.equal(timeout({ waiting_room_timeout: 600 }), 600);
    for (const odd of [null, {}, 'soon', { waiting_room_timeout: '600' }, { waiting_room_timeout: -1 }]) {
      assert.equal(timeout(odd), undefined);
    }
  });

  it('is nothing without a usable id', () => {
    for (const id of [
      undefined,
      null,
      7,
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a b',
      'ä',
      'x'.repeat(101),
      '\ud800',
    ])
      assert.equal(readBot(botAnswer({ id })), undefined, String(id));
    for (const answer of [undefined, null, 'bot', 7, [], [botAnswer()]])
      assert.equal(readBot(answer), undefined);
  });

  it('reads the meeting in all forms that a cleared one may have', () => {
    const nothing = { url: undefined, platform: undefined, meetingId: undefined };
    for (const meeting_url of [null, {}, '', ' ', 'cleared', 7, [], undefined])
      assert.deepEqual(bot({ meeting_url }).meeting, nothing, JSON.stringify(meeting_url));
    const answer = botAnswer();
    delete answer.meeting_url;
    assert.deepEqual(readBot(answer)?.meeting, nothing);
    assert.deepEqual(bot({ meeting_url: { platform: 'zoom', meeting_id: null } }).meeting, {
      ...nothing,
      platform: 'zoom',
    });
    assert.deepEqual(bot({ meeting_url: 'https://meet.google.com/kqz-mwvp-trb' }).meeting, {
      ...nothing,
      url: 'https://meet.google.com/kqz-mwvp-trb',
    });
  });

  it('holds no password of the meeting anywhere', () => {
    for (const meeting_url of [
      { meeting_id: '9', meeting_password: 'hush', platform: 'zoom' },
      { meeting_id: null, business_meeting_password: 'hush', platform: 'microsoft_teams' },
      'https://zoom.us/j/9?pwd=hush',
      'https://user:hush@zoom.us/w/9?tk=hush&zak=hush#hush',
      'zoommtg://zoom.us/join?confno=9&pwd=hush',
      'https://teams.live.com/meet/9?p=hush',
      'zoom.us/j/9?pwd=hush',
    ])
      assert.doesNotMatch(JSON.stringify(bot({ meeting_url })), /hush/);
  });

  it('passes unknown codes, platforms and formats through', () => {
    const read = bot({
      meeting_url: { platform: 'hologram' },
      status_changes: [statusChange('beamed_up', '2026-03-02T09:00:00Z', 'by_scotty')],
      recordings: [
        {
          id: 'r1',
          status: { code: 'pickled', sub_code: 'in_brine' },
          media_shortcuts: {
            audio_mixed: mediaAnswer({ format: 'opus', status: { code: 'baking', sub_code: null } }),
          },
        },
      ],
    });
    assert.equal(read.meeting.platform, 'hologram');
    assert.deepEqual(read.statusChanges[0], change('beamed_up', '2026-03-02T09:00:00Z', 'by_scotty'));
    assert.deepEqual(read.recordings.at(0)?.status, { code: 'pickled', subCode: 'in_brine' });
    const audio = read.recordings.at(0)?.media.audio_mixed;
    assert.deepEqual([audio?.format, audio?.status?.code], ['opus', 'baking']);
  });

  it('tells what it was asked for, and of that the provider alone; nothing when the answer does not say', () => {
    const requested = (recording_config: unknown): Bot['requested'] => bot({ recording_config }).requested;
    const asked = { provider: undefined };
    assert.deepEqual(requested({ audio_mixed_mp3: {} }), { audio_mixed_mp3: asked });
    assert.deepEqual(requested({ audio_mixed_mp3: null, audio_mixed_raw: {} }), { audio_mixed_raw: asked });
    assert.deepEqual(requested({ transcript: { provider: { meeting_captions: {} } } }), {
      transcript: { provider: 'meeting_captions' },
    });
    assert.deepEqual(
      requested({ transcript: { provider: { meeting_captions: null, other: { key: 'K' } } } }),
      {
        transcript: { provider: 'other' },
      },
    );
    for (const provider of [null, 'captions', [], {}])
      assert.deepEqual(requested({ transcript: { provider } }), { transcript: asked });
    assert.deepEqual(requested({ realtime_endpoints: [{ url: 'https://x/?token=S' }], layout: 'grid' }), {});
    for (const unknown of [null, undefined, [], 'all']) assert.equal(requested(unknown), undefined);
  });

  it('puts the status changes in order, and leaves one without a time where it was', () => {
    const codes = (changes: readonly unknown[]): string[] =>
      bot({ status_changes: changes }).statusChanges.map((entry) => entry.code);
    assert.deepEqual(
      codes([
        statusChange('done', '2026-03-02T11:00:00+00:00'),
        statusChange('joining_call', '2026-03-02T10:00:00Z'),
        statusChange('in_call_recording', '2026-03-02T12:30:00.5+02:00'),
      ]),
      ['joining_call', 'in_call_recording', 'done'],
    );
    assert.deepEqual(
      codes([
        statusChange('joining_call', '2026-03-02T10:00:00Z'),
        statusChange('done', '2026-03-02T11:00:00Z'),
        { code: 'media_expired', created_at: 'unreadable' },
      ]),
      ['joining_call', 'done', 'media_expired'],
    );
    assert.deepEqual(codes([{ code: 'a' }, { code: 'b' }, { code: 'c' }]), ['a', 'b', 'c']);
  });

  it('leaves out entries that are not what they should be, and keeps the others', () => {
    const read = bot({
      status_changes: [null, 7, {}, { code: 5 }, statusChange('done', '2026-03-02T09:00:00Z')],
      recordings: [null, { id: 7 }, { id: 'r1', status: 'done', media_shortcuts: [] }],
    });
    assert.deepEqual(
      read.statusChanges.map((entry) => entry.code),
      ['done'],
    );
    assert.deepEqual(
      read.recordings.map((entry) => [entry.id, entry.status, entry.media.audio_mixed]),
      [['r1', undefined, undefined]],
    );
    assert.deepEqual(bot({ status_changes: 'x', recordings: {} }).recordings, []);
  });

  it('reads shortcuts that are absent, null, processing and done', () => {
    const shortcut = (media_shortcuts: unknown): unknown =>
      bot({ recordings: [{ id: 'r1', media_shortcuts }] }).recordings[0]?.media.audio_mixed;
    for (const none of [undefined, null, {}, { audio_mixed: null }, { audio_mixed: { id: 'a/b' } }])
      assert.equal(shortcut(none), undefined);
    assert.deepEqual(
      shortcut({
        audio_mixed: mediaAnswer({ status: { code: 'processing' }, data: { download_url: null } }),
      }),
      {
        id: 'a0d10000-0000-4000-8000-000000000001',
        createdAt: '2026-03-02T09:00:20.000000Z',
        status: { code: 'processing', subCode: undefined },
        format: 'mp3',
        downloadUrl: undefined,
      },
    );
  });

  it('reads where the list of people is, and nothing that is no address', () => {
    const urlOf = (participant_events: unknown): string | undefined =>
      bot({ recordings: [{ id: 'r1', media_shortcuts: { participant_events } }] }).recordings[0]
        ?.participantsUrl;
    const participants_download_url = 'https://us-west-2.recall.ai/api/v1/download/participants?token=a';
    assert.equal(urlOf({ id: 'p', data: { participants_download_url } }), participants_download_url);
    for (const none of [
      ...[undefined, null, 'p', {}, { data: null }, { data: {} }],
      ...[{ data: { participants_download_url: null } }, { data: { participants_download_url: 7 } }],
    ])
      assert.equal(urlOf(none), undefined);
  });

  it('reads the title of a meeting, which may be absent, null or of another type', () => {
    const titleOf = (meeting_metadata: unknown): string | undefined =>
      bot({ recordings: [{ id: 'r1', media_shortcuts: { meeting_metadata } }] }).recordings[0]?.title;
    assert.equal(titleOf({ id: 'm1', data: { title: ' Weekly sync ' } }), 'Weekly sync');
    assert.equal(titleOf({ data: { title: 'x'.repeat(100_000) } })?.length, 500);
    for (const data of [undefined, null, {}, { title: null }, { title: 7 }, { title: ' ' }, 'x'])
      assert.equal(titleOf({ id: 'm1', data }), undefined);
    for (const none of [undefined, null, 'x', []]) assert.equal(titleOf(none), undefined);
  });

  it('keeps the metadata that is text', () => {
    const metadata = JSON.parse('{"a":"x","b":null,"c":{"d":1},"__proto__":"y"}') as unknown;
    const read = bot({ metadata }).metadata;
    assert.deepEqual(Object.entries(read), [
      ['a', 'x'],
      ['__proto__', 'y'],
    ]);
    for (const none of [null, 'x', 7, undefined]) assert.deepEqual(bot({ metadata: none }).metadata, {});
  });
});

describe('readMediaItem', () => {
  it('reads an item whose address is null or missing', () => {
    for (const data of [{ download_url: null }, {}, null, 'x', undefined])
      assert.equal(readMediaItem(mediaAnswer({ data }))?.downloadUrl, undefined);
  });

  it('is nothing without an id', () => {
    for (const answer of [{}, null, mediaAnswer({ id: null }), mediaAnswer({ id: '..' })])
      assert.equal(readMediaItem(answer), undefined);
  });
});

describe('pages', () => {
  it('are read with and without a count', () => {
    const page = readBotPage(pageAnswer([botAnswer()], 'https://us-west-2.recall.ai/api/v1/bot/?page=2'));
    assert.equal(page?.items.length, 1);
    assert.equal(page.next, 'https://us-west-2.recall.ai/api/v1/bot/?page=2');
    assert.equal(page.total, 1);
    const media = readMediaItemPage({ next: null, previous: null, results: [mediaAnswer()] });
    assert.deepEqual([media?.items.length, media?.next, media?.total], [1, undefined, undefined]);
    for (const count of ['7', -1, 1.5, null])
      assert.equal(readBotPage({ results: [], count })?.total, undefined);
  });

  it('leave out what is not an item and end where next is nothing', () => {
    for (const next of [null, undefined, '', 7, {}]) {
      const page = readBotPage({ results: [null, {}, { id: 'b1' }], next });
      assert.deepEqual([page?.items.map((item) => item.id), page?.next], [['b1'], undefined]);
    }
  });

  it('are nothing when the answer has no list of results', () => {
    for (const answer of [null, [], {}, { results: {} }, 'x']) {
      assert.equal(readBotPage(answer), undefined);
      assert.equal(readMediaItemPage(answer), undefined);
    }
  });
});

describe('timeOf', () => {
  it('reads both ways of writing a zone', () => {
    assert.equal(timeOf('2026-03-02T09:00:00.100000Z'), Date.UTC(2026, 2, 2, 9, 0, 0, 100));
    assert.equal(timeOf('2026-03-02T09:00:00+00:00'), Date.UTC(2026, 2, 2, 9));
  });

  it('is before all times when there is none', () => {
    assert.equal(timeOf(undefined), Number.NEGATIVE_INFINITY);
    assert.equal(timeOf('soon'), Number.NEGATIVE_INFINITY);
  });
});

function change(
  code: string,
  createdAt: string,
  subCode?: string,
): { code: string; subCode: string | undefined; message: undefined; createdAt: string } {
  return { code, subCode, message: undefined, createdAt };
}
