/** The `code`s found along an error's chain of causes, outermost first; at most ten errors are looked at. */
export function causeCodes(error: unknown): string[] {
  return causesOf(error).flatMap(codesOf);
}

/** An error and what is behind it, outermost first; at most ten. */
export function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  const pending: unknown[] = [error];
  while (causes.length < 10 && pending.length > 0) {
    const current = pending.shift();
    if (typeof current !== 'object' || current === null) continue;
    causes.push(current);
    if ('cause' in current) pending.push(current.cause);
    if (current instanceof AggregateError) pending.push(...(current.errors as unknown[]).slice(0, 5));
  }
  return causes;
}

/** The codes of one of them: that of Node or a library, and that of Chromium's network. */
export function codesOf(cause: object): string[] {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  // Chromium's fetch has no codes, only messages such as "net::ERR_NAME_NOT_RESOLVED".
  const chromiumCode = /\bnet::(ERR_[A-Z_]{1,60})/.exec(messageOf(cause))?.[1];
  return [code, chromiumCode]
    .filter((found) => found !== undefined)
    .filter((found) => /^[A-Z][A-Z0-9_]{1,59}$/.test(found));
}

/** Its message, at most 1,000 characters of it; empty when it has none. */
export function messageOf(cause: object): string {
  return 'message' in cause && typeof cause.message === 'string' ? cause.message.slice(0, 1000) : '';
}
