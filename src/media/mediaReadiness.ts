import * as l10n from '@vscode/l10n';
import { formatDate } from '../language/formats.ts';
import { joinSentences, withCode } from '../language/sentences.ts';
import type { Bot, MixedMedia, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { MixedMediaKind } from '../recall/client.ts';
import { mixedMp3Support, platformName } from '../meetings/platforms.ts';
import { explainEnd } from '../recall/statusWords.ts';
import { isOver, newestStatus } from '../bots/botStore.ts';
import { NoMediaError } from './mediaErrors.ts';
import { MEDIA_FORMATS } from './mediaKind.ts';

/** How one item of mixed media, or a recording without one, stands. */
export type MediaVerdict =
  | { readonly kind: 'ready' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'none'; readonly error: NoMediaError };

/** A recording over for longer than this without an item will not get one any more. */
const ITEM_EXPECTED_WITHIN_MS = 5 * 60_000;

const OVER_STATUSES = new Set(['call_ended', 'recording_done']);

/** Whether the bot's part in the call is over, even if the bot itself is still being shut down. */
function isOutOfCall(bot: Bot): boolean {
  const newest = newestStatus(bot);
  return isOver(bot) || OVER_STATUSES.has(newest ?? '');
}

/**
 * Whether a recording is over, so that its media can be had: it is complete, or the bot has left the call. One that Recall
 * does not tell of any more is over, too.
 */
export function isRecorded(bot: Bot, recording: Recording | undefined): boolean {
  return recording === undefined || recording.completedAt !== undefined || isOutOfCall(bot);
}

/** How an item of mixed media stands. An item without a status but with a URL counts as done. */
export function judgeItem(
  kind: MixedMediaKind,
  item: MixedMedia,
  recording: Recording,
  now: number,
): MediaVerdict {
  const status = item.status?.code ?? (item.downloadUrl === undefined ? 'processing' : 'done');
  const isDeleted = status === 'deleted' || recording.status?.code === 'deleted';
  const isOfKind = item.format === undefined || item.format === MEDIA_FORMATS[kind];
  // What Recall offers is there, whatever a clock says.
  if (status === 'done' && item.downloadUrl !== undefined && isOfKind && !isDeleted) return { kind: 'ready' };
  if (isExpired(recording, now)) return none(expired(recording));
  if (isDeleted) return none(deleted());
  if (status === 'failed') return none(failed(kind, item.status?.subCode));
  return isOfKind ? { kind: 'wait' } : none(otherFormat(kind, item.format ?? ''));
}

/** How a recording stands that has no item of this kind at all. */
export function judgeMissingItem(
  kind: MixedMediaKind,
  bot: Bot,
  recording: Recording,
  now: number,
): MediaVerdict {
  if (isExpired(recording, now) || newestStatus(bot) === 'media_expired') return none(expired(recording));
  const status = recording.status?.code;
  if (status === 'deleted') return none(deleted());
  if (status === 'failed') return none(failed(kind, recording.status?.subCode));
  if (kind === 'audio_mixed' && bot.mp3Requested === false) return none(notRequested());
  const overSince = timeOf(recording.completedAt ?? bot.statusChanges.at(-1)?.createdAt);
  const mayStillCome = !isOver(bot) || now - overSince < ITEM_EXPECTED_WITHIN_MS;
  return mayStillCome ? { kind: 'wait' } : none(missing(kind, bot));
}

/** Why a bot without any recording has none; the wait verdict when one may still turn up. */
export function judgeNoRecordings(kind: MixedMediaKind, bot: Bot): MediaVerdict {
  const newest = newestStatus(bot);
  if (newest === 'media_expired') return none(expired(undefined));
  if (isOver(bot)) {
    const why = explainEnd(bot.statusChanges);
    const sentence = l10n.t('This bot recorded nothing.');
    return none(
      new NoMediaError('nothingRecorded', why === undefined ? sentence : joinSentences(sentence, why)),
    );
  }
  return isOutOfCall(bot) ? { kind: 'wait' } : judgeNotOver(kind);
}

/** The verdict on a bot that is still in its call, or has not begun. */
export function judgeNotOver(kind: MixedMediaKind): MediaVerdict {
  return none(
    new NoMediaError(
      'recordingNotOver',
      kind === 'audio_mixed'
        ? l10n.t('The recording is not over yet. The MP3 can be downloaded when the bot has left the call.')
        : l10n.t(
            'The recording is not over yet. The video can be downloaded when the bot has left the call.',
          ),
    ),
  );
}

/** Whether the time is over for which Recall keeps the recording. @param now ms since the epoch */
export function isExpired(recording: Recording, now: number): boolean {
  return (
    recording.expiresAt !== undefined &&
    Number.isFinite(timeOf(recording.expiresAt)) &&
    timeOf(recording.expiresAt) <= now
  );
}

function none(error: NoMediaError): MediaVerdict {
  return { kind: 'none', error };
}

function expired(recording: Recording | undefined): NoMediaError {
  const when = timeOf(recording?.expiresAt);
  return new NoMediaError(
    'expired',
    Number.isFinite(when)
      ? l10n.t('This recording expired on {0}: Recall has deleted it for good.', formatDate('date', when))
      : l10n.t('The media of this bot has expired: Recall has deleted it for good.'),
  );
}

function deleted(): NoMediaError {
  return new NoMediaError('deleted', l10n.t('The media of this recording was deleted for good.'));
}

function failed(kind: MixedMediaKind, subCode: string | undefined): NoMediaError {
  const sentence =
    kind === 'audio_mixed'
      ? l10n.t('Recall could not make the MP3 of this recording.')
      : l10n.t('Recall could not make the video of this recording.');
  return new NoMediaError('failed', subCode === undefined ? sentence : withCode(sentence, subCode));
}

function otherFormat(kind: MixedMediaKind, format: string): NoMediaError {
  if (kind === 'video_mixed') return noVideo();
  return new NoMediaError(
    'rawOnly',
    l10n.t('The audio of this recording exists as {0} only, not as MP3.', format),
  );
}

function notRequested(): NoMediaError {
  return new NoMediaError(
    'mp3NotRequested',
    l10n.t(
      'This bot was sent without asking for an MP3, so there is none. Bots sent with Recall: Send Bot ask for it.',
    ),
  );
}

function missing(kind: MixedMediaKind, bot: Bot): NoMediaError {
  if (kind === 'video_mixed') return noVideo();
  const platform = bot.meeting.platform;
  const sentence = l10n.t('Recall made no MP3 of this recording.');
  if (platform === undefined || mixedMp3Support(platform) !== 'doubtful') {
    return new NoMediaError('noMp3', sentence);
  }
  const doubt = l10n.t('Recall may not make MP3s of {0} meetings.', platformName(platform));
  return new NoMediaError('noMp3', joinSentences(sentence, doubt));
}

function noVideo(): NoMediaError {
  return new NoMediaError('noVideo', l10n.t('Recall made no video of this recording.'));
}
