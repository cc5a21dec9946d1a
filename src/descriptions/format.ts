import * as l10n from '@vscode/l10n';
import { formatDate, formatNumber, formatShare } from '../language/formats.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Whole percent, such as `43%`; undefined when the total is unknown. */
export function formatPercent(part: number, total: number | undefined): string | undefined {
  return total === undefined || total <= 0
    ? undefined
    : formatShare(Math.floor(Math.min(1, part / total) * 100) / 100);
}

/**
 * A time of day for today, day and time for the last months, else the date. Both in ms since the epoch, local zone.
 *
 * @param under the day that it stands under in a list, as `BotDay.id`: what the heading says is not said again
 */
export function formatTime(time: number, now: number, under?: string): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  if (isToday || under === 'yesterday') return formatDate('timeOfDay', time);
  if (under === 'week') return formatDate('weekdayAndTime', time);
  return formatDate(Math.abs(now - time) < 300 * DAY_MS ? 'dayAndTime' : 'date', time);
}

/** A duration that is still to come, in ms, roughly: `45 s`, `3 min`, `2 h`. */
export function formatRemaining(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return l10n.t('{0} s', formatNumber(Math.max(1, Math.round(ms / 1000))));
  return minutes < 90
    ? l10n.t('{0} min', formatNumber(minutes))
    : l10n.t('{0} h', formatNumber(Math.round(minutes / 60)));
}
