import * as vscode from 'vscode';
import type { FileMove } from '../download/naming/moveFiles.ts';

/** A tab that shows a file, and how. */
interface FileTab {
  readonly tab: vscode.Tab;
  readonly uri: vscode.Uri;
  /** The kind of editor, as `vscode.openWith` takes it. */
  readonly editor: string;
}

/** Saves what somebody has changed in files that are to be moved, so that it goes along. @param paths absolute */
export async function saveOpen(paths: readonly string[]): Promise<void> {
  const moving = new Set(paths.map(keyOf));
  for (const document of vscode.workspace.textDocuments)
    if (document.isDirty && moving.has(document.uri.toString())) await document.save();
}

/**
 * Shows files that were moved where they are now, in the tabs that showed them where they were, as the Explorer does. A tab
 * with changes that are not saved stays as it is.
 */
export async function followMoves(moves: readonly FileMove[]): Promise<void> {
  const targets = new Map(moves.map(({ from, to }) => [keyOf(from), vscode.Uri.file(to)]));
  for (const { viewColumn, activeTab } of vscode.window.tabGroups.all) {
    const moved = movedTabs(viewColumn, targets);
    if (moved.length === 0) continue;
    const [inFront] = fileTabs(activeTab ? [activeTab] : []);
    for (const { editor, target, tab } of moved)
      await open(target, editor, { viewColumn, preview: tab.isPreview });
    if (inFront) {
      const movedInFront = moved.find(({ tab }) => tab === inFront.tab);
      await open(movedInFront?.target ?? inFront.uri, inFront.editor, { viewColumn });
    }
    // VS Code may have made its tabs anew meanwhile.
    const left = movedTabs(viewColumn, targets).map(({ tab }) => tab);
    await vscode.window.tabGroups.close(left, true);
  }
}

/** The tabs of a column whose files have moved, and where to. */
function movedTabs(
  column: vscode.ViewColumn,
  targets: ReadonlyMap<string, vscode.Uri>,
): (FileTab & { readonly target: vscode.Uri })[] {
  const group = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === column);
  return fileTabs(group?.tabs ?? []).flatMap((shown) => {
    const target = targets.get(shown.uri.toString());
    return target && !shown.tab.isDirty ? [{ ...shown, target }] : [];
  });
}

function keyOf(path: string): string {
  return vscode.Uri.file(path).toString();
}

function fileTabs(tabs: readonly vscode.Tab[]): FileTab[] {
  return tabs.flatMap((tab) => {
    const { input } = tab;
    if (input instanceof vscode.TabInputText) return [{ tab, uri: input.uri, editor: 'default' }];
    if (input instanceof vscode.TabInputCustom) return [{ tab, uri: input.uri, editor: input.viewType }];
    return [];
  });
}

async function open(uri: vscode.Uri, editor: string, options: vscode.TextDocumentShowOptions): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, editor, { ...options, preserveFocus: true });
}
