/**
 * Reads a `Retry-After` header: a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param value the header's value, or null when there is none
 * @param now milliseconds since the epoch, for the date form
 * @returns milliseconds to wait, at least 0 and at most `Number.MAX_SAFE_INTEGER`; undefined when the header is
 *   missing or unreadable
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  // Date.parse reads "-5" and "7 apples" as years; an HTTP date always begins with a weekday and holds a time.
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  // The oldest of the three forms names no zone and means GMT.
  const date = Date.parse(/\d{4}$/.test(text) && !/[+-]\d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
