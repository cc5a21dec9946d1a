import { cancelledError } from './errors.ts';

interface Entry {
  readonly controller: AbortController;
  readonly result: Promise<unknown>;
  /** How many callers still want the result. */
  waiting: number;
}

/** Runs a few downloads at a time, in the order they were asked for, and never two with the same key. */
export class DownloadQueue {
  readonly #parallel: number;
  readonly #entries = new Map<string, Entry>();
  readonly #starts: (() => void)[] = [];
  #running = 0;

  /** @param parallel how many may run at once, at least 1 */
  constructor(parallel = 2) {
    this.#parallel = Math.max(1, parallel);
  }

  /**
   * Runs `start` as soon as there is room. While one with the same key waits or runs, joins it instead; the same key
   * must therefore stand for the same kind of result.
   *
   * @param signal lets go of the result at once; what runs is aborted when the last one who wants it lets go
   * @throws DownloadError `cancelled` when the signal aborts, else what `start` throws
   */
  async run<T>(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      if (signal.aborted) throw cancelledError();
      const entry = this.#entries.get(key) ?? this.#enter(key, start);
      if (!entry.controller.signal.aborted) return this.#wait(entry, signal) as Promise<T>;
      // The one before was cancelled and is putting its things away; a new one follows it.
      await untilSettled(entry.result);
    }
  }

  #enter(key: string, start: (signal: AbortSignal) => Promise<unknown>): Entry {
    const controller = new AbortController();
    const result = this.#takeTurn(controller.signal, start).finally(() => {
      this.#entries.delete(key);
    });
    const entry: Entry = { controller, result, waiting: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  async #takeTurn(signal: AbortSignal, start: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
    if (this.#running >= this.#parallel) await this.#waitForTurn(signal);
    else this.#running += 1;
    try {
      return await start(signal);
    } finally {
      const next = this.#starts.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #waitForTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#starts.splice(this.#starts.indexOf(begin), 1);
        reject(cancelledError());
      };
      const begin = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#starts.push(begin);
    });
  }

  #wait(entry: Entry, signal: AbortSignal): Promise<unknown> {
    entry.waiting += 1;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        entry.waiting -= 1;
        if (entry.waiting > 0) {
          reject(cancelledError());
          return;
        }
        // The last one waits for the work to stop, so that it hears what was kept.
        entry.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      entry.result.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
    });
  }
}

async function untilSettled(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // Whoever waited for it has been told.
  }
}
