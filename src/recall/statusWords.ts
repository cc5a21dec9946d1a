import * as l10n from '@vscode/l10n';
import { joinSentences, withCode } from '../language/sentences.ts';
import { briefReason } from './briefReasons.ts';
import { explainSubCode } from './subCodes.ts';
import { withWordsOfRecall } from './wordsOfRecall.ts';

/** Where a bot is on its way, in the steps that matter to a user. `scheduled` means that it has not started yet. */
export type StatusPhase =
  | 'scheduled'
  | 'joining'
  | 'waiting'
  | 'inCall'
  | 'recording'
  | 'finishing'
  | 'done'
  | 'failed'
  | 'expired'
  | 'unknown';

/** A status code in words. */
export interface StatusWords {
  /** A few words in sentence case, for a tree or a status bar. */
  readonly label: string;
  readonly phase: StatusPhase;
  /** True when the bot itself is finished. Its media may still be processing. */
  readonly isFinal: boolean;
}

/** What {@link explainEnd} needs of a status change. */
export interface StatusChangeReason {
  readonly code: string;
  readonly subCode: string | undefined;
  readonly message?: string | undefined;
}

const longestUnknownLabel = 60;
const longestMessage = 300;

// Labels are functions: the language is not known yet when this file is loaded.
interface KnownStatus extends Omit<StatusWords, 'label'> {
  readonly label: () => string;
  /** Webhooks tell of it, and the filter of the bot list does not know it: a request with it may be refused. */
  readonly isNoFilter?: true;
}

const words: ReadonlyMap<string, KnownStatus> = new Map<string, KnownStatus>([
  ['joining_call', { label: () => l10n.t('Joining'), phase: 'joining', isFinal: false }],
  ['in_waiting_room', { label: () => l10n.t('Waiting to be admitted'), phase: 'waiting', isFinal: false }],
  [
    'participant_in_waiting_room',
    { label: () => l10n.t('Waiting to be admitted'), phase: 'waiting', isFinal: false },
  ],
  [
    'in_call_not_recording',
    { label: () => l10n.t('In the call, not recording'), phase: 'inCall', isFinal: false },
  ],
  [
    'recording_permission_allowed',
    { label: () => l10n.t('Allowed to record'), phase: 'inCall', isFinal: false },
  ],
  [
    'recording_permission_denied',
    { label: () => l10n.t('Not allowed to record'), phase: 'inCall', isFinal: false },
  ],
  ['in_call_recording', { label: () => l10n.t('Recording'), phase: 'recording', isFinal: false }],
  ['recording_done', { label: () => l10n.t('Recording ended'), phase: 'finishing', isFinal: false }],
  ['call_ended', { label: () => l10n.t('Call ended'), phase: 'finishing', isFinal: false }],
  ['done', { label: () => l10n.t('Done'), phase: 'done', isFinal: true }],
  ['fatal', { label: () => l10n.t('Failed'), phase: 'failed', isFinal: true }],
  ['media_expired', { label: () => l10n.t('Media expired'), phase: 'expired', isFinal: true }],
  ['analysis_done', { label: () => l10n.t('Done'), phase: 'done', isFinal: true }],
  ['analysis_failed', { label: () => l10n.t('Done, analysis failed'), phase: 'done', isFinal: true }],
  [
    'breakout_room_entered',
    { label: () => l10n.t('Breakout room entered'), phase: 'inCall', isFinal: false, isNoFilter: true },
  ],
  [
    'breakout_room_left',
    { label: () => l10n.t('Breakout room left'), phase: 'inCall', isFinal: false, isNoFilter: true },
  ],
  [
    'breakout_room_opened',
    { label: () => l10n.t('Breakout room opened'), phase: 'inCall', isFinal: false, isNoFilter: true },
  ],
  [
    'breakout_room_closed',
    { label: () => l10n.t('Breakout room closed'), phase: 'inCall', isFinal: false, isNoFilter: true },
  ],
]);

/**
 * Puts the newest status code of a bot into words. An unknown code is shown as it is, only made readable.
 *
 * @param code undefined when the bot has no status change yet
 * @param joinAt the bot's `join_at`: tells a scheduled bot from one that starts at once
 */
export function statusWords(code: string | undefined, joinAt?: string | null): StatusWords {
  if (code === undefined || code === '' || code === 'ready') {
    return { label: joinAt ? l10n.t('Scheduled') : l10n.t('Starting'), phase: 'scheduled', isFinal: false };
  }
  const known = words.get(code);
  return known
    ? { label: known.label(), phase: known.phase, isFinal: known.isFinal }
    : { label: readableCode(code), phase: 'unknown', isFinal: false };
}

/** The status codes of these phases that the bot list can be filtered by. */
export function filterableStatuses(phases: readonly StatusPhase[]): readonly string[] {
  const known = [...words].filter(([, { phase, isNoFilter }]) => phases.includes(phase) && !isNoFilter);
  return known.map(([code]) => code);
}

/** True for the codes after which a bot does nothing more: `done`, `fatal` and those that can only follow them. */
export function isFinalStatus(code: string): boolean {
  return words.get(code)?.isFinal ?? false;
}

/**
 * Says in a sentence or two why a bot ended as it did, or why it was not allowed to record, with the sub code in
 * parentheses so that it can be looked up. A sub code that is not known here is shown as it is.
 *
 * @param changes a bot's status changes, oldest first
 * @returns undefined when nothing among the changes gives a reason
 */
export function explainEnd(changes: readonly StatusChangeReason[]): string | undefined {
  const reason = reasonOfEnd(changes);
  if (!reason) return undefined;
  switch (reason.code) {
    case 'fatal':
      return explainFatal(reason);
    case 'call_ended':
      return explainCallEnd(reason, wasRecorded(changes));
    default:
      return explainDenial(reason);
  }
}

/**
 * The same in two or three words, for a line.
 *
 * @returns undefined when nothing gives a reason, or the sub code is not known here
 */
export function brieflyWhy(changes: readonly StatusChangeReason[]): string | undefined {
  const subCode = reasonOfEnd(changes)?.subCode;
  return subCode === undefined ? undefined : briefReason(subCode);
}

/** The status change that says most about how a bot ended. */
function reasonOfEnd(changes: readonly StatusChangeReason[]): StatusChangeReason | undefined {
  const fatal = changes.findLast((change) => change.code === 'fatal');
  if (fatal) return fatal;
  const denied = lastingDenial(changes);
  const ended = changes.findLast((change) => change.code === 'call_ended');
  if (!ended) return denied;
  // The refusal says more than the time-out that follows it.
  return denied && isKnown(denied) && endedForLackOfRecording(ended) ? denied : ended;
}

/** Whether a bot recorded, as far as its status changes tell. */
export function wasRecorded(changes: readonly Pick<StatusChangeReason, 'code'>[]): boolean {
  return changes.some(({ code }) => code === 'in_call_recording');
}

function lastingDenial(changes: readonly StatusChangeReason[]): StatusChangeReason | undefined {
  const denied = changes.findLastIndex((change) => change.code === 'recording_permission_denied');
  const allowed = changes.findLastIndex(
    (change) => change.code === 'recording_permission_allowed' || change.code === 'in_call_recording',
  );
  return denied > allowed ? changes[denied] : undefined;
}

function endedForLackOfRecording(ended: StatusChangeReason): boolean {
  return (
    ended.subCode === 'timeout_exceeded_recording_permission_denied' ||
    ended.subCode === 'timeout_exceeded_in_call_not_recording'
  );
}

function explainFatal(change: StatusChangeReason): string {
  return (
    knownReason(change) ??
    otherReason(change, l10n.t('The bot failed.'), (code) =>
      l10n.t('The bot failed for another reason ({0}).', code),
    )
  );
}

function explainCallEnd(change: StatusChangeReason, isRecorded: boolean): string {
  return (
    knownReason(change, isRecorded) ??
    otherReason(change, l10n.t('The call ended.'), (code) =>
      l10n.t('The call ended for another reason ({0}).', code),
    )
  );
}

function explainDenial(change: StatusChangeReason): string {
  return (
    knownReason(change) ??
    otherReason(change, l10n.t('The bot was not allowed to record.'), (code) =>
      l10n.t('The bot was not allowed to record for another reason ({0}).', code),
    )
  );
}

function isKnown(change: StatusChangeReason): boolean {
  return knownReason(change) !== undefined;
}

function knownReason({ code, subCode }: StatusChangeReason, isRecorded = false): string | undefined {
  if (!subCode) return undefined;
  const explanation = explainSubCode(code, subCode, isRecorded);
  if (!explanation) return undefined;
  const meaning = withCode(explanation.meaning, subCode);
  return explanation.advice === undefined ? meaning : joinSentences(meaning, explanation.advice);
}

function otherReason(
  { subCode, message }: StatusChangeReason,
  plain: string,
  withSubCode: (subCode: string) => string,
): string {
  const sentence = subCode ? withSubCode(oneLine(subCode, longestMessage)) : plain;
  return withWordsOfRecall(sentence, oneLine(message ?? '', longestMessage) || undefined);
}

function readableCode(code: string): string {
  const text = oneLine(code.replaceAll('_', ' '), longestUnknownLabel);
  return text === '' ? l10n.t('Unknown status') : text.charAt(0).toUpperCase() + text.slice(1);
}

function oneLine(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 2)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
