import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const markerName = 'is-complete';

/**
 * Sees to it that `target` is a folder that `fill` has filled to the end. What an interrupted run left is not
 * taken for finished, and several processes may ask at the same time.
 * @param target absolute path of the folder
 * @param contents says what belongs inside; when it differs from the last time, the folder is made anew
 * @param fill fills the empty folder it is given; the folder moves to `target` afterwards
 * @throws whatever `fill` throws
 */
export async function ensureFolder(
  target: string,
  contents: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  if (await isFinished(target, contents)) return;
  await mkdir(dirname(target), { recursive: true });
  await removeAbandoned(target);
  const unfinished = await mkdtemp(`${target}.${process.pid}.`);
  try {
    await fill(unfinished);
    await writeFile(join(unfinished, markerName), contents);
    await putInPlace(unfinished, target, contents);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function isFinished(folder: string, contents: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, markerName), 'utf8')) === contents;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Removes what a process left that was killed half way. */
async function removeAbandoned(target: string): Promise<void> {
  const prefix = `${basename(target)}.`;
  for (const name of await readdir(dirname(target))) {
    const owner = name.startsWith(prefix) ? /^(\d+)\./.exec(name.slice(prefix.length))?.[1] : undefined;
    if (owner === undefined || isRunning(Number(owner))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // That it throws is the answer: there is no such process, or it is somebody else's.
    return false;
  }
}

/** Another process may be faster at any moment; its result is as good. */
async function putInPlace(unfinished: string, target: string, contents: string): Promise<void> {
  const old = `${unfinished}.old`;
  while (!(await isFinished(target, contents))) {
    // Put aside as a whole: into a folder that is being emptied, another process could put its own.
    await moveIfThere(target, old);
    const wasFinished = await isFinished(old, contents);
    const isInPlace = await moveIfFree(wasFinished ? old : unfinished, target);
    await rm(old, { recursive: true, force: true });
    if (isInPlace) return;
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @returns whether nothing was in the way */
async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    return false;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
