import { basename, join } from 'node:path';
import { type DownloadFileSystem, fileErrorCode, lstatIfThere } from './fileSystem.ts';
import { isWithoutLinks, type NamingContext, renameOntoPlace } from './naming/freeName.ts';
import type { PartClaim } from './partClaim.ts';
import { numberedName, partPaths } from './naming/partPaths.ts';
import { renamePatiently } from './heldFiles.ts';
import type { WantedFile } from './slot.ts';

/** `taken` when another file has that name. */
type PublishResult = 'done' | 'taken';

/**
 * Gives a finished part file its name, in one step and without ever replacing a file: its own name if that is still
 * free, else the wanted name with the next number.
 *
 * @param isSame whether a file that turned up meanwhile has the same content; then that file is the result
 * @returns the path that now holds the content
 */
export async function publish(
  context: NamingContext,
  claim: PartClaim,
  wanted: WantedFile,
  isSame: (path: string) => Promise<boolean>,
): Promise<{ readonly path: string; readonly wasThere: boolean }> {
  const { folder, extension, target: own } = claim.paths;
  for (let number = 0; ; number++) {
    const path = number === 0 ? own : partPaths(folder, numberedName(wanted.name, number), extension).target;
    if (number > 0 && path === own) continue;
    if (claim.state.publishingAs !== basename(path)) {
      await claim.update({ publishingAs: basename(path), placeHeld: false });
    }
    await claim.verify();
    if ((await publishAs(context, claim, path)) === 'done') {
      await syncFolder(context.fs, folder);
      await claim.tidyUp();
      return { path, wasThere: false };
    }
    if (await isSame(path)) return { path, wasThere: true };
  }
}

/**
 * Recognises a download that was finished by a process that was killed before it could tidy up.
 *
 * @returns the path of its file; undefined when there is something left to do
 */
export async function findPublished(fs: DownloadFileSystem, claim: PartClaim): Promise<string | undefined> {
  const { complete, publishingAs, totalBytes } = claim.state;
  if (!complete || publishingAs === undefined || basename(publishingAs) !== publishingAs) return undefined;
  const path = join(claim.paths.folder, publishingAs);
  const target = await lstatIfThere(fs, path);
  const part = await lstatIfThere(fs, claim.paths.part);
  if (!target?.isFile() || target.size !== totalBytes) return undefined;
  const isSameFile = part?.ino === target.ino && part.dev === target.dev;
  return !part || isSameFile ? path : undefined;
}

async function publishAs(context: NamingContext, claim: PartClaim, path: string): Promise<PublishResult> {
  const { fs } = context;
  if (claim.state.placeHeld && (await lstatIfThere(fs, path))?.size === 0) {
    await renamePatiently(context, claim.paths.part, path);
    return 'done';
  }
  try {
    // A link fails when the name is taken, on every system; a rename would silently replace the file.
    await fs.link(claim.paths.part, path);
    return 'done';
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return 'taken';
    if (!isWithoutLinks(error)) throw error;
  }
  // Noted before the file is there: a process killed in between must not leave an empty file behind for good.
  await claim.update({ placeHeld: true });
  return (await renameOntoPlace(context, claim.paths.part, path)) ? 'done' : 'taken';
}

/** Makes the new name survive a power cut, where the system lets a folder be flushed. */
async function syncFolder(fs: DownloadFileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows cannot; there the file system's own journal has to do.
  }
}
