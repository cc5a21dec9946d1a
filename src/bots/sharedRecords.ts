import type { FolderWatch } from '../state/folderWatch.ts';
import type { BotRecords } from './botRecords.ts';
import type { BotStore } from './botStore.ts';

/** Keeps what is noted of bots the same in all windows: a title, a saved file, a bot that was taken off the list. */
export class SharedRecords {
  readonly #records: () => BotRecords;
  readonly #store: BotStore;
  #watch: FolderWatch | undefined;

  /** @param records those of the account in use */
  constructor(records: () => BotRecords, store: BotStore) {
    this.#records = records;
    this.#store = store;
  }

  /** Takes in every record of the account in use, and from then on what any window changes in them. */
  async begin(): Promise<void> {
    this.#watch?.dispose();
    const watch = this.#records().watch((record) => {
      // Another account may be in use by now.
      if (this.#watch === watch) this.#store.putRecord(record);
    });
    this.#watch = watch;
    await watch.start();
    await this.read();
  }

  /** Takes in every record, where nothing tells that they have changed. */
  async read(): Promise<void> {
    for (const record of await this.#records().all()) this.#store.putRecord(record);
  }

  dispose(): void {
    this.#watch?.dispose();
    this.#watch = undefined;
  }
}
