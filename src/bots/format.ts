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

/** A time of day for today, day and time for this year, else the date. Both in ms since the epoch, local zone. */
export function formatTime(time: number, now: number): string {
  const date = new Date(time);
  const today = new Date(now);
  const clock = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === today.toDateString()) return clock;
  if (Math.abs(now - time) < 300 * DAY_MS) {
    return `${date.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })}, ${clock}`;
  }
  return date.toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** A duration that is still to come, roughly: `less than a minute`, `3 minutes`, `2 hours`. */
export function formatRemaining(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
