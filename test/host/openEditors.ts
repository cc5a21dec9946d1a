import * as vscode from 'vscode';

/** The absolute paths of the files that are open, whatever shows them. */
export function openPaths(): string[] {
  return inputs().flatMap((input) =>
    typeof input === 'object' && input !== null && 'uri' in input && input.uri instanceof vscode.Uri
      ? [input.uri.fsPath]
      : [],
  );
}

/** The absolute paths of the MP3s that are open in the player. */
export function playedPaths(): string[] {
  return inputs().flatMap((input) =>
    input instanceof vscode.TabInputCustom && input.viewType === 'recall.player' ? [input.uri.fsPath] : [],
  );
}

function inputs(): unknown[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
}
