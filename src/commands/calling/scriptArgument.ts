import * as v from 'valibot';
import { InvalidArgumentError } from './caller.ts';

/**
 * What a script passed to a command.
 *
 * @param needed a sentence that says what the argument has to be
 * @throws InvalidArgumentError with that sentence
 */
export function readScriptArgument<Schema extends v.GenericSchema>(
  schema: Schema,
  argument: unknown,
  needed: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, argument);
  if (!parsed.success) throw new InvalidArgumentError(needed);
  return parsed.output;
}
