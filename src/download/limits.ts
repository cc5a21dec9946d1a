import type { BackoffLimits } from '../network/backoff.ts';

/** Every bound of the engine in one place, so that tests can make waiting short. */
export interface DownloadLimits {
  /** Longest wait for the headers of one answer, in ms. */
  readonly headerTimeoutMs: number;
  /** Longest wait for the next chunk of a body, in ms. There is no limit for a whole transfer. */
  readonly idleTimeoutMs: number;
  /** Tries in a row that bring no new byte before the download gives up. */
  readonly triesWithoutProgress: number;
  /** The wait between tries, before `Retry-After` has its say. */
  readonly backoff: BackoffLimits;
  /** A longer `Retry-After` is cut down to this, in ms. */
  readonly retryAfterCapMs: number;
  /** Fresh URLs asked for in a row without a new byte. */
  readonly refreshes: number;
  /** How often one download may throw away what it has and begin again. */
  readonly startOvers: number;
  /** Redirects followed for one request. */
  readonly redirects: number;
  /** A URL with less life than this left is replaced before it is used, in ms. */
  readonly expiryMarginMs: number;
  /** Most bytes that may have arrived without being in the part file: bounds memory and what a kill can cost. */
  readonly batchBytes: number;
  /** A write begins as soon as this many bytes wait and no other write is under way. */
  readonly writeBytes: number;
  /** Fewer bytes are written, too, when the last write began this long ago, in ms. */
  readonly writeMs: number;
  /** The part file is flushed to the disk after this many new bytes: the most that a power cut costs on a fast line. */
  readonly checkpointBytes: number;
  /** The part file is flushed, too, when it last was this long ago, in ms: the most that it costs on a slow one. */
  readonly checkpointMs: number;
  /** The state file is rewritten at least this often while the download lives, in ms. */
  readonly heartbeatMs: number;
  /** An owner that was not heard of for this long is taken for gone, in ms. */
  readonly abandonedMs: number;
  /** Shortest time between two progress reports, in ms. */
  readonly progressIntervalMs: number;
}

/** The bounds of the product. */
export const defaultLimits: DownloadLimits = {
  headerTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  triesWithoutProgress: 8,
  // Also at the end of a long outage the next try is less than a minute away.
  backoff: { baseMs: 1_000, capMs: 30_000 },
  retryAfterCapMs: 300_000,
  refreshes: 3,
  startOvers: 5,
  redirects: 5,
  expiryMarginMs: 60_000,
  batchBytes: 4 * 1024 * 1024,
  writeBytes: 1024 * 1024,
  writeMs: 1_000,
  checkpointBytes: 64 * 1024 * 1024,
  checkpointMs: 5_000,
  heartbeatMs: 60_000,
  abandonedMs: 300_000,
  progressIntervalMs: 250,
};
