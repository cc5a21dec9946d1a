import assert from 'node:assert/strict';
import { botTimeline, describeBot, mayBeHad } from '../../../src/descriptions/botDescription.ts';
import type { BotDescription, BotSurroundings } from '../../../src/descriptions/botDescription.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import type { KnownBot } from '../../../src/bots/botStore.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from '../bots/botAnswers.ts';
import type { BotAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';

const DEFAULT_NAME = 'Meeting Notetaker';
const HOUR = 3600;

/** Those that are on disk are the saved ones. */
function knownBot(bot: Bot, { onDisk = [] }: Partial<BotSurroundings> = {}): KnownBot {
  return { bot, record: { ...blankRecord(bot.id), saved: [...onDisk] } };
}

function describeOne(bot: Bot, around: Partial<BotSurroundings> = {}): BotDescription {
  return describeBot(knownBot(bot, around), {
    now: NINE + 200_000,
    download: undefined,
    onDisk: [],
    othersOnDisk: new Set(),
    paused: undefined,
    defaultName: DEFAULT_NAME,
    ...around,
  });
}

const status = (bot: Bot, around: Partial<BotSurroundings> = {}): string | undefined =>
  describeOne(bot, around).detail.split(' · ')[0];

describe('what is not known of a bot', () => {
  it('is not claimed: without a word of an MP3 it is recorded, without a tick', () => {
    const told = describeOne(botAnswer({ statuses: DONE, recordings: [{ audio: null }] }));
    assert.equal(told.detail.split(' · ')[0], 'Recorded');
    assert.equal(told.icon.codicon, 'circle-outline');
    assert.ok(told.abilities.has('canDownload'));
    assert.equal(describeOne(botAnswer({ statuses: DONE, recordings: [{}] })).icon.codicon, 'pass');
  });

  it('is a failed recording where Recall says so, with nothing to download', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{ status: 'failed', audio: null }] });
    const told = describeOne(bot);
    assert.equal(told.detail.split(' · ')[0], 'Recording failed');
    assert.equal(told.icon.codicon, 'error');
    assert.ok(!told.abilities.has('canDownload') && !told.abilities.has('nextDownload'));
    assert.equal(mayBeHad(MP3, bot, NINE), false);
  });

  it('is no MP3 where none was asked for, which has an icon of its own', () => {
    const without = describeOne(
      botAnswer({ statuses: DONE, withoutMp3: true, recordings: [{ audio: null }] }),
    );
    assert.equal(without.icon.codicon, 'circle-slash');
    const live = describeOne(botAnswer({ statuses: RECORDING, withoutMp3: true }));
    assert.equal(live.icon.codicon, 'record');
  });
});

describe('the status of a bot in words', () => {
  it('says how long a recording runs', () => {
    assert.equal(
      status(botAnswer({ statuses: RECORDING }), { now: NINE + 20_000 + 724_000 }),
      'Recording 12:04',
    );
  });

  it('says how long a bot will still wait to be admitted', () => {
    const bot = botAnswer({
      statuses: [
        ['joining_call', 0],
        ['in_waiting_room', 60],
      ],
    });
    assert.equal(status(bot, { now: NINE + 120_000 }), 'Waiting to be admitted, 19 min left');
  });

  it('knows that Google Meet ends the wait sooner', () => {
    const bot = botAnswer({
      statuses: [['in_waiting_room', 0]],
      meetingUrl: { platform: 'google_meet', meeting_id: 'a-b-c' },
    });
    assert.equal(status(bot, { now: NINE }), 'Waiting to be admitted, 10 min left');
  });

  it('has no tick yet while Recall is making the MP3', () => {
    const icon = (code: string): string =>
      describeOne(botAnswer({ statuses: DONE, recordings: [{ audio: { code } }] })).icon.codicon;
    assert.deepEqual([icon('processing'), icon('done')], ['gear', 'pass']);
  });

  it('tells ready, in the making, failed and deleted apart', () => {
    const done = (recording: object): string | undefined =>
      status(botAnswer({ statuses: DONE, recordings: [recording] }));
    assert.equal(done({}), 'MP3 ready');
    assert.equal(done({ audio: { code: 'processing' } }), 'Making the MP3');
    assert.equal(done({ audio: { code: 'failed' } }), 'MP3 failed');
    assert.equal(done({ status: 'deleted' }), 'Deleted');
  });

  it('says failed, in words and by its icon, only when there is no MP3 beside the one that failed', () => {
    const look = (...codes: string[]): string => {
      const recordings = codes.map((code) => ({ audio: { code } }));
      const { detail, icon } = describeOne(botAnswer({ statuses: DONE, recordings }));
      return `${detail.split(' · ')[0] ?? ''} ${icon.codicon}`;
    };
    assert.equal(look('failed'), 'MP3 failed error');
    assert.equal(look('done', 'failed'), 'MP3 ready pass');
    assert.equal(look('processing', 'failed'), 'Making the MP3 gear');
  });

  it('says why a bot failed, or did not record, in two or three words', () => {
    const fatal = (subCode?: string) =>
      botAnswer({
        statuses: [['joining_call', 0], subCode === undefined ? ['fatal', 1] : ['fatal', 1, subCode]],
      });
    assert.equal(status(fatal('meeting_not_started')), 'Meeting not started');
    assert.equal(status(fatal('meeting_password_incorrect')), 'Wrong passcode');
    assert.equal(status(fatal('brand_new_reason')), 'Failed');
    assert.equal(status(fatal()), 'Failed');
    const ended = (subCode: string, ...more: [code: string, second: number][]) =>
      botAnswer({ statuses: [['joining_call', 0], ...more, ['call_ended', 90, subCode], ['done', 100]] });
    assert.equal(status(ended('bot_kicked_from_waiting_room')), 'Turned away');
    assert.equal(status(ended('timeout_exceeded_noone_joined')), 'Nobody came');
    assert.equal(status(ended('brand_new_reason')), 'Nothing recorded');
    assert.equal(status(ended('call_ended_by_host', ['in_call_recording', 20])), 'Nothing recorded');
  });

  it('says why a call ended while Recall is still at work', () => {
    const finishing = (...subCode: string[]) =>
      botAnswer({
        statuses: [...RECORDING, ['call_ended', 100, ...subCode]] as NonNullable<BotAnswer['statuses']>,
        recordings: [{}],
      });
    assert.equal(status(finishing('timeout_exceeded_everyone_left')), 'Everyone left');
    assert.equal(status(finishing()), 'Call ended');
  });

  it('says that nothing was recorded, or that no MP3 was asked for', () => {
    assert.equal(status(botAnswer({ statuses: DONE })), 'Nothing recorded');
    assert.equal(
      status(botAnswer({ statuses: DONE, recordings: [{}], withoutMp3: true })),
      'No MP3 asked for',
    );
  });

  it('warns a day before an MP3 is deleted that is not here, and not when it is', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{ expiresAt: atSecond(200 + 5 * HOUR) }] });
    assert.equal(status(bot), 'MP3 deleted in 5 h');
    assert.equal(describeOne(bot).icon.codicon, 'warning');
    assert.equal(status(bot, { onDisk: [savedMp3(1)] }), 'Saved');
  });

  it('does not warn while the bot is in the call', () => {
    const recordings = [{ completedAt: null, audio: null, expiresAt: atSecond(200 + 5 * HOUR) }];
    const { detail, icon } = describeOne(botAnswer({ statuses: RECORDING, recordings }));
    assert.match(detail, /^Recording \d/);
    assert.equal(icon.codicon, 'record');
  });

  it('says Saved only when every MP3 that can be had is here', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}, {}] });
    const half = describeOne(bot, { onDisk: [savedMp3(1)] });
    assert.match(half.detail, /^1 of 2 saved · /);
    assert.equal(half.icon.codicon, 'pass');
    assert.equal(status(bot, { onDisk: [savedMp3(1), savedMp3(2)] }), 'Saved');
    const other = botAnswer({ statuses: DONE, recordings: [{}, { audio: { code: 'failed' } }] });
    assert.equal(status(other, { onDisk: [savedMp3(1)] }), 'Saved');
  });

  it('stays Saved when Recall has nothing of it any more', () => {
    const gone = botAnswer({ statuses: [...DONE, ['media_expired', 900]], recordings: [] });
    assert.equal(status(gone, { onDisk: [savedMp3(1)] }), 'Saved');
  });

  it('goes on with a live bot whose first recording is saved already', () => {
    const bot = botAnswer({ statuses: RECORDING, recordings: [{}, { completedAt: null, audio: null }] });
    assert.match(status(bot, { onDisk: [savedMp3(1)] }) ?? '', /^Recording \d/);
  });

  it('warns of the MP3 that is missing, not of one that is here', () => {
    const recordings = [{ expiresAt: atSecond(200 + 2 * HOUR) }, { expiresAt: atSecond(200 + 5 * HOUR) }];
    const bot = botAnswer({ statuses: DONE, recordings });
    assert.equal(status(bot, { onDisk: [savedMp3(1)] }), 'MP3 deleted in 5 h');
  });

  it('tells behind the status how long the recording is, all together when there are several', () => {
    const first = { startedAt: atSecond(20), completedAt: atSecond(20 + 1785) };
    const second = { startedAt: atSecond(2000), completedAt: atSecond(2000 + 3600) };
    const detail = (recordings: readonly object[]): string[] =>
      describeOne(botAnswer({ statuses: DONE, recordings }))
        .detail.split(' · ')
        .slice(0, 2);
    assert.deepEqual(detail([first]), ['MP3 ready', '29:45']);
    assert.deepEqual(detail([first, second]), ['MP3 ready', '2 recordings, 1:29:45']);
    assert.deepEqual(detail([first, { completedAt: null }]), ['MP3 ready', '2 recordings, 29:45']);
    const live = describeOne(botAnswer({ statuses: RECORDING, recordings: [first] }));
    assert.doesNotMatch(live.detail, /29:45/);
  });

  it('takes media whose time is over for expired, whatever the bot says', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{ expiresAt: atSecond(150) }] });
    assert.equal(status(bot), 'Media expired');
  });

  it('shows a download in place, and where a paused one stands', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}] });
    const progress = {
      kind: 'receiving',
      receivedBytes: 43,
      totalBytes: 100,
      bytesPerSecond: undefined,
      remainingMs: undefined,
      resumedFromBytes: 0,
    } as const;
    assert.equal(
      status(bot, { download: { kind: 'downloading', file: 1, files: 1, progress } }),
      'Downloading 43%',
    );
    assert.equal(
      status(bot, { download: { kind: 'downloading', file: 2, files: 4, progress } }),
      'Downloading 2 of 4 43%',
    );
    assert.equal(status(bot, { paused: { kind: MP3, receivedBytes: 43, totalBytes: 100 } }), 'Paused at 43%');
  });

  it('shows a saved video where there is no MP3, and only there', () => {
    const without = botAnswer({ statuses: DONE, recordings: [{ audio: null, video: {} }] });
    assert.equal(status(without, { othersOnDisk: new Set([VIDEO]) }), 'Video saved');
    assert.equal(describeOne(without, { othersOnDisk: new Set([VIDEO]) }).icon.codicon, 'play-circle');
    assert.notEqual(status(without), 'Video saved');
    const raw = botAnswer({ statuses: DONE, recordings: [{ audio: { format: 'raw' }, video: {} }] });
    assert.equal(status(raw, { othersOnDisk: new Set([VIDEO]) }), 'Video saved');
    const both = botAnswer({ statuses: DONE, recordings: [{ video: {} }] });
    assert.equal(status(both, { othersOnDisk: new Set([VIDEO]) }), 'MP3 ready');
    assert.equal(status(both, { othersOnDisk: new Set([VIDEO]), onDisk: [savedMp3(1)] }), 'Saved');
  });

  it('says which kind of media is waited for', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}] });
    const waitingFor = (media: MediaKind): string | undefined =>
      status(bot, { download: { kind: 'waitingForRecall', media } });
    assert.equal(waitingFor(MP3), 'Waiting for the MP3');
    assert.equal(waitingFor(VIDEO), 'Waiting for the video');
  });

  it('shows an unknown code as it is', () => {
    assert.match(status(botAnswer({ statuses: [['teleporting_now', 0]] })) ?? '', /teleporting.now/i);
  });
});

describe('what can be done with a bot', () => {
  const abilities = (bot: Bot, around: Partial<BotSurroundings> = {}): string[] =>
    [...describeOne(bot, around).abilities].toSorted();

  it('live: leave', () => {
    assert.deepEqual(abilities(botAnswer({ statuses: RECORDING })), ['canLeave']);
  });

  it('scheduled: cancel', () => {
    assert.deepEqual(abilities(botAnswer({ statuses: [], joinAt: atSecond(9999) })), ['canCancel']);
  });

  it('over with a recording: download and delete', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}] });
    assert.deepEqual(abilities(bot), ['canDeleteMedia', 'canDownload', 'canTranscribe', 'nextDownload']);
  });

  it('saved: open; downloading again is not the next thing to do', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}] });
    assert.deepEqual(abilities(bot, { onDisk: [savedMp3(1)] }), [
      'canDeleteMedia',
      'canDownload',
      'canTranscribe',
      'saved',
    ]);
  });

  it('saved in part: open, and downloading the rest is the next thing to do', () => {
    const bot = botAnswer({ statuses: DONE, recordings: [{}, {}] });
    assert.deepEqual(abilities(bot, { onDisk: [savedMp3(2)] }), [
      'canDeleteMedia',
      'canDownload',
      'canTranscribe',
      'nextDownload',
      'saved',
    ]);
  });

  describe('with a video', () => {
    const withVideo = (rest: Partial<BotAnswer> = {}): Bot =>
      botAnswer({ statuses: DONE, recordings: [{ audio: null, video: {} }], ...rest });
    const videoPaused = { paused: { kind: VIDEO, receivedBytes: 43, totalBytes: 100 } };

    it('over: download the video, after the MP3', () => {
      assert.deepEqual(abilities(withVideo()), [
        'canDeleteMedia',
        'canDownload',
        'canDownloadVideo',
        'canTranscribe',
        'nextDownload',
      ]);
    });

    it('no MP3 was asked for: the video is the next thing to download', () => {
      assert.deepEqual(abilities(withVideo({ withoutMp3: true })), [
        'canDeleteMedia',
        'canDownloadVideo',
        'canTranscribe',
        'nextVideoDownload',
      ]);
    });

    it('saved in the place of the MP3: open it', () => {
      const words = abilities(withVideo(), { othersOnDisk: new Set([VIDEO]) });
      assert.ok(words.includes('videoInstead') && words.includes('videoSaved'));
      assert.ok(!words.includes('nextDownload') && !words.includes('nextVideoDownload'));
    });

    it('saved beside an MP3: the MP3 comes first', () => {
      const bot = withVideo({ recordings: [{ video: {} }] });
      const words = abilities(bot, { othersOnDisk: new Set([VIDEO]), onDisk: [savedMp3(1)] });
      assert.ok(words.includes('saved') && words.includes('videoSaved') && !words.includes('videoInstead'));
    });

    it('paused: go on with the video, not with the MP3, also when only the list tells of it', () => {
      for (const bot of [withVideo(), botAnswer({ statuses: DONE, recordings: [{ audio: null }] })]) {
        const words = abilities(bot, videoPaused);
        assert.ok(words.includes('nextVideoDownload') && words.includes('canDownloadVideo'));
        assert.ok(!words.includes('nextDownload'));
      }
    });

    it('not over, not made, deleted or expired: no word of it', () => {
      const statuses = [...DONE];
      for (const bot of [
        withVideo({ statuses: RECORDING }),
        withVideo({ statuses, recordings: [{ video: { code: 'processing' } }] }),
        withVideo({ statuses, recordings: [{ video: { code: 'deleted' } }] }),
        withVideo({ statuses, recordings: [{ video: {}, status: 'deleted' }] }),
        withVideo({ statuses, recordings: [{ video: {}, expiresAt: atSecond(150) }] }),
      ]) {
        assert.ok(!abilities(bot).some((word) => /video/i.test(word)));
      }
    });
  });

  it('expired or deleted: nothing', () => {
    const statuses = [...DONE, ['media_expired', 900]] as const;
    for (const bot of [
      botAnswer({ statuses, recordings: [] }),
      botAnswer({ statuses, recordings: [{}] }),
      botAnswer({ statuses: DONE, recordings: [{ status: 'deleted' }] }),
    ]) {
      assert.deepEqual(abilities(bot), []);
      assert.equal(mayBeHad(MP3, bot, NINE), false);
    }
  });

  it('tells a screen reader everything in one sentence', () => {
    const bot = botAnswer({ name: 'Weekly sync', statuses: DONE, recordings: [{}] });
    assert.match(describeOne(bot).spoken, /^Weekly sync, Zoom, MP3 ready, 1:25 long, /);
  });

  it('lists the recordings with their length, their MP3 and how long they are kept', () => {
    const expiresAt = atSecond(9 * 24 * HOUR);
    const bot = botAnswer({
      statuses: DONE,
      recordings: [
        { startedAt: atSecond(20), completedAt: atSecond(20 + 1785), expiresAt },
        { startedAt: atSecond(2000), completedAt: null, audio: { code: 'processing' } },
      ],
    });
    const lines = botTimeline(knownBot(bot), [], NINE).filter((line) => line.startsWith('Recording '));
    assert.match(lines[0] ?? '', /^Recording 1, MP3 ready, 29:45, kept by Recall until .*2026/);
    assert.equal(lines[1], 'Recording 2, Making the MP3');
  });

  it('keeps the reason of the end, with its code, in the timeline', () => {
    const timeline = botTimeline(knownBot(botAnswer({ statuses: DONE, recordings: [{}] })), [], NINE);
    assert.ok(timeline.some((line) => line.includes('call_ended_by_host')));
  });
});
