import * as l10n from '@vscode/l10n';
import { DownloadError } from './errors.ts';
import { askMediaStore, dropBody } from './mediaRequest.ts';
import type { RequestContext } from './mediaRequest.ts';

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
  const headers = { range: 'bytes=0-0' };
  await askMediaStore(collaborators, { url, headers, signal }, async (response, _attempt, host) => {
    await dropBody(response);
    if (response.ok || REACHED_WITHOUT_BYTES.has(response.status)) return;
    throw new DownloadError(
      'refused',
      l10n.t(
        'The media store {0} answered with status {1}. A firewall or a proxy on the way may be the reason: check the setting http.proxy.',
        host,
        response.status,
      ),
    );
  });
}
