import * as vscode from 'vscode';
import type { ContextKeys } from '../host/contextKeys.ts';
import { DisposableList } from '../host/disposables.ts';
import { textInSight } from '../host/textInSight.ts';
import { inBackground } from '../host/progress.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { MAY_HOLD_MEETING_LINK } from '../meetings/mayHoldMeetingLink.ts';
import type { TextInSight } from '../meetings/meetingUrlInSight.ts';

// Long enough that typing and scrolling cost nothing, short enough for a hand that goes to the mouse.
const SETTLE_MS = 200;

/** What the look at texts works with. */
export interface MeetingLinkContextParts {
  readonly contextKeys: ContextKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether there is a meeting link in a text that looks like it. */
  readonly hasMeetingLink: (text: TextInSight) => Promise<boolean>;
}

/**
 * Keeps the context key `recall.meetingLinkInSight` right: whether the active editor shows a meeting link. Not just under
 * the cursor: a right click moves the cursor and opens the menu in the same moment, before anything can be looked up.
 */
export class MeetingLinkContext implements vscode.Disposable {
  readonly #parts: MeetingLinkContextParts;
  readonly #owned = new DisposableList();
  #cancelLook: (() => void) | undefined;
  #looks = 0;

  constructor(parts: MeetingLinkContextParts) {
    this.#parts = parts;
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
    this.#cancelLook = this.#parts.clock.schedule(SETTLE_MS, () => {
      inBackground(this.#parts.log, this.#look());
    });
  }

  async #look(): Promise<void> {
    const looking = ++this.#looks;
    const text = textInSight();
    const isInSight = text !== undefined && mayHoldLink(text) && (await this.#parts.hasMeetingLink(text));
    // What was in sight meanwhile counts.
    if (looking === this.#looks) this.#parts.contextKeys.set('recall.meetingLinkInSight', isInSight);
  }
}

/** In what somebody selected, a link may be damaged or wrapped beyond recognition. */
function mayHoldLink({ selected, lines }: TextInSight): boolean {
  return (
    selected.includes('://') || [selected, ...lines.values()].some((text) => MAY_HOLD_MEETING_LINK.test(text))
  );
}
