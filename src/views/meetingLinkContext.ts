import * as vscode from 'vscode';
import type { ContextKeys } from '../host/contextKeys.ts';
import { DisposableList } from '../host/disposables.ts';
import { textInSight } from '../host/textInSight.ts';
import type { Clock } from '../network/clock.ts';
import { meetingUrlInSight } from '../meetings/meetingUrlInSight.ts';

// Long enough that typing and scrolling cost nothing, short enough for a hand that goes to the mouse.
const SETTLE_MS = 200;

/**
 * Keeps the context key `recall.meetingLinkInSight` right: whether the active editor shows a meeting link. Not just under
 * the cursor: a right click moves the cursor and opens the menu in the same moment, before anything can be looked up.
 */
export class MeetingLinkContext implements vscode.Disposable {
  readonly #contextKeys: ContextKeys;
  readonly #clock: Clock;
  readonly #owned = new DisposableList();
  #cancelLook: (() => void) | undefined;

  constructor(contextKeys: ContextKeys, clock: Clock) {
    this.#contextKeys = contextKeys;
    this.#clock = clock;
    const { window, workspace } = vscode;
    this.#owned.add(
      window.onDidChangeActiveTextEditor(() => {
        this.#lookSoon();
      }),
    );
    this.#owned.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        this.#lookSoonAt(textEditor);
      }),
    );
    this.#owned.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#lookSoonAt(textEditor);
      }),
    );
    this.#owned.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document === window.activeTextEditor?.document) this.#lookSoon();
      }),
    );
    this.#owned.add({ dispose: () => this.#cancelLook?.() });
    this.#lookSoon();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #lookSoonAt(editor: vscode.TextEditor): void {
    if (editor === vscode.window.activeTextEditor) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#clock.schedule(SETTLE_MS, () => {
      const text = textInSight();
      const isInSight = text !== undefined && meetingUrlInSight(text) !== undefined;
      this.#contextKeys.set('recall.meetingLinkInSight', isInSight);
    });
  }
}
