import type { Log } from '../network/log.ts';
import type { DisposableList } from './disposables.ts';

/**
 * Sets up parts of the product that it can do without. Editors that are built on VS Code leave some of its API out, and
 * must not lose everything for it: what fails is logged and left away.
 */
export class OptionalFeatures {
  readonly #owned: DisposableList;
  readonly #log: Log;

  /** @param owned gets what the features have to be rid of at the end */
  constructor(owned: DisposableList, log: Log) {
    this.#owned = owned;
    this.#log = log;
  }

  /** @param name for the log */
  add(name: string, setUp: () => { dispose(): void } | readonly { dispose(): void }[]): void {
    try {
      const parts = setUp();
      for (const part of 'dispose' in parts ? [parts] : parts) this.#owned.add(part);
    } catch (error) {
      this.#log.warn(
        `[start] This editor has no ${name}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
