import { type DownloadFileSystem, fileErrorCode, lstatIfThere, unlinkIfThere } from '../fileSystem.ts';
import { isWithoutLinks, type NamingContext, renameOntoPlace } from './freeName.ts';
import { renamePatiently, whilePatient } from '../heldFiles.ts';

/** A file and the name that it is to have in the same folder. Both paths are absolute. */
export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/** How a move of several files ended. */
export interface MoveResult {
  /** The files that have their new names: all of them, or none, unless they could not be given back their old ones. */
  readonly moved: readonly FileMove[];
  /** Why not all of them: another file has one of the names, or what the file system said. */
  readonly failure?: 'taken' | { readonly cause: unknown };
}

/**
 * Gives files new names, all of them or none, and never the name of another file.
 *
 * @param noteMoved is told when the new names are there, and the old ones are, too, where the file system has links: so
 *   that who looks for a file finds it at each moment
 */
export async function moveTogether(
  context: NamingContext,
  moves: readonly FileMove[],
  noteMoved: () => Promise<void>,
): Promise<MoveResult> {
  const begun: BegunMove[] = [];
  try {
    for (const move of moves) {
      const one = await beginMove(context, move);
      if (!one) return { moved: await notMovedBack(context, begun), failure: 'taken' };
      begun.push(one);
    }
    await noteMoved();
  } catch (cause) {
    return { moved: await notMovedBack(context, begun), failure: { cause } };
  }
  for (const { from, hasBoth } of begun) if (hasBoth) await removeOldName(context, from);
  return { moved: moves };
}

/** A file that has its new name. */
interface BegunMove extends FileMove {
  /** Whether it has the old one as well. */
  readonly hasBoth: boolean;
}

/** Gives the files their old names back. @returns those that keep the new ones */
async function notMovedBack(context: NamingContext, begun: readonly BegunMove[]): Promise<FileMove[]> {
  const kept: FileMove[] = [];
  for (const move of begun.toReversed()) {
    try {
      if (move.hasBoth) await unlinkIfThere(context.fs, move.to);
      else if (!(await beginMove(context, { from: move.to, to: move.from }))) kept.push(move);
    } catch {
      // What went wrong first is what is told; where the file is now is noted.
      kept.push(move);
    }
  }
  return kept;
}

/** A file that is held, on Windows, keeps its old name beside the new one: nothing is lost by it. */
async function removeOldName(context: NamingContext, from: string): Promise<void> {
  try {
    await whilePatient(context, () => context.fs.unlink(from));
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
  }
}

/** @returns undefined when another file has the name */
async function beginMove(context: NamingContext, { from, to }: FileMove): Promise<BegunMove | undefined> {
  const { fs } = context;
  // Where upper and lower case are one, the file itself has the new name already.
  if (await isSameFile(fs, from, to)) {
    await renamePatiently(context, from, to);
    return { from, to, hasBoth: false };
  }
  try {
    // A link fails when the name is taken, on every system; a rename would silently replace the file.
    await fs.link(from, to);
    return { from, to, hasBoth: true };
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return undefined;
    if (!isWithoutLinks(error)) throw error;
  }
  return (await renameOntoPlace(context, from, to)) ? { from, to, hasBoth: false } : undefined;
}

async function isSameFile(fs: DownloadFileSystem, from: string, to: string): Promise<boolean> {
  if (from.toLowerCase() !== to.toLowerCase()) return false;
  const [one, other] = [await lstatIfThere(fs, from), await lstatIfThere(fs, to)];
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
