import * as l10n from '@vscode/l10n';
import { BodyTooLargeError, readTextBody } from '../network/body.ts';
import { DownloadError } from './errors.ts';
import { defaultLimits } from './limits.ts';
import { Attempt, dropBody, InterruptedError, requestMedia } from './mediaRequest.ts';
import type { RequestContext } from './mediaRequest.ts';
import { parseMediaUrl } from './mediaUrl.ts';

const GONE = new Set([404, 410]);

/** What is wanted of a media store, and how much of it. */
export interface MediaTextRequest {
  /** Pre-signed. */
  readonly url: string;
  /** A longer text is refused. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads a small text at a pre-signed URL, in the way of a download, once and into memory.
 *
 * @returns undefined when the store has it no more
 * @throws DownloadError when the store cannot be reached or refuses, BodyTooLargeError, the signal's reason when it aborts
 */
export async function readMediaText(
  collaborators: Omit<RequestContext, 'limits'>,
  { url, maxBytes, signal }: MediaTextRequest,
): Promise<string | undefined> {
  const context: RequestContext = { ...collaborators, limits: defaultLimits };
  const start = parseMediaUrl(url);
  const attempt = new Attempt(context, signal);
  try {
    const response = await requestMedia(context, attempt, start, {});
    if (response.ok) return await readBody(context, attempt, response, { maxBytes, host: start.host });
    await dropBody(response);
    if (GONE.has(response.status)) return undefined;
    throw new DownloadError(
      'refused',
      l10n.t('The media store {0} answered with status {1}.', start.host, response.status),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof InterruptedError ? error.told : error;
  } finally {
    attempt.end();
  }
}

async function readBody(
  { limits }: RequestContext,
  attempt: Attempt,
  response: Response,
  { maxBytes, host }: { readonly maxBytes: number; readonly host: string },
): Promise<string> {
  // What is small comes at once or not at all.
  attempt.watch(limits.idleTimeoutMs);
  try {
    return await readTextBody(response, maxBytes);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? error : attempt.explain(error, host);
  }
}
