import type { FileFormat } from './fileFormats.ts';
import { type DownloadFileSystem, lstatIfThere } from './fileSystem.ts';
import { busyError, type ClaimContext, type EarlierTry, PartClaim } from './partClaim.ts';
import { numberedName, partPaths, type PartPaths } from './naming/partPaths.ts';
import { type MediaIdentity, sameIdentity } from './partState.ts';
import { findPartStates } from './unfinished.ts';

/** What a download asks for: which item of media, and under which name. */
export interface WantedFile {
  readonly folder: string;
  readonly name: string;
  readonly file: Pick<FileFormat, 'extension'>;
  readonly identity: MediaIdentity;
}

/** A name that is ours to write to, and what an earlier try left there. */
export interface Slot {
  readonly claim: PartClaim;
  readonly earlier: EarlierTry | undefined;
}

const ROUNDS = 50;

/**
 * Finds where to write: what an earlier try for the same item of media began, under whatever name, else the first free name.
 *
 * @throws DownloadError `busyElsewhere` when the same item is being downloaded right now
 */
export async function claimSlot(context: ClaimContext, wanted: WantedFile): Promise<Slot> {
  for (let round = 0; round < ROUNDS; round++) {
    const begun = await findBegun(context.fs, wanted);
    const result = begun
      ? await PartClaim.takeOver(context, begun, wanted.identity)
      : await claimFreeName(context, wanted);
    if (result.kind === 'claimed') return result;
  }
  throw busyError();
}

/** The files that already have the wanted name or the wanted name with a number, in that order. */
export async function filesWithThatName(
  fs: DownloadFileSystem,
  wanted: WantedFile,
): Promise<readonly { readonly path: string; readonly size: number }[]> {
  const found: { path: string; size: number }[] = [];
  for (let number = 1; ; number++) {
    const paths = partPaths(wanted.folder, numberedName(wanted.name, number), wanted.file.extension);
    const target = await lstatIfThere(fs, paths.target);
    if (target?.isFile()) found.push({ path: paths.target, size: target.size });
    if (!target && !(await lstatIfThere(fs, paths.state))) return found;
  }
}

async function findBegun(fs: DownloadFileSystem, wanted: WantedFile): Promise<PartPaths | undefined> {
  const states = await findPartStates(wanted.folder, fs);
  return states.find(
    ({ paths, state }) =>
      paths.extension === wanted.file.extension && sameIdentity(state.identity, wanted.identity),
  )?.paths;
}

async function claimFreeName(context: ClaimContext, wanted: WantedFile): ReturnType<typeof PartClaim.create> {
  for (let number = 1; ; number++) {
    const paths = partPaths(wanted.folder, numberedName(wanted.name, number), wanted.file.extension);
    const target = await lstatIfThere(context.fs, paths.target);
    const part = await lstatIfThere(context.fs, paths.part);
    const state = await lstatIfThere(context.fs, paths.state);
    if (!target && !part && !state) return PartClaim.create(context, paths, wanted.identity);
    if (!state || target) continue;
    // A state file that cannot be read was left by a killed process; its name can be used again.
    const result = await PartClaim.takeOver(context, paths, wanted.identity);
    if (result.kind === 'claimed') return result;
  }
}
