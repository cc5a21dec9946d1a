import { basename, join } from 'node:path';
import { type DownloadFileSystem, fileErrorCode, lstatIfThere, readTextIfThere } from './fileSystem.ts';
import { defaultLimits } from './limits.ts';
import { type ProcessTable, systemProcesses } from './processes.ts';
import { partPaths, type PartPaths, STATE_ENDING } from './naming/partPaths.ts';
import { type MediaIdentity, parsePartState, type PartState } from './partState.ts';

/** A download that was begun and can be gone on with. */
export interface UnfinishedDownload {
  readonly identity: MediaIdentity;
  /** The file name to be, without its extension. */
  readonly name: string;
  readonly extension: string;
  readonly partPath: string;
  readonly receivedBytes: number;
  /** Undefined when the server did not announce a length. */
  readonly totalBytes: number | undefined;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** A process that is still there has not let go of it: it is under way, here or in another window. */
  readonly underWay: boolean;
}

/**
 * Lists what was begun in a folder and not finished; nothing when there is no such folder.
 *
 * @param now milliseconds since the epoch, to tell how long nothing was heard of a process that cannot be looked at
 */
export async function findUnfinished(
  folder: string,
  fs: DownloadFileSystem,
  processes: ProcessTable = systemProcesses,
  now = Date.now(),
): Promise<readonly UnfinishedDownload[]> {
  const found: UnfinishedDownload[] = [];
  for (const { paths, state } of await findPartStates(folder, fs)) {
    // All of it has its own name already; only the rest could not be removed yet.
    if (state.complete && state.publishingAs !== undefined && state.released) continue;
    const part = await lstatIfThere(fs, paths.part);
    if (!part?.isFile()) continue;
    found.push({
      identity: state.identity,
      name: paths.name,
      extension: paths.extension,
      partPath: paths.part,
      receivedBytes: part.size,
      totalBytes: state.totalBytes,
      updatedAt: state.updatedAt,
      underWay: !state.released && (await isAtWork(state, processes, now)),
    });
  }
  return found;
}

/** Every readable state file of a folder, by name. */
export async function findPartStates(
  folder: string,
  fs: DownloadFileSystem,
): Promise<readonly { readonly paths: PartPaths; readonly state: PartState }[]> {
  const found: { paths: PartPaths; state: PartState }[] = [];
  for (const entry of await entriesOf(folder, fs)) {
    const paths = pathsOfStateFile(folder, entry);
    if (!paths) continue;
    const text = await readTextIfThere(fs, join(folder, entry));
    const state = text === undefined ? undefined : parsePartState(text);
    if (state) found.push({ paths, state });
  }
  return found;
}

async function isAtWork(state: PartState, processes: ProcessTable, now: number): Promise<boolean> {
  if ((await processes.look(state.owner)) === 'dead') return false;
  return now - Date.parse(state.updatedAt) <= defaultLimits.abandonedMs;
}

async function entriesOf(folder: string, fs: DownloadFileSystem): Promise<readonly string[]> {
  try {
    return [...(await fs.readdir(folder))].sort();
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function pathsOfStateFile(folder: string, entry: string): PartPaths | undefined {
  if (!entry.endsWith(STATE_ENDING)) return undefined;
  const file = basename(entry, STATE_ENDING);
  const dot = file.lastIndexOf('.');
  return dot > 0 ? partPaths(folder, file.slice(0, dot), file.slice(dot + 1)) : undefined;
}
