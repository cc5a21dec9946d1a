import { readFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { fileErrorCode } from './fileSystem.ts';

/** One run of one machine, from its start to its end. */
export interface MachineRun {
  readonly host: string;
  /** Differs after a restart of the machine: what was written but not flushed before may be lost. */
  readonly boot: string;
}

/** Which process owns a download. */
export interface ProcessIdentity extends MachineRun {
  readonly pid: number;
  /** Tells two processes that had the same number one after the other apart; undefined where the system does not say. */
  readonly start: string | undefined;
}

/** What the engine asks about processes, so that it can tell a live owner of a part file from a dead one. */
export interface ProcessTable {
  /** This process. */
  self(): Promise<ProcessIdentity>;
  /** Whether a process of this machine still runs; `unknown` when that cannot be told for sure. */
  look(identity: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'>;
}

/** The processes of this machine. */
export const systemProcesses: ProcessTable = {
  self: async () => ({
    host: hostname(),
    boot: await bootId(),
    pid: process.pid,
    start: await startOf(process.pid),
  }),
  look: async (identity) => {
    const here = { host: hostname(), boot: await bootId() };
    if (identity.host !== here.host) return 'unknown';
    if (!sameRun(identity, here)) return 'dead';
    if (!isRunning(identity.pid)) return 'dead';
    const start = await startOf(identity.pid);
    if (identity.start === undefined || start === undefined) return 'unknown';
    return identity.start === start ? 'alive' : 'dead';
  },
};

/** Whether two marks stand for the same run of the same machine. */
export function sameRun(one: MachineRun, other: MachineRun): boolean {
  if (one.host !== other.host) return false;
  if (one.boot === other.boot) return true;
  // Without an identifier from the system the mark is the boot time in seconds, which shakes a little.
  return Math.abs(Number(one.boot) - Number(other.boot)) <= 2;
}

async function bootId(): Promise<string> {
  const id = await readSystemText('/proc/sys/kernel/random/boot_id');
  return id?.trim() ?? String(Math.round(Date.now() / 1000 - uptime()));
}

async function startOf(pid: number): Promise<string | undefined> {
  const text = await readSystemText(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold anything; the start time is the 22nd.
  return text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
}

async function readSystemText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Not Linux, or the process is gone: then there is nothing to tell it by.
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return fileErrorCode(error) !== 'ESRCH';
  }
}
