import * as v from 'valibot';
import * as vscode from 'vscode';

const LONGEST_LINE = 400;

/**
 * What a model gave a tool.
 *
 * @throws Error that tells the model which field is wrong
 */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(
    `The input does not fit the tool's schema: ${v.getDotPath(issue) ?? 'input'}: ${issue.message}`,
  );
}

/**
 * What VS Code asks before a tool acts.
 *
 * @param title words of ours only: VS Code may take it for Markdown
 * @param lines may hold text from a model or a server, and are shown as text
 */
export function confirmation(
  title: string,
  lines: readonly string[],
): vscode.LanguageModelToolConfirmationMessages {
  const message = new vscode.MarkdownString();
  lines.forEach((line, index) => {
    if (index > 0) message.appendMarkdown('\n\n');
    message.appendText(line.slice(0, LONGEST_LINE));
  });
  return { title, message };
}
