/** One request as it arrived at the simulator. */
export interface RecordedRequest {
  /** What it came to; `download` is what the API's own host gives for a token, without a key. */
  readonly origin: 'api' | 'download' | 'media';
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  /** Header names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body as text; empty when there was none. */
  readonly body: string;
  /** When it had arrived, in milliseconds since the epoch, by the outer clock: not scaled. */
  readonly time: number;
}

/** The requests of one simulator, in order of arrival. */
export interface RequestRecorder {
  readonly all: readonly RecordedRequest[];
  record(request: RecordedRequest): void;
  clear(): void;
  /** The first request that matches: one that is there already, or the next to arrive. Rejects on `stop`. */
  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** Rejects everything that still waits. */
  stop(): void;
}

interface Waiter {
  matches(request: RecordedRequest): boolean;
  resolve(request: RecordedRequest): void;
  reject(error: Error): void;
}

/** Makes an empty recorder. */
export function createRequestRecorder(): RequestRecorder {
  const all: RecordedRequest[] = [];
  let waiters: Waiter[] = [];
  return {
    all,
    record: (request) => {
      all.push(request);
      const served = waiters.filter((waiter) => waiter.matches(request));
      waiters = waiters.filter((waiter) => !served.includes(waiter));
      for (const waiter of served) waiter.resolve(request);
    },
    clear: () => {
      all.length = 0;
    },
    waitFor: (matches) =>
      new Promise((resolve, reject) => {
        const found = all.find(matches);
        if (found) resolve(found);
        else waiters.push({ matches, resolve, reject });
      }),
    stop: () => {
      const left = waiters;
      waiters = [];
      for (const waiter of left)
        waiter.reject(new Error('The simulator was closed before such a request came.'));
    },
  };
}
