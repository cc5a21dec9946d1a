import * as l10n from '@vscode/l10n';
import { TimedOutError, withTimeout } from '../network/abort.ts';
import { backoffMs } from '../network/backoff.ts';
import type { BackoffLimits } from '../network/backoff.ts';
import { BodyTooLargeError, readTextBody } from '../network/body.ts';
import type { Clock } from '../network/clock.ts';
import { describeNetworkFailure, forLog } from '../network/failure.ts';
import type { Log } from '../network/log.ts';
import { createRedactor } from '../network/redaction.ts';
import { parseRetryAfter } from '../network/retryAfter.ts';
import { parseJson } from '../network/json.ts';
import { refusal } from './apiErrors.ts';
import { RecallError, recallErrorCode } from './errors.ts';
import type { RecallErrorCode } from './errors.ts';
import type { ApiReachability } from './reachability.ts';
import type { ServerTime } from './serverTime.ts';

/** Where the API is and the key that opens it. The key goes to this origin and to no other. */
export interface ApiAccess {
  /** An origin without a trailing slash. */
  readonly origin: string;
  readonly key: string;
}

/** One call of the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, with leading and trailing slash: `/bot/`. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Sent as JSON. Never with a GET: the API's firewall refuses that. */
  readonly body?: unknown;
  /** The same for every try of one act of the user (Recall docs, "Idempotency"). */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
  /** How often a failed try may be repeated; default from the limits. 0 = once only. */
  readonly maxRetries?: number;
  /** Asked before each repetition, since a key may be removed or replaced during the wait. What it throws ends the call. */
  readonly renewAccess?: () => Promise<ApiAccess>;
}

/** Bounds of the API transport. Times in ms, sizes in bytes. */
export interface ApiLimits {
  /** For one whole try: connection, headers and body. */
  readonly callTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly maxRetries: number;
  readonly backoff: BackoffLimits;
  /** The wait after a 429 that does not say how long. Limits are counted by the minute. */
  readonly rateLimitWaitMs: number;
  /** A longer `Retry-After` than this is not waited for but reported. */
  readonly maxRetryAfterMs: number;
}

const DEFAULT_LIMITS: ApiLimits = {
  callTimeoutMs: 30_000,
  maxBodyBytes: 32 * 1024 * 1024,
  maxRetries: 4,
  backoff: { baseMs: 500, capMs: 30_000 },
  rateLimitWaitMs: 10_000,
  maxRetryAfterMs: 60_000,
};

/** What the transport works with. */
export interface ApiCollaborators {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Gets to know how each try ended. */
  readonly reachability: Pick<ApiReachability, 'answered' | 'failed'>;
  /** Gets to know what time it is at the API. */
  readonly serverTime: Pick<ServerTime, 'note'>;
  /** Sent as `User-Agent`. */
  readonly userAgent: string;
  /** VS Code's word for the remote that this code runs on; undefined on the user's own computer. */
  readonly remoteName?: string | undefined;
  readonly limits?: Partial<ApiLimits>;
}

// What may have been lost on the way or dropped under load. A POST is repeated only with an idempotency key.
const RETRIED = new Set<RecallErrorCode>([
  'network',
  'nameNotFound',
  'timeout',
  'conflict',
  'rateLimited',
  'serverError',
]);

const ANSWER_LOST = new Set<RecallErrorCode | undefined>(['network', 'timeout', 'serverError']);

/** The one door to the Recall API: form of requests, time-outs, retries, errors. */
export class ApiTransport {
  readonly #with: ApiCollaborators;
  readonly #limits: ApiLimits;

  constructor(collaborators: ApiCollaborators) {
    this.#with = collaborators;
    this.#limits = { ...DEFAULT_LIMITS, ...collaborators.limits };
  }

  /**
   * Sends a request and answers with the parsed JSON body; undefined for an empty one.
   *
   * @throws RecallError for everything but a cancellation, which throws the signal's reason
   */
  async send(access: ApiAccess, request: ApiRequest): Promise<unknown> {
    request.signal?.throwIfAborted();
    let current = access;
    const repeatable = request.method !== 'POST' || request.idempotencyKey !== undefined;
    const maxRetries = repeatable ? (request.maxRetries ?? this.#limits.maxRetries) : 0;
    let mayHaveWorked = false;
    for (let attempt = 0; ; attempt++) {
      if (!isSendableKey(current.key)) throw unsendableKey();
      try {
        return await this.#try(current, request);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (mayHaveWorked && isAlreadyDeleted(request, error)) return undefined;
        mayHaveWorked ||= ANSWER_LOST.has(recallErrorCode(error));
        if (!(error instanceof RecallError) || attempt >= maxRetries || !RETRIED.has(error.code)) throw error;
        if ((error.retryAfterMs ?? 0) > this.#limits.maxRetryAfterMs) throw error;
        const waitMs = this.#waitBefore(attempt, error);
        this.#with.log.debug(`[api] ${error.code}: trying again in ${Math.round(waitMs)} ms`);
        await this.#with.clock.sleep(waitMs, request.signal);
        current = (await request.renewAccess?.()) ?? current;
        // The request is about what is at the other API.
        if (current.origin !== access.origin) throw error;
      }
    }
  }

  /**
   * Looks whether anything answers where the API should be. Takes no key along, is not repeated, and counts any answer.
   *
   * @throws RecallError for trouble below HTTP, or the signal's reason
   */
  async reach(origin: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { fetch, clock, log, userAgent, remoteName } = this.#with;
    const url = new URL(`${origin}/api/v1/bot/`);
    const headers = { Accept: 'application/json', 'User-Agent': userAgent };
    try {
      const status = await withTimeout(clock, this.#limits.callTimeoutMs, signal, async (ending) => {
        const answer = await fetch(url.href, { headers, signal: ending, redirect: 'manual' });
        await answer.body?.cancel();
        return answer.status;
      });
      log.info(`[api] GET ${url.href} without a key: ${status}`);
    } catch (error) {
      signal?.throwIfAborted();
      throw asRecallError(error, url.hostname, remoteName);
    }
  }

  #waitBefore(attempt: number, error: RecallError): number {
    const { backoff, rateLimitWaitMs } = this.#limits;
    const askedMs = error.retryAfterMs ?? (error.code === 'rateLimited' ? rateLimitWaitMs : undefined);
    // A little more than asked, at random, so that all who were told the same second do not return in it.
    return askedMs === undefined
      ? backoffMs(attempt, backoff, this.#with.random)
      : askedMs + this.#with.random() * 1000;
  }

  async #try(access: ApiAccess, request: ApiRequest): Promise<unknown> {
    const { clock, log, reachability, serverTime } = this.#with;
    const url = new URL(`${access.origin}/api/v1${request.path}`);
    const startedAt = clock.now();
    const line = `[api] ${request.method} ${url.origin}${url.pathname}`;
    if (request.query) url.search = request.query.toString();
    try {
      const { response, text } = await withTimeout(
        clock,
        this.#limits.callTimeoutMs,
        request.signal,
        async (signal) => {
          const answer = await this.#with.fetch(url.href, this.#init(access, request, signal));
          serverTime.note(answer.headers.get('date'), startedAt, clock.now());
          return { response: answer, text: await readTextBody(answer, this.#limits.maxBodyBytes) };
        },
      );
      log.info(`${line} ${response.status} in ${clock.now() - startedAt} ms`);
      const body = readAnswer(access, request.path, response, text, clock.now());
      reachability.answered();
      return body;
    } catch (error) {
      request.signal?.throwIfAborted();
      const failure =
        error instanceof RecallError ? error : asRecallError(error, url.hostname, this.#with.remoteName);
      reachability.failed(failure);
      if (failure !== error) log.warn(`${line} failed in ${clock.now() - startedAt} ms: ${forLog(failure)}`);
      throw failure;
    }
  }

  #init(access: ApiAccess, request: ApiRequest, signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      Authorization: `Token ${access.key}`,
      'User-Agent': this.#with.userAgent,
    };
    if (request.idempotencyKey !== undefined) headers['Idempotency-Key'] = request.idempotencyKey;
    // A redirect is never followed: it would carry the key to wherever it points.
    const init: RequestInit = { method: request.method, headers, signal, redirect: 'manual' };
    if (request.method !== 'GET' && request.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(request.body);
    }
    return init;
  }
}

/** Whether a key can be sent at all: a header carries printable ASCII only, and no key has a space in it. */
export function isSendableKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

// Said before fetch can: its own words about a bad header quote it.
function unsendableKey(): RecallError {
  return new RecallError(
    'keyRefused',
    l10n.t(
      'The API key contains characters that no API key has. Copy it again from the Recall dashboard and set it anew.',
    ),
  );
}

function isAlreadyDeleted(request: ApiRequest, error: unknown): boolean {
  return request.method === 'DELETE' && error instanceof RecallError && error.code === 'notFound';
}

function readAnswer(access: ApiAccess, path: string, response: Response, text: string, now: number): unknown {
  const { origin } = access;
  if (isRedirect(response)) {
    const sentence = l10n.t(
      '{0} answered with a redirect, which is not followed so that the API key stays with it. Check the setting recall.apiBaseUrl.',
      new URL(origin).host,
    );
    throw new RecallError('unexpectedAnswer', sentence, { status: response.status });
  }
  if (!response.ok) {
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now);
    const redactor = createRedactor();
    redactor.addSecret(access.key);
    const redact = (said: string): string => redactor.redact(said);
    throw refusal({ status: response.status, bodyText: text, origin, path, retryAfterMs, redact });
  }
  if (text.trim() === '') return undefined;
  const body = parseJson(text);
  if (body !== undefined) return body;
  const sentence = l10n.t(
    '{0} did not answer with JSON. Check the setting recall.apiBaseUrl and the network you are in.',
    new URL(origin).host,
  );
  throw new RecallError('unexpectedAnswer', sentence, { status: response.status });
}

// Chromium's fetch hides the status of a redirect; and an answer that came by way of one is not to be trusted.
function isRedirect(response: Response): boolean {
  const { status } = response;
  return (status >= 300 && status < 400) || response.redirected || response.type === 'opaqueredirect';
}

function asRecallError(error: unknown, host: string, remoteName: string | undefined): RecallError {
  if (error instanceof BodyTooLargeError) {
    return new RecallError('unexpectedAnswer', l10n.t('The answer of {0} is too long to be right.', host), {
      cause: error,
    });
  }
  const failure = describeNetworkFailure(error, host, remoteName);
  const sentence = l10n.t('Recall cannot be reached: {0}. {1}', failure.reason, failure.advice);
  return new RecallError(error instanceof TimedOutError ? 'timeout' : failure.kind, sentence, {
    cause: error,
  });
}
