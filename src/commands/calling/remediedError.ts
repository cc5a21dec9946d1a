/** A button of a message, and what it does for the person who presses it. `run` does not throw. */
export interface Remedy {
  readonly button: string;
  readonly run: () => Thenable<unknown>;
}

/** The names of the buttons. */
export function buttonsOf(remedies: readonly Remedy[]): string[] {
  return remedies.map(({ button }) => button);
}

/** Does what a button is for. @param pressed undefined, or another button, when it is none of these */
export async function runPressed(remedies: readonly Remedy[], pressed: string | undefined): Promise<void> {
  await remedies.find(({ button }) => button === pressed)?.run();
}

/** An error that brings along what a person can do about it. The remedies of its cause are offered behind its own. */
export class RemediedError extends Error {
  readonly code: string;
  readonly remedies: readonly Remedy[];
  /** Whether something is wrong, or it is merely so. */
  readonly isFault: boolean;

  constructor(
    sentence: string,
    cause: Error & { readonly code: string },
    { remedies, isFault }: { readonly remedies: readonly Remedy[]; readonly isFault: boolean },
  ) {
    super(sentence, { cause });
    this.code = cause.code;
    this.remedies = remedies;
    this.isFault = isFault;
  }
}
