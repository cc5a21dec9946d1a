const DAY_MS = 24 * 60 * 60_000;

/** A duration as `12:04` or `1:02:03`. @param ms negative counts as 0 */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

/** Whole percent, such as `43%`; undefined when the total is unknown. */
export function formatPercent(part: number, total: number | undefined): string | undefined {
  return total === undefined || total <= 0 ? undefined : `${Math.floor(Math.min(1, part / total) * 100)}%`;
}

// Making a format costs far more than using it, and a list has hundreds of times.
const TIME_OF_DAY = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const WHOLE_DATE = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });

/** A time of day for today, day and time for the last months, else the date. Both in ms since the epoch, local zone. */
export function formatTime(time: number, now: number): string {
  const date = new Date(time);
  if (date.toDateString() === new Date(now).toDateString()) return TIME_OF_DAY.format(date);
  return Math.abs(now - time) < 300 * DAY_MS
    ? `${DAY_OF_YEAR.format(date)}, ${TIME_OF_DAY.format(date)}`
    : WHOLE_DATE.format(date);
}

/** A duration that is still to come, in ms, roughly: `45 s`, `3 min`, `2 h`. */
export function formatRemaining(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
