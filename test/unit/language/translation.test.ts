import assert from 'node:assert/strict';
import { botTimeline, describeBot } from '../../../src/descriptions/botDescription.ts';
import type { BotSurroundings } from '../../../src/descriptions/botDescription.ts';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { formatRemaining } from '../../../src/descriptions/format.ts';
import { readJoinTime } from '../../../src/bots/joinTime.ts';
import {
  judgeItem,
  judgeMissingItem,
  judgeNoRecordings,
  stillProcessing,
} from '../../../src/media/mediaReadiness.ts';
import type { MediaVerdict } from '../../../src/media/mediaReadiness.ts';
import { judgeAnswer, otherContentError } from '../../../src/download/answer.ts';
import type { Asked } from '../../../src/download/answer.ts';
import { formatBytes } from '../../../src/language/formats.ts';
import { DownloadError, cancelledError } from '../../../src/download/errors.ts';
import { describeFileError, diskFullError } from '../../../src/download/fileErrors.ts';
import { renderFileName } from '../../../src/download/naming/fileName.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import { resolveDownloadFolder } from '../../../src/download/naming/folder.ts';
import { parseMediaUrl } from '../../../src/download/mediaUrl.ts';
import { busyError } from '../../../src/download/partClaim.ts';
import { TimedOutError } from '../../../src/network/abort.ts';
import { describeNetworkFailure } from '../../../src/network/failure.ts';
import { refusal } from '../../../src/recall/apiErrors.ts';
import { apiOriginOf } from '../../../src/recall/apiOrigin.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { readExtensionUri } from '../../../src/extensionUri.ts';
import { readMeetingUrl } from '../../../src/meetings/meetingUrl.ts';
import { REGIONS, regionPlace } from '../../../src/recall/regions.ts';
import { explainEnd, statusWords } from '../../../src/recall/statusWords.ts';
import { documented } from '../recall/documentedSubCodes.ts';
import { DONE, NINE, atSecond, botAnswer } from '../bots/botAnswers.ts';
import { savedMp3 } from '../bots/savedMp3.ts';
import type { BotAnswer, RecordingAnswer } from '../bots/botAnswers.ts';
import { assertTranslated, speakEnglish, speakPseudo } from './pseudoLanguage.ts';
import { mediaKinds } from '../../../src/media/kinds.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';
import { MP3_FILE, MP4_FILE } from '../../../src/download/fileFormats.ts';

const STATUSES = [
  'ready',
  'joining_call',
  'in_waiting_room',
  'participant_in_waiting_room',
  'in_call_not_recording',
  'recording_permission_allowed',
  'recording_permission_denied',
  'in_call_recording',
  'recording_done',
  'call_ended',
  'done',
  'fatal',
  'media_expired',
  'analysis_done',
  'analysis_failed',
  'breakout_room_entered',
  'breakout_room_left',
  'breakout_room_opened',
  'breakout_room_closed',
];

const NOW = NINE + 200_000;

const AROUND: BotSurroundings = {
  now: NOW,
  download: undefined,
  onDisk: [],
  othersOnDisk: new Set(),
  paused: undefined,
  defaultName: 'Notetaker',
};

/** What is said of a bot in the tree and to a screen reader. */
function assertDescribed(answer: BotAnswer, around: Partial<BotSurroundings> = {}): void {
  const bot = botAnswer(answer);
  const { detail, spoken } = describeBot({ bot, record: blankRecord(bot.id) }, { ...AROUND, ...around });
  assertTranslated(detail);
  assertTranslated(spoken, 'Zoom');
}

const recorded = (...recordings: readonly RecordingAnswer[]): BotAnswer => ({ statuses: DONE, recordings });

describe('in another language', () => {
  before(speakPseudo);
  after(speakEnglish);

  for (const status of STATUSES) {
    it(`describes a bot that is ${status}`, () => {
      assertDescribed({ statuses: [[status, 0]] });
      assertDescribed({ statuses: [[status, 0]], joinAt: atSecond(9000) });
      assertTranslated(statusWords(status).label);
    });
  }

  it('describes what became of a recording', () => {
    const answers: readonly BotAnswer[] = [
      recorded(),
      recorded({}),
      recorded({ audio: { code: 'processing' } }),
      recorded({ audio: { code: 'failed' } }),
      recorded({ audio: null }),
      recorded({ status: 'deleted' }),
      recorded({ expiresAt: atSecond(150) }),
      recorded({ expiresAt: atSecond(9000) }),
      { ...recorded({}), withoutMp3: true },
    ];
    for (const answer of answers) assertDescribed(answer);
  });

  it('describes downloads', () => {
    const progress = { kind: 'verifying', receivedBytes: 5_000_000, totalBytes: 10_000_000 } as const;
    for (const download of [
      { kind: 'waitingForRecall', media: MP3 },
      { kind: 'waitingForRecall', media: VIDEO },
      { kind: 'queued' },
      { kind: 'downloading', file: 1, files: 1, progress },
      { kind: 'downloading', file: 1, files: 2, progress },
    ] as const) {
      assertDescribed(recorded({}), { download });
    }
    const bot = botAnswer(recorded({}));
    const saved = savedMp3(1);
    assertTranslated(
      describeBot({ bot, record: { ...blankRecord(bot.id), saved: [saved] } }, { ...AROUND, onDisk: [saved] })
        .detail,
    );
    assertDescribed(recorded({}), {
      paused: { kind: MP3, receivedBytes: 5_000_000, totalBytes: undefined },
    });
    assertDescribed(recorded({ audio: null }), { othersOnDisk: new Set([VIDEO]) });
    for (const bytes of [0, 1, 2, 5e3, 5e6, 5e9, 5e12]) assertTranslated(formatBytes(bytes));
    for (const ms of [5000, 600_000, 9e6]) assertTranslated(formatRemaining(ms));
  });

  it('tells the course of a bot', () => {
    const answer = recorded(
      { expiresAt: atSecond(9000) },
      { audio: { code: 'processing' } },
      { audio: { code: 'failed' } },
      { audio: { code: 'deleted' } },
    );
    const bot = botAnswer(answer);
    const known = { bot, record: blankRecord(bot.id) };
    for (const line of botTimeline(known, [], NOW)) assertTranslated(line, 'call_ended_by_host');
  });

  for (const [code, subCodes] of Object.entries(documented)) {
    it(`explains the sub codes of ${code}`, () => {
      for (const subCode of subCodes) {
        assertTranslated(explainEnd([{ code, subCode }]), subCode);
      }
      assertTranslated(
        explainEnd([{ code, subCode: undefined, message: 'Words of Recall' }]),
        'Words of Recall',
      );
      assertTranslated(explainEnd([{ code, subCode: 'brand_new' }]), 'brand_new');
    });
  }

  it('explains trouble of the network', () => {
    const codes = [
      ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ...['ERR_TLS_CERT_ALTNAME_FORMAT', 'ERR_CERT_DATE_INVALID', 'SELF_SIGNED_CERT_IN_CHAIN'],
      ...['ENOTFOUND', 'ERR_PROXY_CONNECTION_FAILED', 'ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT'],
      ...['UND_ERR_BODY_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
      ...['ENETDOWN', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EBRANDNEW'],
    ];
    const errors: readonly [unknown, string][] = [
      ...codes.map((code): [unknown, string] => [Object.assign(new Error(code), { code }), code]),
      [Object.assign(new Error('no such name'), { code: 'ENOTFOUND', hostname: 'proxy.test' }), 'ENOTFOUND'],
      [new Error('Proxy response (407) !== 200 when HTTP Tunneling'), '407'],
      [new Error('Proxy response (502) !== 200 when HTTP Tunneling'), '502'],
      [new TimedOutError('late'), 'late'],
      [new Error('no code'), 'no code'],
    ];
    for (const [error, code] of errors) {
      for (const remote of [undefined, 'ssh-remote']) {
        const { reason, advice } = describeNetworkFailure(error, 'host.test', remote);
        assertTranslated(reason, 'host.test', 'proxy.test', code);
        assertTranslated(advice, 'ssh-remote');
      }
    }
  });

  it('explains what the API refuses', () => {
    const redact = (text: string): string => text;
    const origins = ['https://us-west-2.recall.ai', 'https://gateway.test'];
    for (const status of [400, 401, 402, 403, 404, 405, 409, 418, 429, 500, 507]) {
      for (const bodyText of ['{"detail":"Words of Recall."}', '<html>', '']) {
        for (const retryAfterMs of [undefined, 1000, 9e5, 9e6, 9e8]) {
          for (const origin of origins) {
            const { message } = refusal({
              status,
              bodyText,
              origin,
              path: '/bot/us-west-2/',
              retryAfterMs,
              redact,
            });
            assertTranslated(message, 'Words of Recall.', 'us-west-2.recall.ai', 'us-west-2', 'gateway.test');
          }
        }
      }
    }
  });

  it('explains settings and places', () => {
    for (const region of REGIONS) assertTranslated(regionPlace(region));
    for (const apiBaseUrl of ['x', 'http://a.test', 'https://u:p@a.test', 'https://a.test/path']) {
      assertTranslated(messageOf(() => apiOriginOf({ region: 'us-west-2', apiBaseUrl })));
    }
    assertTranslated(
      messageOf(() => apiOriginOf({ region: 'mars', apiBaseUrl: '' })),
      ...REGIONS,
    );
  });

  it('explains what is wrong with a link', () => {
    for (const text of [
      '',
      '123 456 7890',
      'no link in here',
      'ftp://a.test',
      'https://',
      'word',
      `https://a.test/${'a'.repeat(5000)}`,
      'https://forms.test/x',
      'https://user@forms.test/x',
      'https://zoom.us/pricing',
      'https://zoom.us/j/123456789',
      'https://zoom.us/webinar/register/abc',
      'https://zoomgov.com/j/123456789',
      'https://stream.meet.google.com/stream/abc',
      'https://x.webex.com/meet/me',
      'https://app.slack.com/huddle/T1/C1',
      'https://meet.goto.com/abc',
    ]) {
      const reading = readMeetingUrl(text);
      const words = reading.kind === 'malformed' ? reading.reason : reading.warning;
      assertTranslated(words, 'forms.test', 'Zoom', 'Webex', 'GoTo Meeting', 'Slack huddle');
    }
    for (const [path, query] of [
      ['/x', ''],
      ['/send', ''],
      ['/send', 'url=https://forms.test/x'],
      ['/download', ''],
    ] as const) {
      const uri = readExtensionUri(path, query);
      assertTranslated(uri.kind === 'refused' ? uri.reason : undefined);
    }
  });

  it('explains what is wrong with a time', () => {
    const now = new Date(2026, 2, 2, 9, 0);
    for (const text of [
      'soon',
      '8:00',
      'today 8:00',
      'tomorrow',
      '25:00',
      '2026-13-40 09:00',
      '2026-03-03',
      '2026-03-03T09:00:00+99:00',
      'in 999999 weeks',
    ]) {
      const time = readJoinTime(text, now);
      assertTranslated(time.kind === 'problem' ? time.reason : undefined);
    }
  });

  it('explains why a download failed', async () => {
    const known = { etag: undefined, lastModified: undefined, totalBytes: undefined };
    const asked: Asked = { file: MP3_FILE, offset: 0, known, probing: false };
    for (const status of [200, 204, 206, 401, 404, 412, 416, 418, 429, 500]) {
      const headers = new Headers({ 'content-length': '0' });
      const verdict = judgeAnswer(asked, { status, headers, errorCode: undefined }, NOW);
      assertTranslated('error' in verdict ? verdict.error.message : undefined);
    }
    for (const code of ['ENOSPC', 'EACCES', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENOENT', 'EIO']) {
      const error = describeFileError(Object.assign(new Error(code), { code, syscall: 'open' }), '/data');
      assertTranslated(error?.keeping(5e6).message, '/data', code);
    }
    const errors = [cancelledError(), busyError(), otherContentError(MP3_FILE), otherContentError(MP4_FILE)];
    for (const { message } of errors) assertTranslated(message, 'mp4');
    assertTranslated(diskFullError('/data', 5e6).message, '/data');
    for (const url of ['x', 'https://u:p@a.test/', 'http://a.test/']) {
      assertTranslated(
        messageOf(() => parseMediaUrl(url)),
        'a.test',
        'http',
      );
    }
    assertTranslated(
      messageOf(() => renderFileName('{colour}', { date: new Date(NOW), name: '', id: '' })),
      '{colour}',
    );
    for (const setting of ['/abs', '../out']) {
      await assert.rejects(resolveDownloadFolder('/w', setting, nodeFileSystem), (error: unknown) => {
        assertTranslated(error instanceof DownloadError ? error.message : undefined, setting);
        return true;
      });
    }
  });

  for (const kind of mediaKinds) {
    it(`explains why there is no ${kind.word}`, () => {
      const bots: readonly BotAnswer[] = [
        recorded({}),
        recorded({ status: 'deleted' }),
        recorded({ status: 'failed' }),
        recorded({ expiresAt: atSecond(150) }),
        { ...recorded({}), withoutMp3: true },
        { ...recorded({}), meetingUrl: { platform: 'webex', meeting_id: '9' } },
        { statuses: [['media_expired', 0]] },
        { statuses: [['in_call_recording', 0]] },
      ];
      for (const answer of bots) {
        const bot = botAnswer(answer);
        for (const verdict of verdictsOn(kind, bot)) {
          if (verdict.kind === 'none')
            assertTranslated(verdict.error.message, 'call_ended_by_host', 'Webex', 'raw');
        }
      }
      assertTranslated(stillProcessing(kind).message);
    });
  }
});

/** Long after the bot's end, when nothing is waited for any more. */
function verdictsOn(kind: MediaKind, bot: Bot): MediaVerdict[] {
  const later = NINE + 9e6;
  return [
    judgeNoRecordings(kind, bot),
    ...bot.recordings.flatMap((recording) => [
      judgeMissingItem(kind, bot, recording, later),
      ...[{ code: 'failed', subCode: undefined }, { code: 'deleted', subCode: undefined }, undefined].map(
        (status) =>
          judgeItem(
            kind,
            { id: 'a', createdAt: undefined, status, format: 'raw', downloadUrl: undefined },
            recording,
            later,
          ),
      ),
    ]),
  ];
}

function messageOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}
