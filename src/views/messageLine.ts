import * as vscode from 'vscode';
import { oneLine } from '../language/oneLine.ts';
import { formatCount, formatDate } from '../language/formats.ts';
import { RecallError, isWithoutAnswer, recallErrorCode } from '../recall/errors.ts';

/** More of a filter's text would push the bots aside. */
const MOST_LETTERS = 60;

/** What a filter has found so far. */
export interface Found {
  /** As it was typed. */
  readonly text: string;
  /** How many bots pass. */
  readonly matching: number;
  /** How many were looked at. */
  readonly looked: number;
  readonly isSearching: boolean;
  /** Whether the account has bots that were not looked at. */
  readonly hasMore: boolean;
  /** Whether only bots that were sent from VS Code are looked at. */
  readonly onlySentFromHere: boolean;
}

/** Says above the tree that a filter is on, what it found, and how far it looked. */
export function filterLine(filtered: Found): string {
  const { text, matching, looked, isSearching, hasMore, onlySentFromHere } = filtered;
  const args = [formatCount(matching), formatCount(looked), shortened(text)];
  const found = onlySentFromHere
    ? vscode.l10n.t({
        message: '{0} of {1} bots sent from VS Code match “{2}”',
        args,
        comment: '{0} and {1} are numbers, {2} is what somebody wants to find',
      })
    : vscode.l10n.t({
        message: '{0} of {1} bots match “{2}”',
        args,
        comment: '{0} and {1} are numbers, {2} is what somebody wants to find',
      });
  if (!hasMore) return found;
  const rest = isSearching ? vscode.l10n.t('looking further…') : vscode.l10n.t('not all were looked at');
  return `${found} · ${rest}`;
}

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line;
}

/**
 * Says above the tree why what is shown may be old.
 *
 * @param updatedAt when it was up to date last, in ms since the epoch; 0 = never
 */
export function troubleLine(failure: unknown, updatedAt: number): string {
  const code = recallErrorCode(failure);
  if (code === 'keyRefused' || code === 'noKey')
    return vscode.l10n.t('The API key is not accepted any more.');
  if (failure instanceof RecallError && code === 'keyChangedElsewhere') return failure.message;
  const isOffline = isWithoutAnswer(failure);
  if (updatedAt === 0) {
    return isOffline
      ? vscode.l10n.t('Recall cannot be reached.')
      : vscode.l10n.t('The bots could not be listed.');
  }
  const time = formatDate('timeOfDay', updatedAt);
  return isOffline
    ? vscode.l10n.t('Offline, last updated {0}', time)
    : vscode.l10n.t('Not updated since {0}', time);
}
