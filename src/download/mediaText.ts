import { BodyTooLargeError, readTextBody } from '../network/body.ts';
import { judgeFailure } from './answer.ts';
import { defaultLimits } from './limits.ts';
import { askMediaStore, readErrorCode } from './mediaRequest.ts';
import type { Attempt, RequestContext } from './mediaRequest.ts';

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
 * @throws DownloadError when the store cannot be reached, refuses, or has it no more (`gone`), BodyTooLargeError, the
 *   signal's reason when it aborts
 */
export async function readMediaText(
  collaborators: Omit<RequestContext, 'limits'>,
  { url, maxBytes, signal }: MediaTextRequest,
): Promise<string> {
  return askMediaStore(collaborators, { url, headers: {}, signal }, async (response, attempt, host) => {
    if (response.ok) return readBody(attempt, response, { maxBytes, host });
    const { status, headers } = response;
    const head = { status, headers, errorCode: await readErrorCode(response) };
    throw judgeFailure(head, collaborators.clock.now()).error;
  });
}

async function readBody(
  attempt: Attempt,
  response: Response,
  { maxBytes, host }: { readonly maxBytes: number; readonly host: string },
): Promise<string> {
  // What is small comes at once or not at all.
  attempt.watch(defaultLimits.idleTimeoutMs);
  try {
    return await readTextBody(response, maxBytes);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? error : attempt.explain(error, host);
  }
}
