import * as l10n from '@vscode/l10n';
import { DownloadError } from './errors.ts';
import { defaultLimits } from './limits.ts';
import { Attempt, dropBody, InterruptedError, requestMedia } from './mediaRequest.ts';
import type { RequestContext } from './mediaRequest.ts';
import { parseMediaUrl } from './mediaUrl.ts';

// There is nothing to fetch in an empty or deleted recording, and yet the store could be asked.
const REACHED_WITHOUT_BYTES = new Set([404, 410, 416]);

/**
 * Asks a media store for the first byte at a pre-signed URL, in the way of a download and once only.
 *
 * @throws DownloadError when the store cannot be reached or refuses, the signal's reason when it aborts
 */
export async function probeMedia(
  collaborators: Omit<RequestContext, 'limits'>,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const context: RequestContext = { ...collaborators, limits: defaultLimits };
  const attempt = new Attempt(context, signal);
  try {
    const start = parseMediaUrl(url);
    const response = await requestMedia(context, attempt, start, { range: 'bytes=0-0' });
    await dropBody(response);
    if (response.ok || REACHED_WITHOUT_BYTES.has(response.status)) return;
    throw new DownloadError(
      'refused',
      l10n.t(
        'The media store {0} answered with status {1}. A firewall or a proxy on the way may be the reason: check the setting http.proxy.',
        start.host,
        response.status,
      ),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof InterruptedError ? error.told : error;
  } finally {
    attempt.end();
  }
}
