import * as vscode from 'vscode';
import { ChangeSource } from '../../state/changes.ts';

/** Shorter texts are links; an invitation has more to it. */
const SHORTEST_INVITATION = 40;

/**
 * The text on the clipboard as the person has copied it. VS Code's input makes a space of each line end, and without its
 * lines an invitation does not say where the title ends.
 */
export class CopiedText {
  readonly #source = new ChangeSource<undefined>();
  #text: string;

  /** Tells that {@link CopiedText.behind} would answer otherwise than before. */
  readonly changes = this.#source.changes;

  constructor(text: string) {
    this.#text = text;
  }

  /** What the input's text was before it was pasted; the input's text itself when it was not pasted. */
  behind(shown: string): string {
    if (isPastedFrom(this.#text, shown)) return this.#text;
    if (shown.length >= SHORTEST_INVITATION) void this.#look(shown);
    return shown;
  }

  async #look(shown: string): Promise<void> {
    const text = await vscode.env.clipboard.readText();
    if (text === this.#text || !isPastedFrom(text, shown)) return;
    this.#text = text;
    this.#source.tell(undefined);
  }
}

function isPastedFrom(text: string, shown: string): boolean {
  return onOneLine(text) === onOneLine(shown);
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
