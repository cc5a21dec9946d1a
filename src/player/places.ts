import type * as vscode from 'vscode';
import * as v from 'valibot';

const KEY = 'playerPlaces';
/** Of those that were played last. */
const MOST_PLACES = 200;

const stored = v.fallback(v.array(v.tuple([v.string(), v.number()])), []);

/** Where each recording was left, in seconds; kept for this computer. */
export class Places {
  readonly #state: vscode.Memento;

  /** @param state the global one */
  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** 0 for what was not played yet. @param recording what tells it from others */
  of(recording: string): number {
    return this.#read().find(([kept]) => kept === recording)?.[1] ?? 0;
  }

  async keep(recording: string, seconds: number): Promise<void> {
    const others = this.#read().filter(([kept]) => kept !== recording);
    await this.#state.update(KEY, [[recording, seconds], ...others].slice(0, MOST_PLACES));
  }

  #read(): readonly (readonly [recording: string, seconds: number])[] {
    return v.parse(stored, this.#state.get(KEY));
  }
}
