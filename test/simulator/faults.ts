/** How often a fault strikes; the default is once. */
export type Times = number | 'always';

/** Which requests to the API a fault strikes. Left out: any. */
export interface ApiFaultScope {
  readonly method?: string;
  /** Source of a regular expression that is tried on the path with its query. */
  readonly path?: string;
  readonly times?: Times;
}

/** An answer given instead of the real one. An object as body is sent as JSON, a string as HTML or as it says. */
export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What can go wrong at the API. */
export type ApiFault =
  | ({ readonly kind: 'answer' } & CannedAnswer)
  /** Never answers. `processed`: the request has its effect all the same. */
  | { readonly kind: 'hang'; readonly processed?: boolean }
  /** Resets the connection. `processed`: the request has its effect all the same. */
  | { readonly kind: 'reset'; readonly processed?: boolean }
  /** Waits before it answers; outer milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Sends the body at this pace. */
  | { readonly kind: 'slowBody'; readonly bytesPerSecond: number }
  /** Closes the connection after so many bytes of the body, although more were promised. */
  | { readonly kind: 'cutBody'; readonly afterBytes: number }
  /** The new bot's answer says `audio_mixed_mp3: null`, and the bot makes no MP3. */
  | { readonly kind: 'echoWithoutMp3' }
  /** A list's `next` leads to this URL. */
  | { readonly kind: 'nextPageOnForeignHost'; readonly url: string }
  /** A list's `next` leads to the page just read. */
  | { readonly kind: 'loopingNext' }
  /** A list's `next` always leads to one page more; pages beyond the last are empty. */
  | { readonly kind: 'endlessNext' };

/** Which downloads a fault strikes. Left out: any. */
export interface MediaFaultScope {
  readonly artifactId?: string;
  readonly times?: Times;
}

/** What the `ETag` of an object is. */
export type EtagStyle =
  /** Hex MD5 of the content, as for an object uploaded in one piece. */
  | 'md5'
  /** 32 hex digits that are not the MD5, as for an object encrypted with a key of its own. */
  | 'opaque'
  /** Ends in a hyphen and the number of parts. */
  | 'multipart'
  | 'weak'
  | 'none';

/** What can go wrong at the media store. Counts of bytes are of this answer's body. */
export type MediaFault =
  /** Closes the connection after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Sends so many bytes and then nothing more, with the connection open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** Ends cleanly after so many bytes, as if that were all. */
  | { readonly kind: 'shortBody'; readonly bytes: number; readonly framing?: 'contentLength' | 'chunked' }
  /** Sends so many bytes more than the object has, and says so. */
  | {
      readonly kind: 'longerBody';
      readonly extraBytes: number;
      readonly framing?: 'contentLength' | 'chunked';
    }
  | { readonly kind: 'stallBeforeHeaders' }
  | { readonly kind: 'resetBeforeHeaders' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'expiredToken' }
  | { readonly kind: 'noSuchKey' }
  /** An S3 error answer, e.g. 503 with `retryAfter` in seconds or as an HTTP date. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string }
  /** 200 with something else than the recording. */
  | { readonly kind: 'instead'; readonly contentType: string; readonly body: string }
  | { readonly kind: 'redirect'; readonly url: string; readonly status?: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** 200 with the whole object although a range was asked for. */
  | { readonly kind: 'ignoreRange' }
  /** 206 with another range than asked for; `contentRange` replaces the header only. */
  | { readonly kind: 'wrongContentRange'; readonly shiftBytes?: number; readonly contentRange?: string }
  | { readonly kind: 'changedEtag' }
  | { readonly kind: 'etag'; readonly style: EtagStyle }
  | { readonly kind: 'noContentLength' }
  | { readonly kind: 'gzip' }
  /** Another byte at this place of the object. */
  | { readonly kind: 'corrupt'; readonly atByte: number };

/** Faults in waiting. Of one group only the oldest strikes a request, so that queued faults come one by one. */
export interface FaultQueue<Fault, Request> {
  add(fault: Fault, matches: (request: Request) => boolean, times: Times): void;
  /** The faults that strike this request; each counts as used. */
  take(request: Request): Fault[];
  /** How many wait. */
  size(): number;
  clear(): void;
}

interface WaitingFault<Fault, Request> {
  readonly fault: Fault;
  readonly matches: (request: Request) => boolean;
  left: number;
}

/** Makes an empty queue. @param groupOf name of the group in which only one fault strikes at a time */
export function createFaultQueue<Fault, Request>(
  groupOf: (fault: Fault) => string,
): FaultQueue<Fault, Request> {
  let waiting: WaitingFault<Fault, Request>[] = [];
  return {
    add: (fault, matches, times) => {
      waiting.push({ fault, matches, left: times === 'always' ? Infinity : times });
    },
    take: (request) => {
      const struck = new Map<string, WaitingFault<Fault, Request>>();
      for (const entry of waiting) {
        const group = groupOf(entry.fault);
        if (!struck.has(group) && entry.matches(request)) struck.set(group, entry);
      }
      for (const entry of struck.values()) entry.left -= 1;
      waiting = waiting.filter((entry) => entry.left > 0);
      return [...struck.values()].map((entry) => entry.fault);
    },
    size: () => waiting.length,
    clear: () => {
      waiting = [];
    },
  };
}

/** The fault of this kind among those that strike a request. */
export function faultOfKind<Fault extends { readonly kind: string }, Kind extends Fault['kind']>(
  faults: readonly Fault[],
  kind: Kind,
): Extract<Fault, { readonly kind: Kind }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { readonly kind: Kind }> => fault.kind === kind);
}

/** The group of an API fault: those that decide how a request ends exclude each other. */
export function apiFaultGroup(fault: ApiFault): string {
  switch (fault.kind) {
    case 'answer':
    case 'hang':
    case 'reset':
      return 'ending';
    case 'nextPageOnForeignHost':
    case 'loopingNext':
    case 'endlessNext':
      return 'next';
    default:
      return fault.kind;
  }
}

/** The group of a media fault: those that decide how a request ends exclude each other. */
export function mediaFaultGroup(fault: MediaFault): string {
  switch (fault.kind) {
    case 'cut':
    case 'stall':
    case 'shortBody':
    case 'longerBody':
    case 'stallBeforeHeaders':
    case 'resetBeforeHeaders':
    case 'expired':
    case 'expiredToken':
    case 'noSuchKey':
    case 'status':
    case 'instead':
    case 'redirect':
      return 'ending';
    default:
      return fault.kind;
  }
}
