import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atProcessEnd } from './processEnd.ts';

/** A folder that is gone when it is no longer needed, at the latest when the process ends. */
export interface TemporaryFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Removes the folder with everything in it. May be called more than once. */
  readonly remove: () => void;
}

/**
 * Makes a new empty folder below the system's folder for temporary files.
 * @param purpose a few letters that turn up in its name; short, since socket paths are limited on macOS
 */
export function makeTemporaryFolder(purpose: string): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `recall-${purpose}-`)));
  const remove = (): void => {
    forget();
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  const forget = atProcessEnd(remove);
  return { path, remove };
}
