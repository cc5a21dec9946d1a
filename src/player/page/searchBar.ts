import type { PlayerWords } from '../protocol.ts';
import { element, filled, iconButton } from './elements.ts';

/** What happens when something is looked for. */
export interface SearchListeners {
  /** Finds a phrase. @returns the numbers of the lines it is in */
  find(phrase: string): readonly number[];
  /** Somebody goes to a hit. @param line its number */
  goTo(line: number): void;
}

/** Looks for a phrase in the transcript. */
export class SearchBar {
  readonly root: HTMLElement;
  readonly #words: PlayerWords;
  readonly #listeners: SearchListeners;
  readonly #field = element('input', 'search-field');
  readonly #count = element('span', 'hit-count');
  readonly #steps: readonly HTMLButtonElement[];
  #hits: readonly number[] = [];
  #at: number | undefined;

  constructor(words: PlayerWords, listeners: SearchListeners) {
    this.#words = words;
    this.#listeners = listeners;
    this.#field.type = 'search';
    this.#field.placeholder = words.search;
    this.#field.setAttribute('aria-label', words.search);
    this.#count.setAttribute('role', 'status');
    this.#field.addEventListener('input', () => {
      this.search();
    });
    this.#field.addEventListener('keydown', (event) => {
      // An Enter may end a word of an input method.
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    });
    this.#steps = [
      iconButton('up', words.previousHit, () => {
        this.#step(-1);
      }),
      iconButton('down', words.nextHit, () => {
        this.#step(1);
      }),
    ];
    this.root = element('div', 'search', this.#field, this.#count, ...this.#steps);
    this.#show();
  }

  /** Looks for what is in the field, also in lines that came just now. */
  search(): void {
    this.#hits = this.#listeners.find(this.#field.value);
    this.#at = undefined;
    this.#show();
  }

  focus(): void {
    this.#field.focus();
    this.#field.select();
  }

  #step(direction: 1 | -1): void {
    if (this.#hits.length === 0) return;
    const from = this.#at ?? (direction === 1 ? -1 : 0);
    this.#at = (from + direction + this.#hits.length) % this.#hits.length;
    this.#show();
    const line = this.#hits[this.#at];
    if (line !== undefined) this.#listeners.goTo(line);
  }

  #show(): void {
    const { length } = this.#hits;
    const isEmpty = this.#field.value.trim() === '';
    this.#count.textContent = isEmpty
      ? ''
      : length === 0
        ? this.#words.noHits
        : filled(this.#words.hits, this.#at === undefined ? '–' : `${this.#at + 1}`, `${length}`);
    for (const button of this.#steps) button.disabled = length === 0;
  }
}
