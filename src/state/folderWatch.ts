import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { FSWatcher } from 'node:fs';
import type { Log } from '../network/log.ts';
import type { Subscription } from './changes.ts';

/** Calls back when something in a folder changes. Some file systems never tell: whoever uses it has to look as well. */
export interface FolderWatch extends Subscription {
  /** Begins to watch, unless it does already; makes the folder when missing. Failures are logged. */
  start(): Promise<void>;
}

/**
 * Makes the watch of a folder on disk.
 *
 * @param folder absolute
 * @param onChange gets the name of what has changed, where the file system tells it
 */
export function watchFolder(
  folder: string,
  onChange: (name: string | undefined) => void,
  log: Log,
): FolderWatch {
  let watcher: FSWatcher | undefined;
  let isDisposed = false;
  const stop = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  return {
    start: async () => {
      try {
        await mkdir(folder, { recursive: true });
        if (isDisposed || watcher !== undefined) return;
        watcher = watch(folder, { persistent: false }, (_, name) => {
          onChange(name ?? undefined);
        });
        watcher.on('error', (error) => {
          log.debug(`[state] ${folder} is not watched any more: ${error.message}`);
          stop();
        });
      } catch (error) {
        log.debug(`[state] ${folder} cannot be watched: ${String(error)}`);
      }
    },
    dispose: () => {
      isDisposed = true;
      stop();
    },
  };
}
