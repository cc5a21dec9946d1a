import { existsSync } from 'node:fs';
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
  const marker = join(folder, markerName);
  return existsSync(marker) && (await readFile(marker, 'utf8')) === contents;
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

async function putInPlace(unfinished: string, target: string, contents: string): Promise<void> {
  // Another process may have been faster; its result is as good and may be in use by now.
  if (await isFinished(target, contents)) return;
  await rm(target, { recursive: true, force: true });
  try {
    await rename(unfinished, target);
  } catch (error) {
    if (!(await isFinished(target, contents))) throw error;
  }
}
