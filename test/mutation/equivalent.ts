/** A change of the code that no test can notice, since what the product does stays the same. */
export interface Equivalent {
  /** Below `src`, for example `network/retryAfter.ts`. */
  file: string;
  /** The line where the change begins, without the space around it. */
  line: string;
  /** What stands there, an arrow, and what it becomes, each on one line. */
  change: string;
  /** Why nobody would notice. */
  why: string;
}
