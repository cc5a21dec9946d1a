/** Parses text as JSON; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Error pages are HTML or plain text: not being JSON is an answer here, not a failure.
    return undefined;
  }
}

/** A field of an object; undefined when it has none of its own, or the value is no object. */
export function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return (value as Record<string, unknown>)[field];
}
