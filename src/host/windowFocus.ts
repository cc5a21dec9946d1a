import * as vscode from 'vscode';

/** Whether somebody looks at this window. */
export const windowFocus = {
  isFocused: () => vscode.window.state.focused,
  onDidChangeFocus: (listener: () => void) => vscode.window.onDidChangeWindowState(listener),
};
