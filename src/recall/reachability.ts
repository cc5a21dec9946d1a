import { ChangeSource } from '../state/changes.ts';
import { RecallError, isWithoutAnswer } from './errors.ts';

/** Whether the API could be reached when it was asked last, by whichever client of this window. */
export class ApiReachability {
  readonly #source = new ChangeSource<undefined>();
  #isAway = false;

  /** Tells that the API answers again after it could not be reached. */
  readonly back = this.#source.changes;

  /** The API answered, if only with a refusal. */
  answered(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#source.tell(undefined);
  }

  /** A call failed. Only what came from an API that works counts as an answer. */
  failed(error: unknown): void {
    if (isAway(error)) this.#isAway = true;
    else if (error instanceof RecallError && error.status !== undefined) this.answered();
  }
}

/** Whether an error says that the API is away: no answer came, or that of a server in trouble. */
function isAway(error: unknown): boolean {
  return isWithoutAnswer(error) || (error instanceof RecallError && error.code === 'serverError');
}
