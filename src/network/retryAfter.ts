/**
 * Reads a `Retry-After` header: a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param value the header's value, or null when there is none
 * @param now milliseconds since the epoch, for the date form
 * @returns milliseconds to wait, at least 0; undefined when the header is missing or unreadable
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) {
    const ms = Number(text) * 1000;
    return Number.isFinite(ms) ? ms : undefined;
  }
  // Date.parse reads "-5" and "7 apples" as years; an HTTP date always names a weekday and a zone.
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
