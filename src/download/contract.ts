import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Signs } from '../network/signs.ts';
import type { DownloadFileSystem } from './fileSystem.ts';
import type { FileFormat } from './fileFormats.ts';
import type { DownloadLimits } from './limits.ts';
import type { MediaIdentity } from './partState.ts';
import type { ProcessTable } from './processes.ts';
import type { DownloadProgress } from './progress.ts';

/** What to download, and where to. */
export interface DownloadRequest {
  /** Hands out a newly signed URL each time it is called. Throws an error of its own when there is none any more. */
  readonly resolveSource: (signal: AbortSignal) => Promise<string>;
  /** Absolute; made when missing. */
  readonly folder: string;
  /** The wanted file name without its extension, already cleaned; ` (2)` is added when it is taken. */
  readonly name: string;
  /** Decides what counts as valid content, and how the name ends. */
  readonly file: FileFormat;
  readonly identity: MediaIdentity;
  readonly signal: AbortSignal;
  /** Called at most four times a second. */
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** How a download ended well. `alreadyThere`: a file with the same content existed, and nothing was written. */
export interface DownloadOutcome {
  readonly kind: 'saved' | 'alreadyThere';
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** What the engine needs from outside. */
export interface DownloadCollaborators {
  readonly fetch: typeof globalThis.fetch;
  readonly fs: DownloadFileSystem;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Ends the wait before the next try when what was away may be back; no sign ever comes when left out. */
  readonly signs?: Signs;
  readonly limits?: Partial<DownloadLimits>;
  /** The processes of this machine when left out. */
  readonly processes?: ProcessTable;
}

/** The collaborators with every default filled in. */
export interface EngineContext extends DownloadCollaborators {
  readonly signs: Signs;
  readonly limits: DownloadLimits;
  readonly processes: ProcessTable;
  readonly lost: Set<string>;
}
