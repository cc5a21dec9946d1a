import * as l10n from '@vscode/l10n';
import { formatBytes } from '../language/formats.ts';
import { joinSentences } from '../language/sentences.ts';

/**
 * The kinds of trouble a download can end with. Each has its own sentence and asks something else of the user. `notAudio`
 * says of every kind of media that what came is something else: scripts rely on the word, which is older than videos.
 */
export type DownloadErrorCode =
  | 'cancelled'
  | 'stalled'
  | 'network'
  | 'nameNotFound'
  | 'certificate'
  | 'proxy'
  | 'urlExpired'
  | 'gone'
  | 'serverError'
  | 'rateLimited'
  | 'refused'
  | 'changed'
  | 'notAudio'
  | 'lengthMismatch'
  | 'empty'
  | 'diskFull'
  | 'noPermission'
  | 'readOnly'
  | 'notAFolder'
  | 'folderGone'
  | 'fileSystem'
  | 'busyElsewhere'
  | 'tooManyRedirects'
  | 'insecureUrl'
  | 'unsafeFolder'
  | 'unknownField';

/** What passes by itself, so that a later try may succeed. */
export const PASSING_CODES: ReadonlySet<DownloadErrorCode> = new Set<DownloadErrorCode>([
  'network',
  'nameNotFound',
  'proxy',
  'stalled',
  'serverError',
  'rateLimited',
]);

/** What a `DownloadError` may carry besides its sentence. */
export interface DownloadErrorDetails {
  readonly cause?: unknown;
  /** Bytes of the part file that the next try goes on from. */
  readonly keptBytes?: number;
  /** Only with `diskFull`: how many more bytes the disk would need, when known. */
  readonly missingBytes?: number | undefined;
}

/** Why a download did not end in a file. `message` is a sentence for the user and never holds a URL's query. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly code: DownloadErrorCode;
  /** Bytes kept on disk that the next try goes on from; 0 when nothing was kept. */
  readonly keptBytes: number;
  /** Only with `diskFull`: how many more bytes the disk would need, when known. */
  readonly missingBytes: number | undefined;

  constructor(code: DownloadErrorCode, message: string, details: DownloadErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.keptBytes = details.keptBytes ?? 0;
    this.missingBytes = details.missingBytes;
  }

  /** The same error, saying also that `keptBytes` bytes are kept; itself when there are none. */
  keeping(keptBytes: number): DownloadError {
    if (keptBytes <= 0) return this;
    const kept = l10n.t('{0} are kept, and the next download goes on from there.', formatBytes(keptBytes));
    return new DownloadError(this.code, joinSentences(this.message, kept), {
      cause: this.cause,
      keptBytes,
      missingBytes: this.missingBytes,
    });
  }
}

/** The error for a download that the user stopped. */
export function cancelledError(): DownloadError {
  return new DownloadError('cancelled', l10n.t('The download was cancelled.'));
}

/** Throws the `cancelled` error when the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError();
}
