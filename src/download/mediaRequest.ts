import * as l10n from '@vscode/l10n';
import { TimedOutError } from '../network/abort.ts';
import type { Clock } from '../network/clock.ts';
import { describeNetworkFailure } from '../network/failure.ts';
import type { Log } from '../network/log.ts';
import { cancelledError, DownloadError } from './errors.ts';
import { defaultLimits } from './limits.ts';
import type { DownloadLimits } from './limits.ts';
import { parseMediaUrl, withoutQuery } from './mediaUrl.ts';

/** What a request for media needs from outside. */
export interface RequestContext {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: DownloadLimits;
}

/** What a media store is asked for once. */
export interface MediaStoreRequest {
  /** Pre-signed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The network let an attempt down; `told` says it in the user's words. Worth another try. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly told: DownloadError;

  constructor(told: DownloadError) {
    super(told.message, { cause: told });
    this.told = told;
  }
}

/** One try to get bytes: its abort signal follows the user's, and a silence ends it, too. */
export class Attempt {
  readonly #context: RequestContext;
  readonly #userSignal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onUserAbort = (): void => {
    this.#controller.abort(this.#userSignal.reason);
  };
  #stopTimer: () => void = () => undefined;
  #lastSign = 0;
  #timedOut = false;

  constructor(context: RequestContext, userSignal: AbortSignal) {
    this.#context = context;
    this.#userSignal = userSignal;
    userSignal.addEventListener('abort', this.#onUserAbort, { once: true });
    if (userSignal.aborted) this.#onUserAbort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Notes a sign of life. */
  touch(): void {
    this.#lastSign = this.#context.clock.now();
  }

  /** Aborts the attempt once there was no sign of life for `ms` milliseconds. */
  watch(ms: number): void {
    this.#stopTimer();
    this.touch();
    this.#schedule(ms, ms);
  }

  /** Stops watching, while we are the ones who are slow. */
  unwatch(): void {
    this.#stopTimer();
  }

  /** Drops the connection, if there is one, and every timer. */
  end(): void {
    this.#stopTimer();
    this.#userSignal.removeEventListener('abort', this.#onUserAbort);
    this.#controller.abort();
  }

  /**
   * Puts in words what the network threw.
   *
   * @returns an `InterruptedError`; a `DownloadError` when trying again would not help: `cancelled` or `certificate`
   */
  explain(error: unknown, host: string): InterruptedError | DownloadError {
    if (this.#userSignal.aborted) return cancelledError();
    const failure = describeNetworkFailure(this.#timedOut ? new TimedOutError() : error, host);
    const words = l10n.t('The download stopped: {0}. {1}', failure.reason, failure.advice);
    const details = { cause: error };
    switch (failure.kind) {
      case 'certificate':
        return new DownloadError('certificate', words, details);
      case 'nameNotFound':
        return new InterruptedError(new DownloadError('nameNotFound', words, details));
      case 'timeout':
        return new InterruptedError(new DownloadError('stalled', words, details));
      case 'proxy':
        return new InterruptedError(new DownloadError('proxy', words, details));
      case 'network':
        return new InterruptedError(new DownloadError('network', words, details));
    }
  }

  #schedule(ms: number, limit: number): void {
    this.#stopTimer = this.#context.clock.schedule(ms, () => {
      const silence = this.#context.clock.now() - this.#lastSign;
      if (silence < limit) {
        this.#schedule(limit - silence, limit);
        return;
      }
      this.#timedOut = true;
      this.#controller.abort(new TimedOutError('No byte came in time'));
    });
  }
}

/**
 * Sends one request and follows redirects by hand, so that each hop is looked at before it is gone to. Nothing is sent
 * along that the address itself does not hold: no Authorization, no cookie, no referrer.
 *
 * @throws DownloadError `insecureUrl` or `tooManyRedirects`, else what `Attempt.explain` makes of the failure
 */
export async function requestMedia(
  context: RequestContext,
  attempt: Attempt,
  start: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= context.limits.redirects; hop++) {
    const response = await requestOnce(context, attempt, url, headers);
    const location = isRedirect(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await dropBody(response);
    url = parseMediaUrl(location, url);
  }
  throw new DownloadError(
    'tooManyRedirects',
    l10n.t('{0} redirected the download too many times.', start.host),
  );
}

/**
 * Asks a media store once, in the way of a download, and lets `use` make of the answer what is wanted.
 *
 * @param use gets the attempt, which ends with it, and the store's host, beside the answer
 * @throws DownloadError when the store cannot be reached, what `use` throws, the signal's reason when it aborts
 */
export async function askMediaStore<Result>(
  collaborators: Omit<RequestContext, 'limits'>,
  { url, headers, signal }: MediaStoreRequest,
  use: (response: Response, attempt: Attempt, host: string) => Promise<Result>,
): Promise<Result> {
  const context: RequestContext = { ...collaborators, limits: defaultLimits };
  const start = parseMediaUrl(url);
  const attempt = new Attempt(context, signal);
  try {
    return await use(await requestMedia(context, attempt, start, headers), attempt, start.host);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof InterruptedError ? error.told : error;
  } finally {
    attempt.end();
  }
}

/** Gives up a body that nobody will read. */
export async function dropBody(response: Response): Promise<void> {
  try {
    await response.body?.cancel();
  } catch {
    // The connection broke meanwhile, which is just as well.
  }
}

/** The `Code` in the XML error body of an object store, read from the first 4 KiB; undefined when there is none. */
export async function readErrorCode(response: Response): Promise<string | undefined> {
  if (!response.body) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 4096) break;
    }
  } catch {
    // The status says enough when the explanation is cut off.
  }
  return /<Code>\s*(\w{1,64})\s*<\/Code>/.exec(text)?.[1];
}

async function requestOnce(
  { fetch, clock, log, limits }: RequestContext,
  attempt: Attempt,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const started = clock.now();
  attempt.watch(limits.headerTimeoutMs);
  const init: RequestInit = {
    headers: { accept: '*/*', 'accept-encoding': 'identity', ...headers },
    redirect: 'manual',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: attempt.signal,
  };
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw attempt.explain(error, url.host);
  }
  attempt.unwatch();
  const range = headers.range === undefined ? '' : ` ${headers.range}`;
  log.info(
    `[download] GET ${withoutQuery(url)}${range} -> ${response.status} in ${clock.now() - started} ms`,
  );
  return response;
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
