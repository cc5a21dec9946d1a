/** Milliseconds since the epoch of an ISO 8601 text; null for null. @throws RangeError for a date that is none */
export function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`Not a date: ${text}`);
  return time;
}
