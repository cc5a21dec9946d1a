import type * as v from 'valibot';
import type * as vscode from 'vscode';
import { answering } from './toolAnswer.ts';
import { readInput } from './toolInput.ts';

/**
 * A tool that only reads, so that nobody is asked before it does.
 *
 * @param doing what VS Code says meanwhile, in the display language
 */
export function readingTool<Schema extends v.GenericSchema>(
  input: Schema,
  doing: () => string,
  answer: (wanted: v.InferOutput<Schema>, signal: AbortSignal) => Promise<vscode.LanguageModelToolResult>,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: () => ({ invocationMessage: doing() }),
    invoke: (options, token) => answering(token, (signal) => answer(readInput(input, options.input), signal)),
  };
}
