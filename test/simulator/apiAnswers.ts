/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer; undefined as body sends none. */
export function jsonAnswer(
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  if (body === undefined) return { status, headers, body: '' };
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The firewall's answer. */
export function blockedByFirewall(): ApiAnswer {
  const text =
    '<BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2><HR noshade size="1px">Request blocked.</BODY>';
  return { status: 403, headers: { 'Content-Type': 'text/html' }, body: text };
}

/** No such route. */
export function noSuchRoute(): ApiAnswer {
  const text =
    '<!doctype html>\n<html lang="en"><head><title>Not Found</title></head><body><h1>Not Found</h1></body></html>';
  return { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: text };
}

/** No such object in this workspace. */
export function noSuchObject(): ApiAnswer {
  return jsonAnswer(404, { detail: 'Not found.' });
}

/** Over the rate limit. @param seconds to wait */
export function throttled(seconds: number): ApiAnswer {
  const detail = `Request was throttled. Expected available in ${seconds} seconds.`;
  return jsonAnswer(429, { detail }, { 'Retry-After': String(seconds) });
}

/** The answers to a request without a good key. */
export const notAuthenticated = {
  missing: unauthorized('not_authenticated', 'Authentication credentials were not provided.'),
  bad: unauthorized(
    'authentication_failed',
    'Invalid API token. The API token provided might be for another Recall region (such as us-east-1, us-west-2, eu-central-1, or ap-northeast-1). Verify token is valid and belongs to the correct region.',
  ),
  unknownScheme: unauthorized('authentication_failed', 'Invalid token header. No credentials provided.'),
};

function unauthorized(code: string, detail: string): ApiAnswer {
  const headers = { 'WWW-Authenticate': 'Token', Allow: 'GET, POST, HEAD, OPTIONS' };
  return jsonAnswer(401, { code, detail }, headers);
}

/** A command to a bot that is over. */
export function completedBot(): ApiAnswer {
  return jsonAnswer(400, {
    code: 'cannot_command_completed_bot',
    detail: 'Cannot send a command to a bot which has completed(is shutting/has shut down/has errored).',
  });
}

/** A command to a bot that has not begun. */
export function unstartedBot(): ApiAnswer {
  return jsonAnswer(400, {
    code: 'cannot_command_unstarted_bot',
    detail: 'Cannot send a command to a bot which has not been started.',
  });
}
