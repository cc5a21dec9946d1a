import { expiryOf, parseMediaUrl } from '../download/mediaUrl.ts';
import type { Clock } from '../network/clock.ts';

/** Hands out a pre-signed URL. Throws what asking for it throws. */
export type ResolveSource = (signal: AbortSignal) => Promise<string>;

// What is about to expire is not worth a try.
const MARGIN_MS = 60_000;

/**
 * The pre-signed URLs of one item of media over several tries: a try begins with the URL of the one before, so that the
 * API is not asked while only the media store is away. Kept in memory only.
 */
export class SourceUrls {
  readonly #fresh: ResolveSource;
  readonly #clock: Clock;
  #last: string | undefined;

  /** @param fresh asks the API for a newly signed URL */
  constructor(fresh: ResolveSource, clock: Clock) {
    this.#fresh = fresh;
    this.#clock = clock;
  }

  /** For one try: what it asks for first may be the URL of the try before; asked for again, each one is new. */
  forOneTry(): ResolveSource {
    let kept = this.#last;
    return async (signal) => {
      const first = kept;
      kept = undefined;
      if (first !== undefined && this.#lastsLong(first)) return first;
      this.#last = undefined;
      this.#last = await this.#fresh(signal);
      return this.#last;
    };
  }

  #lastsLong(url: string): boolean {
    const expiry = expiryOf(parseMediaUrl(url));
    return expiry !== undefined && expiry - this.#clock.now() > MARGIN_MS;
  }
}
