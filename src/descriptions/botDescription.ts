import * as l10n from '@vscode/l10n';
import { formatDuration } from '../language/duration.ts';
import { formatBytes, formatDate } from '../language/formats.ts';
import type { DownloadProgress } from '../download/download.ts';
import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { meetingLink } from '../recall/meetingLink.ts';
import { platformName } from '../meetings/platforms.ts';
import { brieflyWhy, explainEnd, statusWords, wasRecorded } from '../recall/statusWords.ts';
import { isAllSaved, mp3sOf, savedShare } from '../media/botMp3s.ts';
import type { SavedShare } from '../media/botMp3s.ts';
import type { PausedDownload } from '../media/pausedDownloads.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { botLabel } from '../bots/meetingTitle.ts';
import { botGroup, botTime, isOver, isScheduled, newestStatus } from '../bots/botStore.ts';
import { formatPercent, formatRemaining, formatTime } from './format.ts';
import { ICONS } from './icons.ts';
import type { Icon } from '../media/icon.ts';
import { oneLine } from '../language/oneLine.ts';
import { lossWords, recordedLength, recordingLine, spokenLength } from './recordingDescription.ts';
import { nextLoss } from '../media/retention.ts';
import { waitingRoomLeftMs } from './waitingRoom.ts';
import type { BotDownloadProgress } from '../media/mediaDownloads.ts';
import { furtherKinds, hasFormatOf, mediaKinds, mp3Of, standInKinds, wasAskedFor } from '../media/kinds.ts';
import { MP3 } from '../media/kinds/mp3.ts';
import type { MediaAbility, MediaKind, MediaLine } from '../media/kinds/kind.ts';
import { tellsOf } from '../media/mediaReadiness.ts';
import { transcribableRecordings } from '../media/transcription.ts';

/** How a bot looks, independent of where it is shown. Texts are plain text from the API where they are not ours. */
export interface BotDescription {
  readonly label: string;
  /** How it stands, in two or three words. */
  readonly status: string;
  /** Status and time, for the line behind the label. */
  readonly detail: string;
  readonly icon: Icon;
  /** A whole sentence for a screen reader. */
  readonly spoken: string;
  /** What can be done with the bot now. */
  readonly abilities: ReadonlySet<BotAbility>;
}

/** Words for the context value of a bot's tree item; menus match them. */
export type BotAbility =
  | 'downloading'
  | 'canLeave'
  | 'canCancel'
  | 'canDeleteMedia'
  | 'canTranscribe'
  | 'hasMeetingLink'
  | MediaAbility;

/** What a description is made of, beside the bot itself. */
export interface BotSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly download: BotDownloadProgress | undefined;
  /** Those of the saved MP3s that are still on disk. */
  readonly onDisk: readonly SavedMedia[];
  /** The further kinds of media of which all files that were saved are still on disk, and at least one was. */
  readonly othersOnDisk: ReadonlySet<MediaKind>;
  /** A begun download of this bot that is not under way. */
  readonly paused: Pick<PausedDownload, 'kind' | 'receivedBytes' | 'totalBytes'> | undefined;
  /** The name that bots get here by default: it tells nothing about one bot. */
  readonly defaultName: string;
  /** The day that the bot stands under in a list, as `BotDay.id`; undefined where it stands under none. */
  readonly under?: string | undefined;
}

/** How a bot's MP3s stand. */
interface Mp3Standing {
  readonly share: SavedShare;
  /** When Recall deletes the next one that is not here, if that is soon; in ms since the epoch. */
  readonly lossAt: number | undefined;
  /** Of saved files that stand for the MP3 that the bot does not have. */
  readonly instead: MediaLine | undefined;
}

/** Puts a bot into words, an icon and the things that can be done with it. */
export function describeBot(known: KnownBot, around: BotSurroundings): BotDescription {
  const { bot } = known;
  const mp3s = mp3sOf(known, around.onDisk);
  const share = savedShare(bot, mp3s, around.now);
  const standing = {
    share,
    lossAt: nextLoss(bot, mp3s, around.now),
    instead: shownInstead(bot, around, share),
  };
  const label = botLabel(known, around.defaultName);
  const status = statusLine(known, around, standing);
  const length = isOver(bot) ? recordedLength(bot) : undefined;
  const time = botTime(known);
  const when = Number.isFinite(time) ? formatTime(time, around.now, around.under) : undefined;
  const platform =
    bot.meeting.platform === undefined ? undefined : oneLine(platformName(bot.meeting.platform));
  const platformDetail = platform !== undefined && !label.startsWith(platform) ? platform : undefined;
  const spoken = [label, platformDetail, status, length && spokenLength(length), when];
  return {
    label,
    status,
    detail: [status, length, when, platformDetail].filter((part) => part !== undefined).join(' · '),
    icon: iconOf(known, around, standing),
    spoken: spoken.filter((part) => part !== undefined).join(', '),
    abilities: abilitiesOf(known, around, standing),
  };
}

/** The same without a look at the disk, for lists that are drawn at each key: what was saved counts as still there. */
export function describeWithoutLooking(
  known: KnownBot,
  { now, defaultName }: Pick<BotSurroundings, 'now' | 'defaultName'>,
): BotDescription {
  return describeBot(known, {
    ...{ now, defaultName },
    download: undefined,
    onDisk: savedOf(MP3, known.record),
    othersOnDisk: new Set(furtherKinds().filter((kind) => savedOf(kind, known.record).length > 0)),
    paused: undefined,
  });
}

/** Whether the API's answer shows at least one recording that may have an MP3. */
function mayHaveMp3(bot: Bot): boolean {
  return wasAskedFor(MP3, bot) !== false && hasMedia(bot);
}

function hasMedia(bot: Bot): boolean {
  return (
    newestStatus(bot) !== 'media_expired' &&
    bot.recordings.some((recording) => recording.status?.code !== 'deleted') &&
    !isRecordingFailed(bot)
  );
}

/** The line of saved files that stand for the MP3 that the bot does not have; undefined when there are none. */
function shownInstead(bot: Bot, around: BotSurroundings, share: SavedShare): MediaLine | undefined {
  const tellsOfMp3 = bot.recordings
    .map(mp3Of)
    .some(
      (item) => item && hasFormatOf(MP3, item) && ['done', 'processing'].includes(item.status?.code ?? ''),
    );
  if (share.saved > 0 || tellsOfMp3) return undefined;
  return standInKinds().find((kind) => around.othersOnDisk.has(kind))?.line;
}

/** Whether Recall failed to record, so that there is nothing to have. */
function isRecordingFailed({ recordings }: Bot): boolean {
  return (
    recordings.length > 0 &&
    recordings.every((recording) => recording.status?.code === 'failed' && mp3Of(recording) === undefined)
  );
}

/** Whether Recall has told of an MP3 that can be had. */
function tellsOfReadyMp3({ recordings }: Bot): boolean {
  return recordings.map(mp3Of).some((item) => item && (item.status?.code ?? 'done') === 'done');
}

function mp3Codes({ recordings }: Bot): (string | undefined)[] {
  return recordings.map((recording) => mp3Of(recording)?.status?.code);
}

function hasOnlyFailedMp3s(bot: Bot): boolean {
  const codes = mp3Codes(bot);
  return codes.includes('failed') && !codes.includes('done');
}

function isMakingMp3(bot: Bot): boolean {
  return mp3Codes(bot).includes('processing');
}

function statusLine(
  known: KnownBot,
  around: BotSurroundings,
  { share, lossAt, instead }: Mp3Standing,
): string {
  const { bot } = known;
  if (around.download) return downloadLine(around.download);
  if (around.paused) return pausedLine(around.paused);
  if (isAllSaved(share)) return MP3.line.state();
  if (instead) return instead.state();
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
  if (words.phase === 'failed' || newestStatus(bot) === 'call_ended')
    return brieflyWhy(bot.statusChanges) ?? words.label;
  if (words.phase !== 'done') return words.label;
  if (lossAt !== undefined) return lossWords(lossAt - around.now);
  if (share.saved > 0) return l10n.t('{0} of {1} saved', share.saved, share.total);
  return doneLine(bot, around.now);
}

function waitingLine(bot: Bot, label: string, now: number): string {
  const left = waitingRoomLeftMs(bot, now);
  return left === undefined ? label : l10n.t('{0}, {1} left', label, formatRemaining(left));
}

function doneLine(bot: Bot, now: number): string {
  if (bot.recordings.length === 0) return whyNothingRecorded(bot);
  if (
    bot.recordings.every((recording) => timeOf(recording.expiresAt) > 0 && timeOf(recording.expiresAt) <= now)
  )
    return l10n.t('Media expired');
  if (bot.recordings.every((recording) => recording.status?.code === 'deleted')) return l10n.t('Deleted');
  if (isRecordingFailed(bot)) return l10n.t('Recording failed');
  if (wasAskedFor(MP3, bot) === false) return MP3.states.notAsked();
  const items = mp3Codes(bot);
  if (isMakingMp3(bot)) return MP3.states.making();
  if (items.includes('done')) return MP3.states.ready();
  // Whether there is an MP3 is known only when it is asked for.
  return items.includes('failed') ? MP3.states.failed() : l10n.t('Recorded');
}

/** A bot that did record would say how it ended only in its tooltip: what counts is what there is of it. */
function whyNothingRecorded({ statusChanges }: Bot): string {
  return (wasRecorded(statusChanges) ? undefined : brieflyWhy(statusChanges)) ?? l10n.t('Nothing recorded');
}

/** How far a download is, in a few words. */
export function downloadLine(download: BotDownloadProgress): string {
  if (download.kind === 'waitingForRecall') return download.media.words.waitingForRecall();
  if (download.kind === 'queued') return l10n.t('Download starting');
  if (download.kind === 'waitingForConnection') return l10n.t('Waiting for the connection');
  const { file, files, progress } = download;
  if (progress.kind === 'waiting') return l10n.t('Waiting for the connection');
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

function iconOf({ bot }: KnownBot, around: BotSurroundings, { share, lossAt, instead }: Mp3Standing): Icon {
  if (around.download) return ICONS.downloading;
  if (around.paused) return ICONS.paused;
  if (isAllSaved(share)) return MP3.line.icon;
  if (instead) return instead.icon;
  const { phase } = statusWords(newestStatus(bot), bot.joinAt);
  if (phase === 'scheduled' && !isScheduled(bot)) return ICONS.joining;
  if (lossAt !== undefined && isOver(bot)) return ICONS.expiring;
  if (phase === 'done' && isRecordingFailed(bot)) return ICONS.failed;
  if (phase === 'done' && !mayHaveMp3(bot)) return ICONS.noMp3;
  if (phase === 'done' && isMakingMp3(bot)) return ICONS.finishing;
  if (phase === 'done' && hasOnlyFailedMp3s(bot)) return ICONS.failed;
  if (phase === 'done' && !tellsOfReadyMp3(bot)) return ICONS.recorded;
  return ICONS[phase];
}

function abilitiesOf(
  { bot }: KnownBot,
  around: BotSurroundings,
  standing: Mp3Standing,
): ReadonlySet<BotAbility> {
  const { share, instead } = standing;
  const abilities = new Set<BotAbility>();
  const group = botGroup(bot);
  if (group === 'live' && !around.download) abilities.add('canLeave');
  if (group === 'scheduled' && isScheduled(bot)) abilities.add('canCancel');
  if (share.saved > 0) abilities.add(MP3.abilities.saved);
  if (meetingLink(bot.meeting) !== undefined) abilities.add('hasMeetingLink');
  if (group === 'over' && hasMedia(bot)) abilities.add('canDeleteMedia');
  if (group === 'over' && transcribableRecordings(bot, around.now).length > 0) abilities.add('canTranscribe');
  if (around.download) abilities.add('downloading');
  for (const kind of around.othersOnDisk) abilities.add(kind.abilities.saved);
  if (instead) abilities.add(instead.ability);
  if (!around.download)
    for (const ability of downloadAbilities(bot, around, standing)) abilities.add(ability);
  return abilities;
}

function downloadAbilities(bot: Bot, around: BotSurroundings, { share, instead }: Mp3Standing): BotAbility[] {
  const pausedOther = around.paused?.kind.isMain === false ? around.paused.kind : undefined;
  const canBeHad = mediaKinds.filter((kind) => kind === pausedOther || mayBeHad(kind, bot, around.now));
  const isSaved = isAllSaved(share) || instead !== undefined;
  const next = pausedOther ?? canBeHad.find(({ isMain, standsInForMain }) => isMain || standsInForMain);
  const isNext = isOver(bot) && (pausedOther !== undefined || !isSaved);
  return [
    ...canBeHad.map(({ abilities }) => abilities.canDownload),
    ...(isNext && next?.abilities.nextDownload ? [next.abilities.nextDownload] : []),
  ];
}

/** Whether a bot may have media of a kind that can be downloaded. @param now milliseconds since the epoch */
export function mayBeHad(kind: MediaKind, bot: Bot, now: number): boolean {
  return kind.isMain ? mayHaveMp3(bot) : isOver(bot) && tellsOf(kind, bot, now);
}

/**
 * The bot's course in lines: its status changes, why it ended, and its recordings.
 *
 * @param onDisk those of the saved MP3s that are still there
 * @param now milliseconds since the epoch
 */
export function botTimeline(known: KnownBot, onDisk: readonly SavedMedia[], now: number): string[] {
  const { bot } = known;
  const lines = bot.statusChanges.map((change) => {
    const { label } = statusWords(change.code, bot.joinAt);
    const time = timeOf(change.createdAt);
    const at = Number.isFinite(time) ? `${formatDate('timeWithSeconds', time)}  ` : '';
    return `${at}${label}${change.subCode === undefined ? '' : ` (${change.subCode})`}`;
  });
  const why = explainEnd(bot.statusChanges);
  return [
    ...lines,
    ...(why === undefined ? [] : [why]),
    ...mp3sOf(known, onDisk).map((mp3) => recordingLine(bot, mp3, now)),
  ].map(oneLine);
}
