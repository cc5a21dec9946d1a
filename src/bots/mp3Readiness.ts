import * as l10n from '@vscode/l10n';
import { formatDate } from '../language/formats.ts';
import { joinSentences, withCode } from '../language/sentences.ts';
import type { Bot, MixedMedia, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { mixedMp3Support, platformName } from '../recall/platforms.ts';
import { explainEnd } from '../recall/statusWords.ts';
import { isOver, newestStatus } from './botStore.ts';
import { NoMp3Error } from './mp3Errors.ts';

/** How one mixed audio item, or a recording without one, stands. */
export type Mp3Verdict =
  | { readonly kind: 'ready' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'none'; readonly error: NoMp3Error };

/** A recording over for longer than this without an audio item will not get one any more. */
const ITEM_EXPECTED_WITHIN_MS = 5 * 60_000;

const OVER_STATUSES = new Set(['call_ended', 'recording_done']);

/** Whether the bot's part in the call is over, even if the bot itself is still being shut down. */
function isOutOfCall(bot: Bot): boolean {
  const newest = newestStatus(bot);
  return isOver(bot) || OVER_STATUSES.has(newest ?? '');
}

/** Whether the recording goes on, so that there is no MP3 yet. */
export function isStillRecorded(bot: Bot, recording: Recording | undefined): boolean {
  return recording !== undefined && recording.completedAt === undefined && !isOutOfCall(bot);
}

/** How a mixed audio item stands. An item without a status but with a URL counts as done. */
export function judgeItem(item: MixedMedia, recording: Recording, now: number): Mp3Verdict {
  if (isExpired(recording, now)) return none(expired(recording));
  const status = item.status?.code ?? (item.downloadUrl === undefined ? 'processing' : 'done');
  if (status === 'deleted' || recording.status?.code === 'deleted') return none(deleted());
  if (status === 'failed') return none(failed(item.status?.subCode));
  if (item.format !== undefined && item.format !== 'mp3') return none(rawOnly(item.format));
  return status === 'done' && item.downloadUrl !== undefined ? { kind: 'ready' } : { kind: 'wait' };
}

/** How a recording stands that has no audio item at all. */
export function judgeMissingItem(bot: Bot, recording: Recording, now: number): Mp3Verdict {
  if (isExpired(recording, now) || newestStatus(bot) === 'media_expired') return none(expired(recording));
  const status = recording.status?.code;
  if (status === 'deleted') return none(deleted());
  if (status === 'failed') return none(failed(recording.status?.subCode));
  if (bot.mp3Requested === false) return none(notRequested());
  const overSince = timeOf(recording.completedAt ?? bot.statusChanges.at(-1)?.createdAt);
  const mayStillCome = !isOver(bot) || now - overSince < ITEM_EXPECTED_WITHIN_MS;
  return mayStillCome ? { kind: 'wait' } : none(missing(bot));
}

/** Why a bot without any recording has none; the wait verdict when one may still turn up. */
export function judgeNoRecordings(bot: Bot): Mp3Verdict {
  const newest = newestStatus(bot);
  if (newest === 'media_expired') return none(expired(undefined));
  if (isOver(bot)) {
    const why = explainEnd(bot.statusChanges);
    const sentence = l10n.t('This bot recorded nothing.');
    return none(
      new NoMp3Error('nothingRecorded', why === undefined ? sentence : joinSentences(sentence, why)),
    );
  }
  return isOutOfCall(bot) ? { kind: 'wait' } : judgeNotOver();
}

/** The verdict on a bot that is still in its call, or has not begun. */
export function judgeNotOver(): Mp3Verdict {
  return none(
    new NoMp3Error(
      'recordingNotOver',
      l10n.t('The recording is not over yet. The MP3 can be downloaded when the bot has left the call.'),
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

function none(error: NoMp3Error): Mp3Verdict {
  return { kind: 'none', error };
}

function expired(recording: Recording | undefined): NoMp3Error {
  const when = timeOf(recording?.expiresAt);
  return new NoMp3Error(
    'expired',
    Number.isFinite(when)
      ? l10n.t('This recording expired on {0}: Recall has deleted it for good.', formatDate('date', when))
      : l10n.t('The media of this bot has expired: Recall has deleted it for good.'),
  );
}

function deleted(): NoMp3Error {
  return new NoMp3Error('deleted', l10n.t('The media of this recording was deleted for good.'));
}

function failed(subCode: string | undefined): NoMp3Error {
  const sentence = l10n.t('Recall could not make the MP3 of this recording.');
  return new NoMp3Error('failed', subCode === undefined ? sentence : withCode(sentence, subCode));
}

function rawOnly(format: string): NoMp3Error {
  return new NoMp3Error(
    'rawOnly',
    l10n.t('The audio of this recording exists as {0} only, not as MP3.', format),
  );
}

function notRequested(): NoMp3Error {
  return new NoMp3Error(
    'mp3NotRequested',
    l10n.t(
      'This bot was sent without asking for an MP3, so there is none. Bots sent with Recall: Send Bot ask for it.',
    ),
  );
}

function missing(bot: Bot): NoMp3Error {
  const platform = bot.meeting.platform;
  const sentence = l10n.t('Recall made no MP3 of this recording.');
  if (platform === undefined || mixedMp3Support(platform) !== 'doubtful') {
    return new NoMp3Error('noMp3', sentence);
  }
  const doubt = l10n.t('Recall may not make MP3s of {0} meetings.', platformName(platform));
  return new NoMp3Error('noMp3', joinSentences(sentence, doubt));
}
