/** Which kind of trouble a call to Recall ran into. Scripts may rely on these words. */
export type RecallErrorCode =
  | 'noKey'
  | 'keyRefused'
  | 'keyChangedElsewhere'
  | 'badSetting'
  | 'invalidRequest'
  | 'creditUsedUp'
  | 'blocked'
  | 'notFound'
  | 'notAllowed'
  | 'conflict'
  | 'rateLimited'
  | 'serverError'
  | 'noBotFree'
  | 'network'
  | 'nameNotFound'
  | 'certificate'
  | 'proxy'
  | 'timeout'
  | 'unexpectedAnswer'
  | 'foreignHost';

/** What came with the refusal, for callers that decide by it. */
export interface RecallErrorDetails {
  /** HTTP status of the answer; undefined when there was none. */
  readonly status?: number | undefined;
  /** Recall's own `code` in the error body, an open set. */
  readonly apiCode?: string | undefined;
  /** What the server asked us to wait, in ms. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A call to Recall failed. `message` is a sentence for the user and holds no secret. */
export class RecallError extends Error {
  override readonly name = 'RecallError';
  readonly code: RecallErrorCode;
  readonly status: number | undefined;
  readonly apiCode: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: RecallErrorCode, message: string, details: RecallErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.apiCode = details.apiCode;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The error's code when it is a RecallError, else undefined. */
export function recallErrorCode(error: unknown): RecallErrorCode | undefined {
  return error instanceof RecallError ? error.code : undefined;
}

const WITHOUT_ANSWER: ReadonlySet<RecallErrorCode | undefined> = new Set([
  'network',
  'nameNotFound',
  'timeout',
  'certificate',
  'proxy',
]);

/** Whether a call failed on the way to Recall, so that no answer came. */
export function isWithoutAnswer(error: unknown): boolean {
  return WITHOUT_ANSWER.has(recallErrorCode(error));
}
