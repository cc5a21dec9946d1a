import type { Log } from '../../network/log.ts';
import type { Redactor } from '../../network/redaction.ts';
import type { COMMANDS } from '../../host/names.ts';
import { callerOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { errorCode, errorSentence, showError } from './showError.ts';

/** What a command does for one of its callers. */
export type CommandHandler<Result = unknown> = (caller: Caller) => Promise<Result | undefined>;

/** The name of a command of the manifest, but for those that each kind of media has. */
export type CommandName = keyof typeof COMMANDS;

/** What a command does, and how it tells from its arguments who called where {@link callerOf} does not say it right. */
export type Command =
  | CommandHandler
  | { readonly handler: CommandHandler; readonly readCaller: (args: readonly unknown[]) => Caller };

/** What commands do, by their names. */
export type Commands = Readonly<Partial<Record<CommandName, Command>>>;

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

/** What VS Code calls for a command. */
export type CommandRunner = (...args: unknown[]) => Promise<unknown>;

/**
 * Makes what VS Code calls, under the rules that hold for all commands: cancelled = undefined; a person's failure is shown
 * once, here, and resolves, since VS Code answers a rejection with a dialog of its own; a script's failure rejects.
 */
export function commandRunner(
  id: string,
  command: Command,
  surroundings: CommandSurroundings,
): CommandRunner {
  const { handler, readCaller } =
    typeof command === 'function' ? { handler: command, readCaller: callerOf } : command;
  return async (...args) => {
    const caller = readCaller(args);
    if (caller.kind === 'person') return forPerson(id, () => handler(caller), surroundings);
    try {
      return await forScript(id, () => handler(caller), surroundings);
    } catch (error) {
      if (error instanceof CommandFailedError && error.code === 'cancelled') return undefined;
      throw error;
    }
  };
}

/**
 * Does what a person asked for. A failure is shown to them and logged; then the result is undefined.
 *
 * @param what stands in the log
 */
export async function forPerson<Result>(
  what: string,
  work: () => Promise<Result>,
  surroundings: CommandSurroundings,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    showError(error, logFailure(what, error, surroundings).message);
    return undefined;
  }
}

/**
 * Does what a script asked for. Shows nothing.
 *
 * @param what stands in the log
 * @throws CommandFailedError, with the code `cancelled` too
 */
export async function forScript<Result>(
  what: string,
  work: () => Promise<Result>,
  surroundings: CommandSurroundings,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw logFailure(what, error, surroundings);
  }
}

function logFailure(
  what: string,
  error: unknown,
  { log, redactor }: CommandSurroundings,
): CommandFailedError {
  const code = errorCode(error);
  const sentence = redactor.redact(errorSentence(error));
  log[code === 'cancelled' ? 'debug' : 'error'](`[command] ${what}: ${code}: ${sentence}`);
  if (code === 'unexpected' && error instanceof Error) log.error(error.stack ?? error.message);
  return new CommandFailedError(code, sentence, error);
}
