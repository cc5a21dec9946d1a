import { explainSubCode } from './subCodes.ts';

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

const words: ReadonlyMap<string, StatusWords> = new Map([
  ['joining_call', { label: 'Joining', phase: 'joining', isFinal: false }],
  ['in_waiting_room', { label: 'Waiting to be admitted', phase: 'waiting', isFinal: false }],
  ['participant_in_waiting_room', { label: 'Waiting to be admitted', phase: 'waiting', isFinal: false }],
  ['in_call_not_recording', { label: 'In the call, not recording', phase: 'inCall', isFinal: false }],
  ['recording_permission_allowed', { label: 'Allowed to record', phase: 'inCall', isFinal: false }],
  ['recording_permission_denied', { label: 'Not allowed to record', phase: 'inCall', isFinal: false }],
  ['in_call_recording', { label: 'Recording', phase: 'recording', isFinal: false }],
  ['recording_done', { label: 'Recording ended', phase: 'finishing', isFinal: false }],
  ['call_ended', { label: 'Call ended', phase: 'finishing', isFinal: false }],
  ['done', { label: 'Done', phase: 'done', isFinal: true }],
  ['fatal', { label: 'Failed', phase: 'failed', isFinal: true }],
  ['media_expired', { label: 'Media expired', phase: 'expired', isFinal: true }],
  ['analysis_done', { label: 'Done', phase: 'done', isFinal: true }],
  ['analysis_failed', { label: 'Done, analysis failed', phase: 'done', isFinal: true }],
  ['breakout_room_entered', { label: 'Breakout room entered', phase: 'inCall', isFinal: false }],
  ['breakout_room_left', { label: 'Breakout room left', phase: 'inCall', isFinal: false }],
  ['breakout_room_opened', { label: 'Breakout room opened', phase: 'inCall', isFinal: false }],
  ['breakout_room_closed', { label: 'Breakout room closed', phase: 'inCall', isFinal: false }],
]);

/**
 * Puts the newest status code of a bot into words. An unknown code is shown as it is, only made readable.
 *
 * @param code undefined when the bot has no status change yet
 * @param joinAt the bot's `join_at`: tells a scheduled bot from one that starts at once
 */
export function statusWords(code: string | undefined, joinAt?: string | null): StatusWords {
  if (code === undefined || code === '' || code === 'ready') {
    return { label: joinAt ? 'Scheduled' : 'Starting', phase: 'scheduled', isFinal: false };
  }
  return words.get(code) ?? { label: readableCode(code), phase: 'unknown', isFinal: false };
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
  const fatal = changes.findLast((change) => change.code === 'fatal');
  if (fatal) return explainFatal(fatal);
  const denied = lastingDenial(changes);
  const ended = changes.findLast((change) => change.code === 'call_ended');
  if (!ended) return denied && explainDenial(denied);
  // The refusal says more than the time-out that follows it.
  if (denied && isKnown(denied) && endedForLackOfRecording(ended)) return explainDenial(denied);
  return explainCallEnd(ended);
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
  return knownReason(change) ?? otherReason(change, 'The bot failed.', 'The bot failed for another reason');
}

function explainCallEnd(change: StatusChangeReason): string {
  return knownReason(change) ?? otherReason(change, 'The call ended.', 'The call ended for another reason');
}

function explainDenial(change: StatusChangeReason): string {
  return (
    knownReason(change) ??
    otherReason(
      change,
      'The bot was not allowed to record.',
      'The bot was not allowed to record for another reason',
    )
  );
}

function isKnown(change: StatusChangeReason): boolean {
  return knownReason(change) !== undefined;
}

function knownReason({ code, subCode }: StatusChangeReason): string | undefined {
  if (!subCode) return undefined;
  const explanation = explainSubCode(code, subCode);
  if (!explanation) return undefined;
  const meaning = `${explanation.meaning.slice(0, -1)} (${subCode}).`;
  return explanation.advice === undefined ? meaning : `${meaning} ${explanation.advice}`;
}

function otherReason(change: StatusChangeReason, plain: string, withSubCode: string): string {
  const sentence = change.subCode ? `${withSubCode} (${oneLine(change.subCode, longestMessage)}).` : plain;
  const message = oneLine(change.message ?? '', longestMessage);
  return message === '' ? sentence : `${sentence} Recall says: ${message}`;
}

function readableCode(code: string): string {
  const text = oneLine(code.replaceAll('_', ' '), longestUnknownLabel);
  return text === '' ? 'Unknown status' : text.charAt(0).toUpperCase() + text.slice(1);
}

function oneLine(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 2)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
