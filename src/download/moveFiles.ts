import type { Clock } from '../network/clock.ts';
import { type DownloadFileSystem, fileErrorCode, lstatIfThere, unlinkIfThere } from './fileSystem.ts';
import { renamePatiently, whilePatient } from './patience.ts';
import { isWithoutLinks } from './publish.ts';

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

/** What moving needs from outside. */
export interface MoveContext {
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
}

/** Gives files new names, all of them or none, and never the name of another file. */
export async function moveTogether(context: MoveContext, moves: readonly FileMove[]): Promise<MoveResult> {
  const moved: FileMove[] = [];
  for (const move of moves) {
    const failure = await failureOf(context, move);
    if (failure !== undefined) return { moved: await notMovedBack(context, moved), failure };
    moved.push(move);
  }
  return { moved };
}

async function failureOf(context: MoveContext, move: FileMove): Promise<MoveResult['failure']> {
  try {
    return (await moveOne(context, move)) ? undefined : 'taken';
  } catch (cause) {
    return { cause };
  }
}

/** Gives the files their old names back. @returns those that keep the new ones */
async function notMovedBack(context: MoveContext, moved: readonly FileMove[]): Promise<FileMove[]> {
  const kept: FileMove[] = [];
  for (const move of moved.toReversed()) {
    if ((await failureOf(context, { from: move.to, to: move.from })) !== undefined) kept.push(move);
  }
  return kept;
}

/** @returns false when another file has the name */
async function moveOne(context: MoveContext, { from, to }: FileMove): Promise<boolean> {
  const { fs } = context;
  // Where upper and lower case are one, the file itself has the new name already.
  if (await isSameFile(fs, from, to)) {
    await renamePatiently(context, from, to);
    return true;
  }
  try {
    // A link fails when the name is taken, on every system; a rename would silently replace the file.
    await fs.link(from, to);
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    if (!isWithoutLinks(error)) throw error;
    return moveOntoPlace(context, { from, to });
  }
  try {
    await whilePatient(context, () => fs.unlink(from));
  } catch (error) {
    await unlinkIfThere(fs, to);
    throw error;
  }
  return true;
}

/** For file systems without links: an empty file, created exclusively, keeps the name until the rename. */
async function moveOntoPlace(context: MoveContext, { from, to }: FileMove): Promise<boolean> {
  const { fs } = context;
  try {
    await (await fs.open(to, 'wx')).close();
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await renamePatiently(context, from, to);
  } catch (error) {
    await unlinkIfThere(fs, to);
    throw error;
  }
  return true;
}

async function isSameFile(fs: DownloadFileSystem, from: string, to: string): Promise<boolean> {
  if (from.toLowerCase() !== to.toLowerCase()) return false;
  const [one, other] = [await lstatIfThere(fs, from), await lstatIfThere(fs, to)];
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
