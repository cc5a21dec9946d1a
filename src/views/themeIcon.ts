import * as vscode from 'vscode';
import type { Icon } from '../media/icon.ts';

/** The icon as VS Code draws it, in the colours of the theme. */
export function themeIcon({ codicon, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
