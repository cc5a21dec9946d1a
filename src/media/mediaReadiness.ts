import * as l10n from '@vscode/l10n';
import { formatDate } from '../language/formats.ts';
import { joinSentences, withCode } from '../language/sentences.ts';
import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { explainEnd, statusWords } from '../recall/statusWords.ts';
import { isOver, newestStatus } from '../bots/botStore.ts';
import { NoMediaError } from './mediaErrors.ts';
import type { MissingReason, MissingRemedy } from './mediaErrors.ts';
import { hasFormatOf, shortcutOf, wasAskedFor } from './kinds.ts';
import type { MediaKind } from './kinds/kind.ts';

/** How one item of media, or a recording without one, stands. */
export type MediaVerdict =
  | { readonly kind: 'ready' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'none'; readonly error: NoMediaError };

/** A recording over for longer than this without an item will not get one any more. */
const ITEM_EXPECTED_WITHIN_MS = 5 * 60_000;

/** Whether the bot's part in the call is over, even if the bot itself is still being shut down. */
function isOutOfCall(bot: Bot): boolean {
  return isOver(bot) || statusWords(newestStatus(bot)).phase === 'finishing';
}

/**
 * Whether a recording is over, so that its media can be had: it is complete, or the bot has left the call. One that Recall
 * does not tell of any more is over, too.
 */
export function isRecorded(bot: Bot, recording: Recording | undefined): boolean {
  return recording === undefined || recording.completedAt !== undefined || isOutOfCall(bot);
}

/** The state of an item. One without a status but with a URL counts as done. */
export function stateOf({ status, downloadUrl }: MediaItem): string {
  return status?.code ?? (downloadUrl === undefined ? 'processing' : 'done');
}

/**
 * Of several tries the newest one that is done, else the newest that is being made, in whatever words Recall says that;
 * undefined when there is none.
 */
export function newestUsable(items: readonly MediaItem[]): MediaItem | undefined {
  const newestFirst = items.toSorted(
    (one, other) => (timeOf(other.createdAt) || 0) - (timeOf(one.createdAt) || 0),
  );
  return (
    newestFirst.find((item) => stateOf(item) === 'done') ??
    newestFirst.find((item) => !['failed', 'deleted'].includes(stateOf(item)))
  );
}

/** How an item of media stands. */
export function judgeItem(kind: MediaKind, item: MediaItem, recording: Recording, now: number): MediaVerdict {
  const status = stateOf(item);
  const isDeleted = status === 'deleted' || recording.status?.code === 'deleted';
  const isOfKind = hasFormatOf(kind, item);
  // What Recall offers is there, whatever a clock says.
  if (status === 'done' && item.downloadUrl !== undefined && isOfKind && !isDeleted) return { kind: 'ready' };
  if (isExpired(recording, now)) return none(expired(recording));
  if (isDeleted) return none(deleted());
  if (status === 'failed') return none(failed(kind, recording, item.status?.subCode));
  return isOfKind ? { kind: 'wait' } : none(inOtherFormat(kind, item.format ?? ''));
}

/** How a recording stands that has no item of this kind at all. */
export function judgeMissingItem(kind: MediaKind, bot: Bot, recording: Recording, now: number): MediaVerdict {
  if (isExpired(recording, now) || newestStatus(bot) === 'media_expired') return none(expired(recording));
  const status = recording.status?.code;
  if (status === 'deleted') return none(deleted());
  if (status === 'failed') return none(failed(kind, recording, recording.status?.subCode));
  if (kind.asked && wasAskedFor(kind, bot) === false) return none(missing(kind, kind.asked.whyNotAsked()));
  const overSince = timeOf(recording.completedAt ?? bot.statusChanges.at(-1)?.createdAt);
  const mayStillCome = !isOver(bot) || now - overSince < ITEM_EXPECTED_WITHIN_MS;
  return mayStillCome ? { kind: 'wait' } : none(missing(kind, kind.whyNone.missing(bot)));
}

/** Why a bot without any recording has none; the wait verdict when one may still turn up. */
export function judgeNoRecordings(kind: MediaKind, bot: Bot): MediaVerdict {
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
export function judgeNotOver(kind: MediaKind): MediaVerdict {
  return none(new NoMediaError('recordingNotOver', kind.words.notOver()));
}

/** The verdict on media that take too long to be made. What is being made need not be ordered. */
export function stillProcessing(kind: MediaKind): NoMediaError {
  return new NoMediaError('stillProcessing', kind.words.stillProcessing(), withoutOrder(kind));
}

/** Whether the time is over for which Recall keeps the recording. @param now ms since the epoch */
export function isExpired(recording: Recording, now: number): boolean {
  return (
    recording.expiresAt !== undefined &&
    Number.isFinite(timeOf(recording.expiresAt)) &&
    timeOf(recording.expiresAt) <= now
  );
}

/** Whether the bot's own answer tells of a finished item of a kind that is still there. URLs need not be in it. */
export function tellsOf(kind: MediaKind, bot: Bot, now: number): boolean {
  return bot.recordings.some((recording) => isTold(kind, recording, now));
}

/** The same of one recording. @param now milliseconds since the epoch */
export function isTold(kind: MediaKind, recording: Recording, now: number): boolean {
  return (
    shortcutOf(kind, recording)?.status?.code === 'done' &&
    recording.status?.code !== 'deleted' &&
    !isExpired(recording, now)
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

function missing(kind: MediaKind, { code, sentence }: MissingReason): NoMediaError {
  return new NoMediaError(code, sentence, kind.remedy);
}

/** What is there in another format is not made again. */
function inOtherFormat(kind: MediaKind, format: string): NoMediaError {
  const { code, sentence } = kind.whyNone.otherFormat(format);
  return new NoMediaError(code, sentence, withoutOrder(kind));
}

function failed(kind: MediaKind, { status }: Recording, subCode: string | undefined): NoMediaError {
  const sentence = kind.words.failed();
  const told = subCode === undefined ? sentence : withCode(sentence, subCode);
  // Of a recording that failed itself, nothing can be made any more.
  const remedy = status?.code === 'failed' ? withoutOrder(kind) : kind.remedy;
  return new NoMediaError('failed', told, remedy);
}

/** What may be done of a kind where an order would not help. */
function withoutOrder({ remedy }: MediaKind): MissingRemedy | undefined {
  return remedy === 'order' ? undefined : remedy;
}
