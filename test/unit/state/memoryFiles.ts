import { dirname, join } from 'node:path';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';

/** State files in memory: what several windows share in a test without a disk. */
export class MemoryFiles implements StateFileSystem {
  readonly texts = new Map<string, string>();
  readonly #locks = new Map<string, Promise<unknown>>();

  list(folder: string): Promise<readonly string[]> {
    const names = [...this.texts.keys()].filter((path) => dirname(path) === folder);
    return Promise.resolve(names.map((path) => path.slice(folder.length + 1)));
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(path));
  }

  replace(folder: string, name: string, text: string): Promise<void> {
    this.texts.set(join(folder, name), text);
    return Promise.resolve();
  }

  create(folder: string, name: string, text: string): Promise<boolean> {
    const path = join(folder, name);
    if (this.texts.has(path)) return Promise.resolve(false);
    this.texts.set(path, text);
    return Promise.resolve(true);
  }

  async exclusively<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
    const path = join(folder, name);
    const before = this.#locks.get(path) ?? Promise.resolve();
    const own = before.then(work);
    this.#locks.set(
      path,
      own.catch(() => undefined),
    );
    return own;
  }

  remove(path: string): Promise<void> {
    this.texts.delete(path);
    return Promise.resolve();
  }
}
