import { type ApiAnswer, jsonAnswer } from './apiAnswers.ts';

/** Remembers the answers to requests that carried an `Idempotency-Key`. Times in simulated milliseconds. */
export interface IdempotencyStore {
  /** The answer to give at once: 409 while the first request runs, later its stored answer. */
  earlierAnswer(identity: string, now: number): ApiAnswer | undefined;
  begin(identity: string): void;
  /** Ends the first request. Answers that mean "nothing was done, ask again" are not stored. */
  end(identity: string, answer: ApiAnswer | undefined, now: number): void;
  clear(): void;
}

const storedForMs = 3_600_000;
const passingStatuses = [401, 403, 409, 429, 500, 502, 503, 504];

/** Makes an empty store. */
export function createIdempotencyStore(): IdempotencyStore {
  const running = new Set<string>();
  const stored = new Map<string, { readonly answer: ApiAnswer; readonly until: number }>();
  return {
    earlierAnswer: (identity, now) => {
      if (running.has(identity)) {
        return jsonAnswer(409, {
          code: 'conflict',
          detail: 'A request with this idempotency key is in progress.',
        });
      }
      const entry = stored.get(identity);
      return entry && now < entry.until ? entry.answer : undefined;
    },
    begin: (identity) => {
      running.add(identity);
    },
    end: (identity, answer, now) => {
      running.delete(identity);
      if (!answer || passingStatuses.includes(answer.status)) return;
      stored.set(identity, { answer, until: now + storedForMs });
    },
    clear: () => {
      running.clear();
      stored.clear();
    },
  };
}
