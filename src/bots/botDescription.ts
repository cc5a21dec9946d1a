import * as l10n from '@vscode/l10n';
import { formatDate } from '../language/formats.ts';
import type { DownloadProgress } from '../download/download.ts';
import type { Bot, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { meetingLink } from '../recall/meetingLink.ts';
import { meetingLabel, withoutSecrets } from '../recall/meetingUrl.ts';
import { platformName } from '../recall/platforms.ts';
import { explainEnd, statusWords } from '../recall/statusWords.ts';
import type { StatusPhase } from '../recall/statusWords.ts';
import { formatBytes } from '../download/errors.ts';
import type { KnownBot } from './botStore.ts';
import { botGroup, botTime, isScheduled, newestStatus } from './botStore.ts';
import { formatDuration, formatPercent, formatRemaining, formatTime } from './format.ts';
import { expiresSoon, expiryOf } from './retention.ts';
import { waitingRoomLeftMs } from './waitingRoom.ts';
import type { BotDownloadProgress } from './mediaDownloads.ts';
import { mediaKindOf } from './mediaKind.ts';
import { tellsOfVideo } from './videoInstead.ts';

/** How a bot looks, independent of where it is shown. Texts are plain text from the API where they are not ours. */
export interface BotDescription {
  readonly label: string;
  /** Status and time, for the line behind the label. */
  readonly detail: string;
  readonly icon: BotIcon;
  /** A whole sentence for a screen reader. */
  readonly spoken: string;
  /** What can be done with the bot now. */
  readonly abilities: ReadonlySet<BotAbility>;
}

/** A codicon and the theme colour that goes with it. */
export interface BotIcon {
  readonly codicon: string;
  readonly color: string | undefined;
}

/** Words for the context value of a bot's tree item; menus match them. */
export type BotAbility =
  | 'downloading'
  | 'canLeave'
  | 'canCancel'
  | 'canDownload'
  | 'nextDownload'
  | 'canDeleteMedia'
  | 'saved'
  | 'canDownloadVideo'
  | 'nextVideoDownload'
  | 'videoSaved'
  | 'videoInstead'
  | 'hasMeetingLink';

/** What a description is made of, beside the bot itself. */
export interface BotSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly download: BotDownloadProgress | undefined;
  /** Whether all MP3s that were saved are still on disk, and at least one was. */
  readonly savedOnDisk: boolean;
  /** The same for videos. */
  readonly videoOnDisk: boolean;
  /** A begun download of this bot that is not under way. */
  readonly paused:
    | {
        readonly extension: string;
        readonly receivedBytes: number;
        readonly totalBytes: number | undefined;
      }
    | undefined;
  /** The name that bots get here by default: it tells nothing about one bot. */
  readonly defaultName: string;
}

const PHASE_ICONS: Record<StatusPhase, BotIcon> = {
  scheduled: { codicon: 'calendar', color: 'charts.blue' },
  joining: { codicon: 'sync', color: 'charts.blue' },
  waiting: { codicon: 'bell-dot', color: 'charts.yellow' },
  inCall: { codicon: 'call-incoming', color: 'charts.blue' },
  recording: { codicon: 'record', color: 'charts.red' },
  // Not `loading`: VS Code turns it without end, and beside its place when it has a colour.
  finishing: { codicon: 'watch', color: 'charts.blue' },
  done: { codicon: 'pass', color: 'charts.green' },
  failed: { codicon: 'error', color: 'charts.red' },
  expired: { codicon: 'history', color: 'disabledForeground' },
  unknown: { codicon: 'question', color: undefined },
};

/** Puts a bot into words, an icon and the things that can be done with it. */
export function describeBot(known: KnownBot, around: BotSurroundings): BotDescription {
  const { bot } = known;
  const label = botLabel(bot, around.defaultName);
  const status = statusLine(known, around);
  const time = botTime(known);
  const when = Number.isFinite(time) ? formatTime(time, around.now) : undefined;
  const platform =
    bot.meeting.platform === undefined ? undefined : oneLine(platformName(bot.meeting.platform));
  const platformDetail = platform !== undefined && !label.startsWith(platform) ? platform : undefined;
  return {
    label,
    detail: [status, when, platformDetail].filter((part) => part !== undefined).join(' · '),
    icon: iconOf(known, around),
    spoken: [label, platformDetail, status, when].filter((part) => part !== undefined).join(', '),
    abilities: abilitiesOf(known, around),
  };
}

/** The meeting's or the bot's name, whichever says more. */
export function botLabel(bot: Bot, defaultName: string): string {
  const { platform, meetingId, url } = bot.meeting;
  const hasOwnName = bot.name !== undefined && bot.name !== '' && bot.name !== defaultName;
  if (hasOwnName && bot.name !== undefined) return oneLine(bot.name);
  if (platform !== undefined) return oneLine(meetingLabel(platform, meetingId));
  if (url !== undefined && url !== '') return oneLine(withoutSecrets(url));
  return oneLine(bot.name ?? bot.id);
}

/** Whether the API's answer shows at least one recording that may have an MP3. */
export function mayHaveMp3(bot: Bot): boolean {
  return bot.mp3Requested !== false && hasMedia(bot);
}

function hasMedia(bot: Bot): boolean {
  return (
    newestStatus(bot) !== 'media_expired' &&
    bot.recordings.some((recording) => recording.status?.code !== 'deleted')
  );
}

/** Whether a saved video stands for the MP3 that the bot does not have. */
function showsVideo({ bot }: KnownBot, around: BotSurroundings): boolean {
  const tellsOfMp3 = bot.recordings.some(
    ({ audioMixed }) =>
      audioMixed?.format !== 'raw' && ['done', 'processing'].includes(audioMixed?.status?.code ?? ''),
  );
  return around.videoOnDisk && !around.savedOnDisk && !tellsOfMp3;
}

function isMakingMp3(bot: Bot): boolean {
  return bot.recordings.some(({ audioMixed }) => audioMixed?.status?.code === 'processing');
}

function statusLine(known: KnownBot, around: BotSurroundings): string {
  const { bot } = known;
  if (around.download) return downloadLine(around.download);
  if (around.paused) return pausedLine(around.paused);
  if (around.savedOnDisk) return l10n.t('Saved');
  if (showsVideo(known, around)) return l10n.t('Video saved');
  const words = statusWords(newestStatus(bot), bot.joinAt);
  const since = timeOf(bot.statusChanges.at(-1)?.createdAt);
  if (words.phase === 'recording' && Number.isFinite(since)) {
    return l10n.t({
      message: '{0} {1}',
      args: [words.label, formatDuration(around.now - since)],
      comment: '{0} is a status, {1} for how long, such as 12:04',
    });
  }
  if (words.phase === 'waiting') return waitingLine(bot, words.label, around.now);
  if (words.phase !== 'done') return words.label;
  if (expiresSoon(bot, known.record.saved, around.now)) return expiryLine(bot, around.now);
  return doneLine(bot, around.now);
}

function waitingLine(bot: Bot, label: string, now: number): string {
  const left = waitingRoomLeftMs(bot, now);
  return left === undefined ? label : l10n.t('{0}, {1} left', label, formatRemaining(left));
}

function expiryLine(bot: Bot, now: number): string {
  return l10n.t('MP3 deleted in {0}', formatRemaining((expiryOf(bot, now) ?? now) - now));
}

function doneLine(bot: Bot, now: number): string {
  if (bot.recordings.length === 0) return l10n.t('Nothing recorded');
  if (
    bot.recordings.every((recording) => timeOf(recording.expiresAt) > 0 && timeOf(recording.expiresAt) <= now)
  )
    return l10n.t('Media expired');
  if (bot.recordings.every((recording) => recording.status?.code === 'deleted')) return l10n.t('Deleted');
  if (bot.mp3Requested === false) return l10n.t('No MP3 asked for');
  const items = bot.recordings.map((recording) => recording.audioMixed?.status?.code);
  if (isMakingMp3(bot)) return l10n.t('Making the MP3');
  if (items.includes('failed')) return l10n.t('MP3 failed');
  return items.includes('done') ? l10n.t('MP3 ready') : l10n.t('Done');
}

function downloadLine(download: BotDownloadProgress): string {
  if (download.kind === 'waitingForRecall') {
    return download.media === 'audio_mixed' ? l10n.t('Waiting for the MP3') : l10n.t('Waiting for the video');
  }
  if (download.kind === 'queued') return l10n.t('Download starting');
  const { file, files, progress } = download;
  const amount = amountReceived(progress);
  return files > 1
    ? l10n.t('Downloading {0} of {1} {2}', file, files, amount)
    : l10n.t('Downloading {0}', amount);
}

function pausedLine(paused: NonNullable<BotSurroundings['paused']>): string {
  return l10n.t('Paused at {0}', amountReceived(paused));
}

function amountReceived({
  receivedBytes,
  totalBytes,
}: Pick<DownloadProgress, 'receivedBytes' | 'totalBytes'>): string {
  return formatPercent(receivedBytes, totalBytes) ?? formatBytes(receivedBytes);
}

function iconOf(known: KnownBot, around: BotSurroundings): BotIcon {
  const { bot, record } = known;
  if (around.download) return { codicon: 'loading~spin', color: undefined };
  if (around.paused) return { codicon: 'debug-pause', color: 'charts.yellow' };
  if (around.savedOnDisk) return { codicon: 'file-media', color: 'charts.green' };
  if (showsVideo(known, around)) return { codicon: 'play-circle', color: 'charts.green' };
  const { phase } = statusWords(newestStatus(bot), bot.joinAt);
  if (phase === 'scheduled' && !isScheduled(bot)) return PHASE_ICONS.joining;
  if (expiresSoon(bot, record.saved, around.now)) return { codicon: 'warning', color: 'charts.yellow' };
  if (phase === 'done' && !mayHaveMp3(bot)) return { codicon: 'circle-slash', color: 'disabledForeground' };
  if (phase === 'done' && isMakingMp3(bot)) return PHASE_ICONS.finishing;
  return PHASE_ICONS[phase];
}

function abilitiesOf(known: KnownBot, around: BotSurroundings): ReadonlySet<BotAbility> {
  const { bot } = known;
  const abilities = new Set<BotAbility>();
  const group = botGroup(bot);
  if (group === 'live' && !around.download) abilities.add('canLeave');
  if (group === 'scheduled' && isScheduled(bot)) abilities.add('canCancel');
  if (around.savedOnDisk) abilities.add('saved');
  if (meetingLink(bot.meeting) !== undefined) abilities.add('hasMeetingLink');
  if (group === 'over' && hasMedia(bot)) abilities.add('canDeleteMedia');
  if (around.download) abilities.add('downloading');
  if (around.videoOnDisk) abilities.add('videoSaved');
  if (showsVideo(known, around)) abilities.add('videoInstead');
  if (!around.download) for (const ability of downloadAbilities(known, around)) abilities.add(ability);
  return abilities;
}

function downloadAbilities(known: KnownBot, around: BotSurroundings): BotAbility[] {
  const { bot } = known;
  const isOver = botGroup(bot) === 'over';
  const isVideoPaused = around.paused !== undefined && mediaKindOf(around.paused.extension) === 'video_mixed';
  const canDownload = mayHaveMp3(bot);
  const canDownloadVideo = isVideoPaused || (isOver && tellsOfVideo(bot, around.now));
  const isSaved = around.savedOnDisk || showsVideo(known, around);
  const next: BotAbility = isVideoPaused || !canDownload ? 'nextVideoDownload' : 'nextDownload';
  const hasNext = next === 'nextDownload' ? canDownload : canDownloadVideo;
  return [
    ...(canDownload ? (['canDownload'] as const) : []),
    ...(canDownloadVideo ? (['canDownloadVideo'] as const) : []),
    ...(isOver && hasNext && (isVideoPaused || !isSaved) ? [next] : []),
  ];
}

/** The bot's course in lines: its status changes, why it ended, and how long its media is kept. */
export function botTimeline(bot: Bot): string[] {
  const lines = bot.statusChanges.map((change) => {
    const { label } = statusWords(change.code, bot.joinAt);
    const time = timeOf(change.createdAt);
    const at = Number.isFinite(time) ? `${formatDate('timeWithSeconds', time)}  ` : '';
    return `${at}${label}${change.subCode === undefined ? '' : ` (${change.subCode})`}`;
  });
  const why = explainEnd(bot.statusChanges);
  return [...lines, ...(why === undefined ? [] : [why]), ...bot.recordings.map(recordingLine)].map(oneLine);
}

// Functions, since the language is not known yet when this file is loaded.
const MP3_WORDS: Readonly<Record<string, () => string>> = {
  processing: () => l10n.t('MP3 in the making'),
  done: () => l10n.t('MP3 ready'),
  failed: () => l10n.t('MP3 failed'),
  deleted: () => l10n.t('deleted'),
};

/** `Recording 1, 29:45, MP3 ready, kept by Recall until …`; what is not known is left out. */
function recordingLine(recording: Recording, index: number): string {
  const lengthMs = timeOf(recording.completedAt) - timeOf(recording.startedAt);
  const status = recording.audioMixed?.status?.code ?? recording.status?.code;
  const expiresAt = timeOf(recording.expiresAt);
  return [
    l10n.t('Recording {0}', index + 1),
    Number.isFinite(lengthMs) ? formatDuration(lengthMs) : undefined,
    status === undefined ? undefined : (MP3_WORDS[status]?.() ?? status),
    Number.isFinite(expiresAt)
      ? l10n.t('kept by Recall until {0}', formatDate('dateAndTime', expiresAt))
      : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Text of a server on one line, without control and bidirectional characters, cut to a sensible length. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
