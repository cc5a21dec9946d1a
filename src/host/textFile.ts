import * as vscode from 'vscode';

/**
 * The text of a file, wherever that is; undefined when it is longer than a text of its kind can be.
 *
 * @param longest in bytes
 * @throws what the file system says
 */
export async function readTextFile(file: vscode.Uri, longest: number): Promise<string | undefined> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > longest) return undefined;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
