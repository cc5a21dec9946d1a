import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describeFileError } from './fileErrors.ts';
import {
  type DownloadFileSystem,
  fileErrorCode,
  flushIfPossible,
  lstatIfThere,
  makeFolder,
  unlinkIfThere,
} from './fileSystem.ts';
import type { NamingContext } from './naming/freeName.ts';
import { moveTogether } from './naming/moveFiles.ts';
import { numberedName, partPaths } from './naming/partPaths.ts';

/** A text and the extension of the file that is to hold it. */
export interface TextFile {
  readonly extension: string;
  readonly text: string;
}

/** Where the texts are, in the order in which they were given. */
export interface WrittenTexts {
  readonly paths: readonly string[];
  /** Whether all of them were there already. */
  readonly wasThere: boolean;
}

/**
 * Writes texts that belong together into files of one name: `NAME.vtt`, `NAME.md`. Each is complete or not there, and none
 * replaces another file: where one of the names is taken by something else, all get the next number. What is there already
 * with the same text stays as it is.
 *
 * @param folder absolute; made when missing
 * @throws DownloadError when the file system does not let it
 */
export async function writeTexts(
  context: NamingContext,
  folder: string,
  name: string,
  files: readonly TextFile[],
): Promise<WrittenTexts> {
  try {
    await makeFolder(context.fs, folder);
    for (let number = 1; ;) {
      const places = files.map((file) => placeOf(file, folder, numberedName(name, number)));
      const paths = places.map(({ target }) => target);
      const holders = await Promise.all(places.map((place) => holderOf(context.fs, place)));
      if (holders.includes('other')) number++;
      else if (!holders.includes('nothing')) return { paths, wasThere: true };
      else if (
        await fill(
          context,
          places.filter((_, index) => holders[index] === 'nothing'),
        )
      )
        return { paths, wasThere: false };
    }
  } catch (error) {
    throw describeFileError(error, folder) ?? error;
  }
}

interface Place {
  readonly part: string;
  readonly target: string;
  readonly text: string;
}

/** Until it is whole, a text has a name that nobody could have expected, so that no link and no file is in its place. */
function placeOf({ extension, text }: TextFile, folder: string, name: string): Place {
  const { target } = partPaths(folder, name, extension);
  return { part: join(folder, `${randomUUID().slice(0, 13)}.${extension}.part`), target, text };
}

/** What has the name already: nothing, a file with this very text, or something else. */
async function holderOf(
  fs: DownloadFileSystem,
  { target, text }: Place,
): Promise<'nothing' | 'same' | 'other'> {
  const there = await lstatIfThere(fs, target);
  if (!there) return 'nothing';
  if (!there.isFile() || there.size !== Buffer.byteLength(text)) return 'other';
  return (await fs.readTextFile(target)) === text ? 'same' : 'other';
}

/** @returns false when one of the names was taken meanwhile; then none of the files is there */
async function fill(context: NamingContext, places: readonly Place[]): Promise<boolean> {
  const written: string[] = [];
  try {
    for (const { part, text } of places) {
      const handle = await context.fs.open(part, 'wx');
      written.push(part);
      await writeWhole(handle, text);
    }
    const moves = places.map(({ part: from, target: to }) => ({ from, to }));
    const { failure } = await moveTogether(context, moves, () => Promise.resolve());
    if (failure === undefined) return true;
    if (failure === 'taken') return false;
    throw failure.cause;
  } finally {
    for (const part of written) await removeRest(context.fs, part);
  }
}

async function writeWhole(
  handle: Awaited<ReturnType<DownloadFileSystem['open']>>,
  text: string,
): Promise<void> {
  try {
    await handle.writeFile(text);
    await flushIfPossible(() => handle.sync());
  } finally {
    await handle.close();
  }
}

/** What a failure left. That it cannot be removed is no worse than the failure, which is told. */
async function removeRest(fs: DownloadFileSystem, path: string): Promise<void> {
  try {
    await unlinkIfThere(fs, path);
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
  }
}
