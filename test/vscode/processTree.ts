import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** Ended, and only waiting for its parent to take notice. */
  defunct: boolean;
}

/**
 * The living processes that belong to `leader`: itself, its process group, and all descendants of those.
 * @param leader the id of a process that leads a process group
 */
export function processFamily(leader: number): number[] {
  const living = livingProcesses();
  const group = living.filter((entry) => entry.group === leader).map((entry) => entry.pid);
  return [...group, ...descendants(new Set(group), living)];
}

/** The living processes that this one has started, those that they have started, and so on. */
export function ownDescendants(): number[] {
  return descendants(new Set([process.pid]), livingProcesses());
}

function descendants(ancestors: ReadonlySet<number>, living: readonly ProcessEntry[]): number[] {
  const family = new Set(ancestors);
  let before = -1;
  while (family.size !== before) {
    before = family.size;
    for (const entry of living) if (family.has(entry.parent)) family.add(entry.pid);
  }
  return [...family].filter((pid) => !ancestors.has(pid));
}

/** The command that a process was started with; empty when it has ended. */
export function commandOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

/** Those of `pids` that have not ended. */
export function livingAmong(pids: ReadonlySet<number>): number[] {
  return livingProcesses()
    .map((entry) => entry.pid)
    .filter((pid) => pids.has(pid));
}

/** Sends a signal to each; one that has ended meanwhile is passed over. */
export function signalAll(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!hasCode(error, 'ESRCH')) throw error;
    }
  }
}

/** How long killed processes may take to disappear, in ms; a busy machine takes a while to free their memory. */
const disappearMs = 5_000;

/** Kills them and waits, blocking, until they are gone. For the end of the process, when nothing else can run. */
export function killNow(pids: readonly number[]): void {
  signalAll(pids, 'SIGKILL');
  const victims = new Set(pids);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = Date.now() + disappearMs;
  while (livingAmong(victims).length > 0 && Date.now() < deadline) Atomics.wait(pause, 0, 0, 5);
}

function livingProcesses(): ProcessEntry[] {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  return all.filter((entry) => !entry.defunct);
}

function fromProc(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const entry = readProcEntry(Number(name));
      return entry === undefined ? [] : [entry];
    });
}

function readProcEntry(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses itself.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), group: Number(group), defunct: state === 'Z' || state === 'X' };
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

function fromPs(): ProcessEntry[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,state='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, group, state] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        defunct: state?.startsWith('Z') ?? false,
      };
    });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
