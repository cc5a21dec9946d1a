import type { EngineContext } from './contract.ts';
import { fileErrorCode } from './fileSystem.ts';
import { filesWithThatName } from './slot.ts';
import type { WantedFile } from './slot.ts';

/** Compares a file with what is wanted. May throw what reading it throws. */
export type IsSame = (path: string) => Promise<boolean>;

/**
 * Looks for a file with the wanted name, however it is numbered, and the same content.
 *
 * @param size of the content, in bytes; undefined when it is not known, and then nothing is the same
 * @returns its path
 */
export async function findSameFile(
  context: Pick<EngineContext, 'fs' | 'log'>,
  wanted: WantedFile,
  size: number | undefined,
  isSame: IsSame,
): Promise<string | undefined> {
  for (const file of await filesWithThatName(context.fs, wanted)) {
    if (file.size === size && (await isKnownToBeSame(context, file.path, isSame))) return file.path;
  }
  return undefined;
}

/** The same of one file. One that cannot be read is not known to be the same. */
export async function isKnownToBeSame(
  { log }: Pick<EngineContext, 'log'>,
  path: string,
  isSame: IsSame,
): Promise<boolean> {
  try {
    return await isSame(path);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === undefined) throw error;
    log.debug(`[download] A file with the same name could not be read (${code})`);
    return false;
  }
}
