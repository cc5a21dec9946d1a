import * as l10n from '@vscode/l10n';
import { forLog } from '../network/failure.ts';
import { sleepUntilSign } from '../network/signs.ts';
import {
  type Asked,
  judgeAnswer,
  otherContentError,
  emptyError,
  validatorOf,
  type Verdict,
} from './answer.ts';
import { fileEquals, fileHasMd5, md5OfFile, readFully } from './compare.ts';
import { HEAD_BYTES } from './content.ts';
import type { DownloadOutcome, DownloadRequest, EngineContext } from './contract.ts';
import { cancelledError, DownloadError, throwIfCancelled } from './errors.ts';
import { diskFullError } from './fileErrors.ts';
import { fileErrorCode } from './fileSystem.ts';
import { Attempt, InterruptedError, readErrorCode, requestMedia } from './mediaRequest.ts';
import { expiryOf, parseMediaUrl } from './mediaUrl.ts';
import type { PartFile } from './partFile.ts';
import { ProgressThrottle, RateMeter } from './progress.ts';
import { publish } from './publish.ts';
import { receiveBody } from './receiveBody.ts';
import { findSameFile, isKnownToBeSame } from './sameFile.ts';
import { Tries } from './tries.ts';
import type { FailedTry } from './tries.ts';

/** How one request ended, if it was not the end of the download. */
type Step =
  | { readonly kind: 'received' }
  | { readonly kind: 'alreadyThere'; readonly path: string }
  | { readonly kind: 'goOn' }
  | Exclude<Verdict, { readonly kind: 'take' | 'complete' }>;

const NOTHING_KNOWN = { etag: undefined, lastModified: undefined, totalBytes: undefined };

type Take = Extract<Verdict, { readonly kind: 'take' }>;

/** One run of the engine for one part file: requests until every byte is there, then the checks and the new name. */
export class Transfer {
  readonly #context: EngineContext;
  readonly #request: DownloadRequest;
  readonly #part: PartFile;
  readonly #progress: ProgressThrottle;
  readonly #rate = new RateMeter();
  readonly #resumedFromBytes: number;
  #url: URL | undefined;
  readonly #tries: Tries;
  #highestBytes: number;
  /** The body ended cleanly at this size, without ever announcing a length. */
  #endedAt: number | undefined;
  #lookedForSame = false;
  /** The MD5 that a file put together from several answers must have. */
  #md5: string | undefined;
  #joined: boolean;

  constructor(context: EngineContext, request: DownloadRequest, part: PartFile) {
    this.#context = context;
    this.#request = request;
    this.#part = part;
    this.#resumedFromBytes = part.writtenBytes;
    this.#highestBytes = part.writtenBytes;
    this.#joined = part.writtenBytes > 0;
    const { clock, limits } = context;
    this.#tries = new Tries(context);
    this.#progress = new ProgressThrottle(clock, limits.progressIntervalMs, request.onProgress);
  }

  /** @throws DownloadError, what `resolveSource` throws, or what the file system throws */
  async run(): Promise<DownloadOutcome> {
    try {
      for (;;) {
        const there = await this.#receiveAll();
        const outcome = there === undefined ? await this.#finish() : await this.#useExisting(there);
        if (outcome) return outcome;
      }
    } catch (error) {
      throw await this.#sayWhatIsMissing(error);
    } finally {
      this.#progress.stop();
    }
  }

  async #sayWhatIsMissing(error: unknown): Promise<unknown> {
    if (!['ENOSPC', 'EDQUOT'].includes(fileErrorCode(error) ?? '')) return error;
    const { totalBytes } = this.#part.content;
    const free = await this.#freeBytes();
    const missing = (totalBytes ?? NaN) - this.#part.writtenBytes - (Number.isFinite(free) ? free : 0);
    return diskFullError(this.#request.folder, missing > 0 ? missing : undefined, error);
  }

  /** Requests until everything is there. @returns the path of a file that has the same content already */
  async #receiveAll(): Promise<string | undefined> {
    for (;;) {
      throwIfCancelled(this.#request.signal);
      if (this.#part.writtenBytes > 0 && this.#part.writtenBytes === this.#part.content.totalBytes) return;
      const step = await this.#tryOnce();
      this.#noteProgress();
      switch (step.kind) {
        case 'received':
          return undefined;
        case 'alreadyThere':
          return step.path;
        case 'goOn':
          break;
        case 'refuse':
          throw step.error;
        default:
          await this.#prepareNextTry(step);
      }
    }
  }

  #noteProgress(): void {
    if (this.#part.receivedBytes <= this.#highestBytes) return;
    this.#highestBytes = this.#part.receivedBytes;
    this.#tries.noteProgress();
  }

  async #prepareNextTry(failed: FailedTry): Promise<void> {
    const { error } = failed;
    this.#context.log.info(`[download] ${this.#part.claim.paths.name}: ${error.code}: ${forLog(error)}`);
    const pauseMs = this.#tries.pauseAfter(failed);
    if (failed.kind === 'refresh') this.#url = undefined;
    if (failed.kind === 'startOver') {
      this.#endedAt = undefined;
      this.#joined = false;
      await this.#part.begin(NOTHING_KNOWN);
    }
    if (pauseMs !== undefined) await this.#wait(error, pauseMs);
  }

  async #wait(error: DownloadError, ms: number): Promise<void> {
    const { clock } = this.#context;
    const { signal } = this.#request;
    this.#progress.offer({
      kind: 'waiting',
      untilMs: clock.now() + ms,
      reason: error.code,
      receivedBytes: this.#part.receivedBytes,
      totalBytes: this.#part.content.totalBytes,
    });
    this.#rate.reset();
    try {
      await sleepUntilSign(this.#context, ms, signal);
    } catch (reason) {
      throwIfCancelled(signal);
      throw reason;
    }
  }

  async #tryOnce(): Promise<Step> {
    const url = await this.#freshUrl();
    const attempt = new Attempt(this.#context, this.#request.signal);
    try {
      return await this.#exchange(attempt, url);
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      return { kind: 'retry', error: error.told, retryAfterMs: undefined };
    } finally {
      attempt.end();
      await this.#part.drain();
    }
  }

  async #freshUrl(): Promise<URL> {
    const { clock, limits } = this.#context;
    const expiry = this.#url && expiryOf(this.#url);
    const isOld = expiry !== undefined && expiry - clock.now() < limits.expiryMarginMs;
    if (!this.#url || isOld) {
      const { resolveSource, signal } = this.#request;
      this.#url = parseMediaUrl(await untilCancelled(resolveSource(signal), signal));
    }
    return this.#url;
  }

  async #exchange(attempt: Attempt, url: URL): Promise<Step> {
    const asked = this.#ask();
    const response = await requestMedia(this.#context, attempt, url, headersFor(asked));
    const errorCode = response.status >= 400 ? await this.#readErrorCode(attempt, response) : undefined;
    const { status, headers } = response;
    const verdict = judgeAnswer(asked, { status, headers, errorCode }, this.#context.clock.now());
    if (verdict.kind === 'complete') return { kind: 'received' };
    if (verdict.kind !== 'take') return verdict;
    const path = await this.#findSame(verdict);
    if (path !== undefined) return { kind: 'alreadyThere', path };
    await this.#prepareFor(verdict);
    return this.#receive(attempt, response, verdict, url.host);
  }

  #ask(): Asked {
    const known = this.#part.content;
    // Without anything to check the answer with, what we have is of no use.
    const offset = validatorOf(known) === undefined ? 0 : this.#part.writtenBytes;
    const { file } = this.#request;
    return { file, offset, known, probing: offset > 0 && this.#endedAt === offset };
  }

  async #readErrorCode(attempt: Attempt, response: Response): Promise<string | undefined> {
    attempt.watch(this.#context.limits.idleTimeoutMs);
    const errorCode = await readErrorCode(response);
    attempt.unwatch();
    return errorCode;
  }

  /** Looks, once, for a file with the wanted name and the same content, which the MD5 tells without downloading. */
  async #findSame({ content, md5 }: Take): Promise<string | undefined> {
    if (this.#lookedForSame || md5 === undefined) return undefined;
    this.#lookedForSame = true;
    const { fs } = this.#context;
    return findSameFile(this.#context, this.#request, content.totalBytes, (path) =>
      fileHasMd5(fs, path, md5, this.#request.signal),
    );
  }

  async #prepareFor({ from, content, md5 }: Take): Promise<void> {
    const part = this.#part;
    this.#md5 = md5;
    if (from === 0) {
      this.#joined = false;
      this.#endedAt = undefined;
      await part.begin(content);
    } else {
      this.#joined = true;
      const isNew = part.content.totalBytes === undefined && content.totalBytes !== undefined;
      if (isNew) await part.learnTotal(content.totalBytes);
    }
    if (content.totalBytes === undefined) return;
    const missing = content.totalBytes - from - (await this.#freeBytes());
    // Mounted drives and quotas tell less than there is: what writing says is what counts.
    if (missing > 0) this.#context.log.warn(`[download] The disk may be ${missing} bytes too small`);
  }

  /** Infinity when it cannot be told. */
  async #freeBytes(): Promise<number> {
    try {
      return (await this.#context.fs.freeBytes(this.#request.folder)) ?? Infinity;
    } catch (error) {
      this.#context.log.debug(`[download] Free space unknown (${fileErrorCode(error) ?? 'no code'})`);
      return Infinity;
    }
  }

  async #receive(attempt: Attempt, response: Response, take: Take, host: string): Promise<Step> {
    const { clock, limits } = this.#context;
    this.#reportReceiving(clock.now());
    const end = await receiveBody(response.body, {
      attempt,
      host,
      part: this.#part,
      file: this.#request.file,
      from: take.from,
      end: take.end,
      idleTimeoutMs: limits.idleTimeoutMs,
      onChunk: () => {
        const now = clock.now();
        if (this.#progress.isOpen(now)) this.#reportReceiving(now);
      },
    });
    switch (end) {
      case 'clean':
        return this.#afterCleanEnd(take);
      case 'empty':
        return { kind: 'refresh', error: emptyError() };
      case 'notMedia':
        return { kind: 'refresh', error: otherContentError(this.#request.file) };
      case 'tooLong':
        return tooLong(take.end ?? 0);
    }
  }

  #afterCleanEnd({ end, content }: Take): Step {
    const bytes = this.#part.receivedBytes;
    if (end !== undefined && bytes < end) {
      const message = l10n.t('The server sent {0} of {1} bytes.', bytes, end);
      const error = new DownloadError('lengthMismatch', message);
      return { kind: 'retry', error, retryAfterMs: undefined };
    }
    const total = content.totalBytes;
    if (total !== undefined) return { kind: bytes === total ? 'received' : 'goOn' };
    if (bytes === 0) return { kind: 'refresh', error: emptyError() };
    this.#endedAt = bytes;
    if (validatorOf(content) !== undefined) return { kind: 'goOn' };
    this.#context.log.info(`[download] The server never said how long the recording is: took ${bytes} bytes`);
    return { kind: 'received' };
  }

  #reportReceiving(now: number): void {
    const receivedBytes = this.#part.receivedBytes;
    const { totalBytes } = this.#part.content;
    const bytesPerSecond = this.#rate.mark(now, receivedBytes);
    const isKnown = totalBytes !== undefined && bytesPerSecond !== undefined && bytesPerSecond > 0;
    this.#progress.offer({
      kind: 'receiving',
      receivedBytes,
      totalBytes,
      bytesPerSecond,
      remainingMs: isKnown ? ((totalBytes - receivedBytes) * 1000) / bytesPerSecond : undefined,
      resumedFromBytes: this.#resumedFromBytes,
    });
  }

  /** Checks what arrived and gives it its name. @returns undefined when it has to be fetched anew */
  async #finish(): Promise<DownloadOutcome | undefined> {
    const part = this.#part;
    const { fs, log } = this.#context;
    const bytes = part.writtenBytes;
    this.#progress.offer({ kind: 'verifying', receivedBytes: bytes, totalBytes: bytes });
    const fault = await this.#findFault(bytes);
    if (fault) {
      // A whole body that is something else would come again; a file that does not fit together can be put right.
      const isHopeless = fault.code === 'notAudio' && !this.#joined;
      if (isHopeless) await part.begin(NOTHING_KNOWN);
      if (isHopeless) throw fault;
      await this.#prepareNextTry({ kind: 'startOver', error: fault });
      return undefined;
    }
    const same = await findSameFile(this.#context, this.#request, bytes, (path) =>
      fileEquals(fs, path, part.handle, this.#request.signal),
    );
    if (same !== undefined) return this.#useExisting(same);
    await part.sync();
    await part.claim.update({ flushedBytes: bytes, totalBytes: bytes, complete: true });
    throwIfCancelled(this.#request.signal);
    await part.close();
    const { path, wasThere } = await publish(this.#context, part.claim, this.#request, (other) =>
      isKnownToBeSame(this.#context, other, (there) => this.#equalsPart(there, bytes)),
    );
    if (wasThere) return this.#useExisting(path);
    log.info(`[download] Saved ${bytes} bytes`);
    return { kind: 'saved', path, bytes };
  }

  async #findFault(bytes: number): Promise<DownloadError | undefined> {
    const { handle } = this.#part;
    const { size } = await handle.stat();
    if (size !== bytes) {
      return new DownloadError(
        'lengthMismatch',
        l10n.t('The part file has {0} bytes instead of {1}.', size, bytes),
      );
    }
    const head = new Uint8Array(Math.min(HEAD_BYTES, bytes));
    await readFully(handle, head, 0);
    const { file, signal } = this.#request;
    if (file.judgeHead(head, true) !== 'fine') return otherContentError(file);
    if (!this.#joined || this.#md5 === undefined) return undefined;
    if ((await md5OfFile(handle, signal)) === this.#md5) return undefined;
    return new DownloadError('changed', l10n.t('The parts of the recording do not fit together.'));
  }

  async #equalsPart(path: string, bytes: number): Promise<boolean> {
    const { fs } = this.#context;
    const { size } = await fs.stat(path);
    if (size !== bytes) return false;
    const handle = await fs.open(this.#part.claim.paths.part, 'r');
    try {
      return await fileEquals(fs, path, handle, this.#request.signal);
    } finally {
      await handle.close();
    }
  }

  async #useExisting(path: string): Promise<DownloadOutcome> {
    await this.#part.close();
    await this.#part.claim.tidyUp();
    const { size } = await this.#context.fs.stat(path);
    return { kind: 'alreadyThere', path, bytes: size };
  }
}

function headersFor({ offset, known }: Asked): Record<string, string> {
  if (offset === 0) return {};
  const validator = validatorOf(known);
  const range = { range: `bytes=${offset}-` };
  return validator === undefined ? range : { ...range, 'if-range': validator };
}

function tooLong(end: number): Step {
  const message = l10n.t('The server sent more than the {0} bytes it had announced.', end);
  return { kind: 'startOver', error: new DownloadError('lengthMismatch', message) };
}

/** Waits for work that may not look at the signal itself. */
async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      reject(cancelledError());
    };
    stop = () => {
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    stop();
  }
}
