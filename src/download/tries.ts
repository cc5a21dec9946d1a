import { backoffMs } from '../network/backoff.ts';
import type { EngineContext } from './contract.ts';
import type { DownloadError } from './errors.ts';

/** Why a download has to try again: from the start, with a new URL, or just later. */
export type FailedTry =
  | { readonly kind: 'startOver' | 'refresh'; readonly error: DownloadError }
  | { readonly kind: 'retry'; readonly error: DownloadError; readonly retryAfterMs: number | undefined };

/** Counts the tries of one download: says when it is enough, and how long to wait before the next. */
export class Tries {
  readonly #context: Pick<EngineContext, 'limits' | 'random'>;
  #withoutProgress = 0;
  #refreshes = 0;
  #startOvers = 0;

  constructor(context: Pick<EngineContext, 'limits' | 'random'>) {
    this.#context = context;
  }

  /** More bytes than ever before have arrived. */
  noteProgress(): void {
    this.#withoutProgress = 0;
    this.#refreshes = 0;
  }

  /**
   * @returns how long to wait before the next try, in ms; undefined to try at once
   * @throws the error of the failed try, when it was one too many
   */
  pauseAfter(failed: FailedTry): number | undefined {
    const { limits, random } = this.#context;
    this.#withoutProgress += 1;
    if (failed.kind === 'startOver') this.#startOvers += 1;
    if (failed.kind === 'refresh') this.#refreshes += 1;
    const isEnough =
      this.#withoutProgress > limits.triesWithoutProgress ||
      (failed.kind === 'startOver' && this.#startOvers > limits.startOvers) ||
      (failed.kind === 'refresh' && this.#refreshes > limits.refreshes);
    if (isEnough) throw failed.error;
    if (failed.kind !== 'retry' && this.#withoutProgress === 1) return undefined;
    const asked = failed.kind === 'retry' ? Math.min(failed.retryAfterMs ?? 0, limits.retryAfterCapMs) : 0;
    return Math.max(asked, backoffMs(this.#withoutProgress - 1, limits.backoff, random));
  }
}
