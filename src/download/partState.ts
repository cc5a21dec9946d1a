import type { MachineRun, ProcessIdentity } from './processes.ts';

/** Which item of media a download is for. */
export interface MediaIdentity {
  readonly botId: string;
  readonly recordingId: string;
  readonly artifactId: string;
  /** The API's word for the kind of media. Version 0.1.0 did not note it; the ids alone say which item it is. */
  readonly kind?: string;
}

/** What the server said about the content, as far as a later try needs it to be sure of the same content. */
export interface ContentDescription {
  /** As the server sent it, with quotes; weak ones included. */
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** Undefined when the server did not announce a length. */
  readonly totalBytes: number | undefined;
}

/** The process that has, or last had, the part file. `token` differs for every claim. */
export interface PartOwner extends ProcessIdentity {
  readonly token: string;
}

/** What lies in `NAME.mp3.part.json`. Never holds a URL. */
export interface PartState extends ContentDescription {
  readonly identity: MediaIdentity;
  /** Bytes of the part file that are on the disk for sure, also after a power cut. */
  readonly flushedBytes: number;
  /** Every byte has arrived and is flushed; only the renaming is left. */
  readonly complete: boolean;
  /** The file name that the finished file is being given. */
  readonly publishingAs: string | undefined;
  /** An empty file of that name was made to hold its place. */
  readonly placeHeld: boolean;
  readonly owner: PartOwner;
  /** Where the bytes beyond `flushedBytes` were written: they are there as long as that machine has not gone down. */
  readonly writtenOn: MachineRun;
  /** The owner let go of the part file. */
  readonly released: boolean;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
}

const VERSION = 1;

/** The text of a state file. */
export function formatPartState(state: PartState): string {
  return `${JSON.stringify({ version: VERSION, ...state }, undefined, 2)}\n`;
}

/** Reads a state file's text; undefined when it is damaged, unfinished, or of another version. */
export function parsePartState(text: string): PartState | undefined {
  const raw = parseObject(text);
  if (raw?.version !== VERSION) return undefined;
  const identity = readIdentity(raw.identity);
  const owner = readOwner(raw.owner);
  const writtenOn = readMachineRun(raw.writtenOn);
  const flushedBytes = readCount(raw.flushedBytes);
  const updatedAt = readText(raw.updatedAt);
  if (!identity || !owner || !writtenOn) return undefined;
  if (flushedBytes === undefined || updatedAt === undefined) return undefined;
  return {
    identity,
    owner,
    writtenOn,
    flushedBytes,
    updatedAt,
    etag: readText(raw.etag),
    lastModified: readText(raw.lastModified),
    totalBytes: readCount(raw.totalBytes),
    publishingAs: readText(raw.publishingAs),
    placeHeld: raw.placeHeld === true,
    complete: raw.complete === true,
    released: raw.released === true,
  };
}

/** Whether two identities mean the same item of media. */
export function sameIdentity(one: MediaIdentity, other: MediaIdentity): boolean {
  return (
    one.botId === other.botId && one.recordingId === other.recordingId && one.artifactId === other.artifactId
  );
}

type Raw = Readonly<Record<string, unknown>>;

function parseObject(text: string): Raw | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // A process that was killed may leave half a file; the caller begins anew then.
    return undefined;
  }
}

function asObject(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null ? (value as Raw) : undefined;
}

function readIdentity(value: unknown): MediaIdentity | undefined {
  const raw = asObject(value);
  const botId = readText(raw?.botId);
  const recordingId = readText(raw?.recordingId);
  const artifactId = readText(raw?.artifactId);
  if (botId === undefined || recordingId === undefined || artifactId === undefined) return undefined;
  const ids = { botId, recordingId, artifactId };
  const kind = readText(raw?.kind);
  return kind === undefined ? ids : { ...ids, kind };
}

function readOwner(value: unknown): PartOwner | undefined {
  const raw = asObject(value);
  const machine = readMachineRun(value);
  const pid = readCount(raw?.pid);
  const token = readText(raw?.token);
  if (!machine || !pid || token === undefined) return undefined;
  return { ...machine, pid, token, start: readText(raw?.start) };
}

function readMachineRun(value: unknown): MachineRun | undefined {
  const raw = asObject(value);
  const host = readText(raw?.host);
  const boot = readText(raw?.boot);
  return host === undefined || boot === undefined ? undefined : { host, boot };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
