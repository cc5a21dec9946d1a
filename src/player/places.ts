import type * as vscode from 'vscode';
import * as v from 'valibot';

const KEY = 'playerPlaces';
/** Of the files that were played last. */
const MOST_PLACES = 200;

const stored = v.fallback(v.array(v.tuple([v.string(), v.number()])), []);

/** Where each file was left, in seconds; kept for this computer. */
export class Places {
  readonly #state: vscode.Memento;

  /** @param state the global one */
  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** 0 for a file that was not played yet. */
  of(file: vscode.Uri): number {
    return this.#read().find(([uri]) => uri === file.toString())?.[1] ?? 0;
  }

  async keep(file: vscode.Uri, seconds: number): Promise<void> {
    const others = this.#read().filter(([uri]) => uri !== file.toString());
    await this.#state.update(KEY, [[file.toString(), seconds], ...others].slice(0, MOST_PLACES));
  }

  #read(): readonly (readonly [uri: string, seconds: number])[] {
    return v.parse(stored, this.#state.get(KEY));
  }
}
