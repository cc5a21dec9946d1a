import * as vscode from 'vscode';
import type { Log } from '../../network/log.ts';
import { inBackground } from '../../host/progress.ts';
import { ChangeSource } from '../../state/changes.ts';

const SHORTEST_INVITATION = 40;

/**
 * The text on the clipboard as the person has copied it. VS Code's input makes a space of each line end, and without its
 * lines an invitation does not say where the title ends.
 */
export class CopiedText {
  readonly #source = new ChangeSource<undefined>();
  readonly #log: Log;
  #text: string;
  #shownBefore = '';
  #isClosed = false;

  /** Tells that {@link CopiedText.behind} would answer otherwise than before. */
  readonly changes = this.#source.changes;

  constructor(text: string, log: Log) {
    this.#text = text;
    this.#log = log;
  }

  /** What the input's text was before it was pasted; the input's text itself when it was not pasted. */
  behind(shown: string): string {
    const isNew = shown !== this.#shownBefore;
    this.#shownBefore = shown;
    if (isPastedFrom(this.#text, shown)) return this.#text;
    if (isNew && mayBeInvitation(shown)) inBackground(this.#log, this.#look(shown));
    return shown;
  }

  async #look(shown: string): Promise<void> {
    // A browser that does not let VS Code read the clipboard makes it say so each time.
    if (this.#isClosed) return;
    const text = await vscode.env.clipboard.readText();
    this.#isClosed = text === '';
    if (!isPastedFrom(text, shown)) return;
    this.#text = text;
    this.#source.tell(undefined);
  }
}

/** A link has no spaces, so one that is typed is none. */
function mayBeInvitation(text: string): boolean {
  return text.length >= SHORTEST_INVITATION && text.trim().includes(' ');
}

function isPastedFrom(text: string, shown: string): boolean {
  return onOneLine(text) === onOneLine(shown);
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
