import { dirname } from 'node:path';
import type { DownloadCollaborators, DownloadOutcome, DownloadRequest, EngineContext } from './contract.ts';
import { cancelledError, DownloadError, throwIfCancelled } from './errors.ts';
import { describeFileError } from './fileErrors.ts';
import { defaultLimits } from './limits.ts';
import { PartClaim } from './partClaim.ts';
import { PartFile } from './partFile.ts';
import { partPaths } from './naming/partPaths.ts';
import { forLog } from '../network/failure.ts';
import { noSigns } from '../network/signs.ts';
import { fileErrorCode, makeFolder } from './fileSystem.ts';
import { shortenedName } from './naming/fileName.ts';
import { systemProcesses } from './processes.ts';
import { findPublished } from './publish.ts';
import { claimSlot, type Slot } from './slot.ts';
import { Transfer } from './transfer.ts';
import type { UnfinishedDownload } from './unfinished.ts';

export type { DownloadCollaborators, DownloadOutcome, DownloadRequest } from './contract.ts';
export type { MediaIdentity } from './partState.ts';
export type { DownloadProgress } from './progress.ts';
export type { DownloadLimits } from './limits.ts';
export { type DownloadFileSystem, nodeFileSystem } from './fileSystem.ts';

/** Brings media to disk. */
export interface Downloader {
  /**
   * Brings one recording to disk: goes on from what an earlier try left, survives what networks do, and never
   * replaces a file. The file has its name only once it is whole, checked and flushed.
   *
   * @throws DownloadError in the user's words, or what `resolveSource` throws; the part file is kept
   */
  download(request: DownloadRequest): Promise<DownloadOutcome>;

  /**
   * Deletes what was loaded of a download that is not gone on with.
   *
   * @throws DownloadError in the user's words, `busyElsewhere` when it is under way after all
   */
  discard(unfinished: UnfinishedDownload): Promise<void>;
}

/** Makes the engine. */
export function createDownloader(collaborators: DownloadCollaborators): Downloader {
  const context: EngineContext = {
    ...collaborators,
    signs: collaborators.signs ?? noSigns,
    limits: { ...defaultLimits, ...collaborators.limits },
    processes: collaborators.processes ?? systemProcesses,
    lost: new Set(),
  };
  return {
    download: (request) => download(context, request),
    discard: (unfinished) => discard(context, unfinished),
  };
}

async function discard(
  context: EngineContext,
  { partPath, name, extension, identity }: UnfinishedDownload,
): Promise<void> {
  const folder = dirname(partPath);
  try {
    const paths = partPaths(folder, name, extension);
    const result = await PartClaim.takeOver(context, paths, identity);
    if (result.kind === 'claimed') await result.claim.discard();
  } catch (error) {
    throw describeFileError(error, folder) ?? error;
  }
}

async function download(context: EngineContext, request: DownloadRequest): Promise<DownloadOutcome> {
  throwIfCancelled(request.signal);
  let wanted: DownloadRequest;
  let slot: Slot;
  try {
    await makeFolder(context.fs, request.folder);
    ({ slot, wanted } = await claimWithShortName(context, request));
  } catch (error) {
    throw describeFileError(error, request.folder) ?? error;
  }
  const stopHeartbeat = startHeartbeat(context, slot);
  try {
    return await downloadInto(context, wanted, slot);
  } finally {
    stopHeartbeat();
  }
}

/** Longest names to try, in bytes, where a file system takes fewer than usual; some encrypt the names, too. */
const SHORTER_NAMES = [120, 80, 40];

async function claimWithShortName(
  context: EngineContext,
  wanted: DownloadRequest,
): Promise<{ readonly slot: Slot; readonly wanted: DownloadRequest }> {
  let shorter = wanted;
  for (const bytes of [...SHORTER_NAMES, undefined]) {
    try {
      return { slot: await claimSlot(context, shorter), wanted: shorter };
    } catch (error) {
      if (bytes === undefined || fileErrorCode(error) !== 'ENAMETOOLONG') throw error;
    }
    shorter = { ...wanted, name: shortenedName(wanted.name, bytes) };
    context.log.info(`[download] The name is too long for this file system: trying ${bytes} bytes`);
  }
  return { slot: await claimSlot(context, shorter), wanted: shorter };
}

async function downloadInto(
  context: EngineContext,
  request: DownloadRequest,
  slot: Slot,
): Promise<DownloadOutcome> {
  let part: PartFile | undefined;
  try {
    const published = await findPublished(context.fs, slot.claim);
    if (published !== undefined) {
      await slot.claim.tidyUp();
      return { kind: 'saved', path: published, bytes: slot.claim.state.totalBytes ?? 0 };
    }
    part = await PartFile.open(context, slot);
    return await new Transfer(context, request, part).run();
  } catch (error) {
    const told = explain(error, request);
    context.log.warn(`[download] ${slot.claim.paths.name}: ${describeBriefly(told)}`);
    const keptBytes = await leave(context, slot, part);
    throw told instanceof DownloadError ? told.keeping(keptBytes) : told;
  }
}

/** Lets go of a download that did not end well. @returns the bytes that a later try goes on from */
async function leave(context: EngineContext, slot: Slot, part: PartFile | undefined): Promise<number> {
  if (!part) {
    await slot.claim.release();
    return 0;
  }
  await part.pause();
  if (part.writtenBytes > 0) return part.writtenBytes;
  try {
    await slot.claim.discard();
  } catch (error) {
    context.log.debug(`[download] An empty part file stays behind: ${describeBriefly(error)}`);
  }
  return 0;
}

function explain(error: unknown, request: DownloadRequest): unknown {
  if (request.signal.aborted) return cancelledError();
  return error instanceof DownloadError ? error : (describeFileError(error, request.folder) ?? error);
}

function describeBriefly(error: unknown): string {
  if (error instanceof DownloadError) return `${error.code}: ${forLog(error)}`;
  return error instanceof Error ? error.name : 'unknown';
}

/** Shows other windows that this download lives, also while it waits. */
function startHeartbeat({ clock, limits, log }: EngineContext, { claim }: Slot): () => void {
  let isOver = false;
  let stopTimer: () => void = () => undefined;
  const beat = async (): Promise<void> => {
    try {
      await claim.update({});
    } catch (error) {
      log.debug(`[download] The state file could not be renewed: ${describeBriefly(error)}`);
    }
    schedule();
  };
  const schedule = (): void => {
    if (!isOver) stopTimer = clock.schedule(limits.heartbeatMs, () => void beat());
  };
  schedule();
  return () => {
    isOver = true;
    stopTimer();
  };
}
