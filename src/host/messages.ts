import * as vscode from 'vscode';

/** VS Code's messages, with text of a server shown as text. Each answers with the button that was pressed. */
export const messages = {
  info: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showInformationMessage(plain(text), ...buttons),

  warn: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(plain(text), ...buttons),

  error: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showErrorMessage(plain(text), ...buttons),

  /** A dialog in the middle of the window, for what cannot be undone. VS Code adds Cancel by itself. */
  ask: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(plain(text), { modal: true }, ...buttons),

  /** The same, with smaller text below that says what exactly it is about. */
  askAbout: (text: string, detail: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(plain(text), { modal: true, detail: plain(detail) }, ...buttons),
};

/** VS Code makes `[text](command:…)` in a message a link; a bot's name must not become one. */
function plain(text: string): string {
  return text.replaceAll('](', '] (');
}
