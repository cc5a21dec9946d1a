/** Parses text as JSON; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Error pages are HTML or plain text: not being JSON is an answer here, not a failure.
    return undefined;
  }
}
