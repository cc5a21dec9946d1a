import * as vscode from 'vscode';
import type { Log } from '../../network/log.ts';
import { inBackground } from '../../host/progress.ts';
import { ChangeSource } from '../../state/changes.ts';

/** So many characters more at once were pasted, not typed. */
const SHORTEST_PASTE = 20;

/**
 * The text on the clipboard as the person has copied it. VS Code's input makes a space of each line end, and without its
 * lines an invitation does not say where the title ends. Looks at the clipboard again only after something was pasted.
 */
export class CopiedText {
  readonly #source = new ChangeSource<undefined>();
  readonly #log: Log;
  #text: string;
  #shownBefore = '';

  /** Tells that {@link CopiedText.behind} would answer otherwise than before. */
  readonly changes = this.#source.changes;

  constructor(text: string, log: Log) {
    this.#text = text;
    this.#log = log;
  }

  /** What the input's text was before it was pasted; the input's text itself when it was not pasted. */
  behind(shown: string): string {
    const wasPasted = shown.length - this.#shownBefore.length >= SHORTEST_PASTE;
    this.#shownBefore = shown;
    if (isPastedFrom(this.#text, shown)) return this.#text;
    if (wasPasted && shown.trim().includes(' ')) inBackground(this.#log, this.#look(shown));
    return shown;
  }

  async #look(shown: string): Promise<void> {
    const text = await vscode.env.clipboard.readText();
    if (!isPastedFrom(text, shown)) return;
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
