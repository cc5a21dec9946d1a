import { basename, join } from 'node:path';
import type { Clock } from '../network/clock.ts';
import { type DownloadFileSystem, fileErrorCode, lstatIfThere, unlinkIfThere } from './fileSystem.ts';
import type { PartClaim } from './partClaim.ts';
import { numberedName, partPaths } from './partPaths.ts';
import { renamePatiently } from './patience.ts';
import type { WantedFile } from './slot.ts';

/** What publishing needs from outside. */
export interface PublishContext {
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
}

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
  context: PublishContext,
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

async function publishAs(context: PublishContext, claim: PartClaim, path: string): Promise<PublishResult> {
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
  return renameOntoPlace(context, claim, path);
}

/** For file systems without links: an empty file, created exclusively, keeps the name until the rename. */
async function renameOntoPlace(
  context: PublishContext,
  claim: PartClaim,
  path: string,
): Promise<PublishResult> {
  const { fs } = context;
  // Noted before the file is there: a process killed in between must not leave an empty file behind for good.
  await claim.update({ placeHeld: true });
  try {
    await (await fs.open(path, 'wx')).close();
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    await renamePatiently(context, claim.paths.part, path);
  } catch (error) {
    await unlinkIfThere(fs, path);
    throw error;
  }
  return 'done';
}

/** Whether a refusal to make a link says that this file system has none. */
export function isWithoutLinks(error: unknown): boolean {
  const codes = [
    'EPERM',
    'ENOTSUP',
    'EOPNOTSUPP',
    'ENOSYS',
    'EINVAL',
    'EMLINK',
    'EACCES',
    'EXDEV',
    'UNKNOWN',
  ];
  return codes.includes(fileErrorCode(error) ?? '');
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
