/**
 * Why there is nothing of a kind to download, now or ever. Scripts may rely on these words. Those about one kind only begin
 * or end alike.
 */
export type NoMediaCode =
  | 'recordingNotOver'
  | 'nothingRecorded'
  | 'stillProcessing'
  | 'unreadable'
  | 'rawOnly'
  | 'failed'
  | 'deleted'
  | 'expired'
  | 'notSaved'
  | `no${Capitalize<string>}`
  | `${string}NotRequested`;

/**
 * What may be done where there is none: files of another kind may stand in for it, or Recall can be asked to make it.
 * What is gone or not over has neither.
 */
export type MissingRemedy = 'standIn' | 'order';

/** Why there is none of a kind: its code, and a sentence for the user that says exactly why. */
export interface MissingReason {
  readonly code: NoMediaCode;
  readonly sentence: string;
}

/** There is nothing to download. `message` is a sentence for the user that says exactly why. */
export class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
  readonly code: NoMediaCode;
  /** Undefined when nothing helps. */
  readonly remedy: MissingRemedy | undefined;

  constructor(code: NoMediaCode, message: string, remedy?: MissingRemedy) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** Of several reasons the one that leaves something to be done; undefined when there is no reason. */
export function reasonToTell(reasons: readonly NoMediaError[]): NoMediaError | undefined {
  return reasons.find(({ remedy }) => remedy !== undefined) ?? reasons[0];
}
