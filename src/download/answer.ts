import * as l10n from '@vscode/l10n';
import { parseRetryAfter } from '../network/retryAfter.ts';
import { announcesNoMedia } from './content.ts';
import { DownloadError } from './errors.ts';
import type { FileFormat } from './fileFormats.ts';
import type { ContentDescription } from './partState.ts';

/** What was asked for, and what is known from before. */
export interface Asked {
  /** What the file is to be. */
  readonly file: FileFormat;
  /** 0 for the whole content, else the first byte of the rest. */
  readonly offset: number;
  /** What the bytes before `offset` belong to. */
  readonly known: ContentDescription;
  /** Everything seems to be there, but the length was never announced: this request is to make sure. */
  readonly probing: boolean;
}

/** An answer without its body. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Headers;
  /** The `Code` of an XML error body; undefined when there is none. */
  readonly errorCode: string | undefined;
}

/** What to do with an answer. */
export type Verdict =
  /** Write the body from byte `from`; it ends before byte `end`, when that was announced. */
  | {
      readonly kind: 'take';
      readonly from: number;
      readonly end: number | undefined;
      readonly content: ContentDescription;
      /** The MD5 of the whole content in lower-case hex; undefined when the ETag is something else. */
      readonly md5: string | undefined;
    }
  /** What we have is everything. */
  | { readonly kind: 'complete' }
  /** Throw away what we have and ask for the whole. */
  | { readonly kind: 'startOver'; readonly error: DownloadError }
  /** Ask for a fresh URL. */
  | { readonly kind: 'refresh'; readonly error: DownloadError }
  /** Try again later; `retryAfterMs` when the server said when. */
  | { readonly kind: 'retry'; readonly error: DownloadError; readonly retryAfterMs: number | undefined }
  /** Trying again would not help. */
  | { readonly kind: 'refuse'; readonly error: DownloadError };

/**
 * Decides what an answer is worth. Bytes are only ever joined when the server proves that they belong together.
 *
 * @param now milliseconds since the epoch, for `Retry-After` dates
 */
export function judgeAnswer(asked: Asked, answer: AnswerHead, now: number): Verdict {
  const { status } = answer;
  if (status === 200) return judgeWhole(asked, answer);
  if (status === 206) return judgePart(asked, answer);
  if (status === 416) return judgeUnsatisfiable(asked, answer);
  if (status === 412) return startOver(l10n.t('The recording changed on the server.'));
  if (status === 204) return { kind: 'refresh', error: emptyError() };
  return judgeFailure(answer, now);
}

/** The error for a body without a byte. */
export function emptyError(): DownloadError {
  return new DownloadError('empty', l10n.t('The server sent an empty file.'));
}

/** The error for a page, a message or another file in the place of what was wanted. */
export function otherContentError(file: FileFormat): DownloadError {
  return new DownloadError('notAudio', file.isSomethingElse());
}

/** What a resume can be checked with: a strong ETag, else the date; undefined when there is neither. */
export function validatorOf(content: ContentDescription): string | undefined {
  return strongEtag(content.etag) ?? content.lastModified;
}

function judgeWhole(asked: Asked, answer: AnswerHead): Verdict {
  if (announcesNoMedia(answer.headers.get('content-type'))) {
    return { kind: 'refresh', error: otherContentError(asked.file) };
  }
  const content = describeWhole(answer.headers);
  if (content.totalBytes === 0) return { kind: 'refresh', error: emptyError() };
  // The server does not do ranges, so it cannot be asked about the end; that the body ended cleanly must do.
  if (asked.probing && sameValidators(asked.known, content)) return { kind: 'complete' };
  return { kind: 'take', from: 0, end: content.totalBytes, content, md5: md5Of(answer.headers) };
}

function judgePart(asked: Asked, answer: AnswerHead): Verdict {
  const { headers } = answer;
  const { known, offset } = asked;
  const range = parseContentRange(headers.get('content-range'));
  const type = headers.get('content-type');
  if (range?.start !== offset || isEncoded(headers) || announcesNoMedia(type)) {
    return startOver(l10n.t('The server did not go on where the download had stopped.'));
  }
  const total = range.total;
  const content = { ...describe(headers), totalBytes: total ?? known.totalBytes };
  const sameTotal = known.totalBytes === undefined || total === undefined || total === known.totalBytes;
  const fits = total === undefined || range.end <= total;
  if (offset > 0 && (!sameTotal || !sameValidators(known, content))) {
    return startOver(l10n.t('The recording changed on the server.'));
  }
  if (!fits) return startOver(l10n.t('The server sent a range that cannot be.'));
  return { kind: 'take', from: offset, end: range.end, content, md5: md5Of(headers) };
}

function judgeUnsatisfiable(asked: Asked, answer: AnswerHead): Verdict {
  const total = /^bytes \*\/(\d{1,15})$/.exec(answer.headers.get('content-range') ?? '')?.[1];
  const ends = total === undefined ? asked.probing : Number(total) === asked.offset;
  const etag = answer.headers.get('etag');
  const changed = etag !== null && etag !== asked.known.etag;
  const unknownTotal = asked.known.totalBytes === undefined;
  if (asked.probing && unknownTotal && ends && !changed) return { kind: 'complete' };
  return startOver(l10n.t('The recording on the server is shorter than what had arrived.'));
}

/**
 * Decides what an answer is worth that holds nothing of what was asked for.
 *
 * @param now milliseconds since the epoch, for `Retry-After` dates
 */
export function judgeFailure(
  answer: AnswerHead,
  now: number,
): Extract<Verdict, { readonly kind: 'refresh' | 'retry' | 'refuse' }> {
  const { status, headers, errorCode } = answer;
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now);
  if (status === 404 || status === 410) {
    const message = l10n.t('The recording is no longer on the server (HTTP {0}).', status);
    return { kind: 'refresh', error: new DownloadError('gone', message) };
  }
  if (status === 401 || status === 403 || (status === 400 && errorCode === 'ExpiredToken')) {
    const message = l10n.t('The download address has expired or is refused (HTTP {0}).', status);
    return { kind: 'refresh', error: new DownloadError('urlExpired', message) };
  }
  if (status === 429) {
    const error = new DownloadError('rateLimited', l10n.t('The server asks to slow down (HTTP 429).'));
    return { kind: 'retry', error, retryAfterMs };
  }
  if (status >= 500 || status === 408 || status === 425) {
    const error = new DownloadError('serverError', l10n.t('The server has a problem (HTTP {0}).', status));
    return { kind: 'retry', error, retryAfterMs };
  }
  const message = l10n.t('The server refused the download (HTTP {0}).', status);
  return { kind: 'refuse', error: new DownloadError('refused', message) };
}

function startOver(message: string): Verdict {
  return { kind: 'startOver', error: new DownloadError('changed', message) };
}

function describe(headers: Headers): { etag: string | undefined; lastModified: string | undefined } {
  return {
    etag: headers.get('etag') ?? undefined,
    lastModified: headers.get('last-modified') ?? undefined,
  };
}

/** A body that fetch decodes on the way has another length than announced and cannot be gone on with. */
function describeWhole(headers: Headers): ContentDescription {
  if (isEncoded(headers)) return { etag: undefined, lastModified: undefined, totalBytes: undefined };
  const length = headers.get('content-length') ?? '';
  return { ...describe(headers), totalBytes: /^\d{1,15}$/.test(length) ? Number(length) : undefined };
}

function isEncoded(headers: Headers): boolean {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}

function sameValidators(known: ContentDescription, found: ContentDescription): boolean {
  if (strongEtag(known.etag) !== undefined) return known.etag === found.etag;
  const sameDate = known.lastModified !== undefined && known.lastModified === found.lastModified;
  return sameDate && known.etag === found.etag;
}

function strongEtag(etag: string | undefined): string | undefined {
  return etag?.startsWith('"') === true ? etag : undefined;
}

/** Content stored with a key of its own has an ETag that looks like an MD5 and is none. */
function md5Of(headers: Headers): string | undefined {
  if (headers.get('x-amz-server-side-encryption')?.startsWith('aws:') === true) return undefined;
  if (headers.has('x-amz-server-side-encryption-customer-algorithm') || isEncoded(headers)) return undefined;
  return /^"([0-9a-f]{32})"$/i.exec(headers.get('etag') ?? '')?.[1]?.toLowerCase();
}

/** `end` is the first byte after the range. */
function parseContentRange(
  value: string | null,
): { start: number; end: number; total: number | undefined } | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(value?.trim() ?? '');
  if (!match) return undefined;
  const [start, last] = [Number(match[1]), Number(match[2])];
  if (last < start) return undefined;
  return { start, end: last + 1, total: match[3] === '*' ? undefined : Number(match[3]) };
}
