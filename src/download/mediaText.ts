import * as l10n from '@vscode/l10n';
import { BodyTooLargeError, readTextBody } from '../network/body.ts';
import { DownloadError } from './errors.ts';
import { defaultLimits } from './limits.ts';
import { askMediaStore, dropBody } from './mediaRequest.ts';
import type { Attempt, RequestContext } from './mediaRequest.ts';

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
  return askMediaStore(collaborators, { url, headers: {}, signal }, async (response, attempt, host) => {
    if (response.ok) return readBody(attempt, response, { maxBytes, host });
    await dropBody(response);
    if (GONE.has(response.status)) return undefined;
    throw new DownloadError(
      'refused',
      l10n.t('The media store {0} answered with status {1}.', host, response.status),
    );
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
