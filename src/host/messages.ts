import * as vscode from 'vscode';
import { withoutLinks } from './plainText.ts';

/** VS Code's messages, with text of a server shown as text. Each answers with the button that was pressed. */
export const messages = {
  info: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showInformationMessage(withoutLinks(text), ...buttons),

  warn: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(withoutLinks(text), ...buttons),

  error: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showErrorMessage(withoutLinks(text), ...buttons),

  /** A dialog in the middle of the window, for what cannot be undone. VS Code adds Cancel by itself. */
  ask: (text: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(withoutLinks(text), { modal: true }, ...buttons),

  /** The same, with smaller text below that says what exactly it is about. */
  askAbout: (text: string, detail: string, ...buttons: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(
      withoutLinks(text),
      { modal: true, detail: withoutLinks(detail) },
      ...buttons,
    ),
};
