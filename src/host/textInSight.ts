import * as vscode from 'vscode';
import type { TextInSight } from '../meetings/meetingUrlInSight.ts';

/** More lines than this are on no screen; a document without line height says that all of them are. */
const MOST_LINES = 200;

/** What the user sees of the editor that has, or had last, the focus; undefined without one, and for output. */
export function textInSight(): TextInSight | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme === 'output') return undefined;
  const { document, selection } = editor;
  const numbers = new Set([
    selection.active.line,
    ...editor.visibleRanges.flatMap(({ start, end }) => numbersBetween(start.line, end.line)),
  ]);
  const inDocument = [...numbers].filter((line) => line < document.lineCount).slice(0, MOST_LINES);
  return {
    selected: selection.isEmpty ? '' : selectedText(editor),
    lines: new Map(inDocument.map((line) => [line, document.lineAt(line).text])),
    cursor: { line: selection.active.line, character: selection.active.character },
  };
}

/** At most so many lines that reading them costs nothing. They are not cut within, so that no link is. */
function selectedText({ document, selection: { start, end } }: vscode.TextEditor): string {
  const last = start.line + MOST_LINES;
  return document.getText(new vscode.Range(start, end.line > last ? document.lineAt(last).range.end : end));
}

function numbersBetween(first: number, last: number): number[] {
  const length = Math.min(last - first + 1, MOST_LINES);
  return Array.from({ length }, (_, index) => first + index);
}
