import * as vscode from 'vscode';
import type { Log } from '../network/log.ts';
import type { Redactor } from '../network/redaction.ts';
import { callerOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { errorCode, errorSentence, showError } from './showError.ts';

/** What a command does for one of its callers. */
export type CommandHandler<Result = unknown> = (caller: Caller) => Promise<Result | undefined>;

/** What running any command needs. */
export interface CommandSurroundings {
  readonly log: Log;
  readonly redactor: Redactor;
}

/** What a script gets when a command fails: the sentence that a person would see, and a code. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError';
  readonly code: string;

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Registers a command under the rules that hold for all: cancelled = undefined; a person's failure is shown once, here,
 * and resolves, since VS Code answers a rejection with a dialog of its own; a script's failure rejects.
 */
export function registerCommand(
  id: string,
  handler: CommandHandler,
  { log, redactor }: CommandSurroundings,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    const caller = callerOf(args);
    try {
      return await handler(caller);
    } catch (error) {
      const code = errorCode(error);
      const sentence = redactor.redact(errorSentence(error));
      log[code === 'cancelled' ? 'debug' : 'error'](`[command] ${id}: ${code}: ${sentence}`);
      if (code === 'unexpected' && error instanceof Error) log.error(error.stack ?? error.message);
      if (caller.kind === 'script') {
        if (code === 'cancelled') return undefined;
        throw new CommandFailedError(code, sentence, error);
      }
      showError(error, sentence);
      return undefined;
    }
  });
}
