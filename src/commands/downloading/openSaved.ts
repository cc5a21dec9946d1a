import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SavedMedia } from '../../bots/botRecords.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import { withoutIcons } from '../../host/plainText.ts';
import type { Caller } from '../calling/caller.ts';

/** Opens one file. */
export type OpenFile = (one: SavedMedia, options: vscode.TextDocumentShowOptions) => Promise<void>;

/** Opens a saved file in the editor that VS Code has for it; with several, the person picks. */
export async function openSaved(kind: MediaKind, saved: readonly SavedMedia[]): Promise<void> {
  const one = await pickFile(kind, saved);
  if (one) await openFile(kind, one);
}

/**
 * The same for either caller, in whichever editor `open` opens: a script is not asked which of several, it gets the first. Of several lines all open. Who
 * opens a line stays in the tree, as in the Explorer, so that its keys go on working.
 */
export async function openSavedFor(
  kind: MediaKind,
  saved: readonly SavedMedia[],
  caller: Caller,
  open: OpenFile = (one, options) => openFile(kind, one, options),
): Promise<void> {
  if (caller.kind === 'script') {
    const [first] = saved;
    if (first) await open(first, {});
  } else if (caller.nodes.length > 1) {
    // Each stays: a preview would be replaced by the next.
    for (const one of saved) await open(one, { preview: false, preserveFocus: true });
  } else {
    const one = await pickFile(kind, saved);
    if (one) await open(one, { preserveFocus: caller.nodes.length > 0 });
  }
}

/** Opens a file in the editor that shows it best. */
async function openFile(
  kind: MediaKind,
  saved: SavedMedia,
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  const document = kind.document?.(saved);
  if (document) {
    const uri = vscode.Uri.file(document.path);
    await vscode.commands.executeCommand('vscode.openWith', uri, document.editor, options);
  } else await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(saved.path), options);
}

/** Shows a file in the Explorer when it is in the workspace, else in the system's file manager. */
export async function revealFile(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const command = vscode.workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

async function pickFile(kind: MediaKind, saved: readonly SavedMedia[]): Promise<SavedMedia | undefined> {
  if (saved.length <= 1) return saved[0];
  const items = saved.map((one) => {
    const { path } = kind.document?.(one) ?? one;
    return { one, label: withoutIcons(basename(path)), description: withoutIcons(dirname(path)) };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open which file?') });
  return picked?.one;
}
