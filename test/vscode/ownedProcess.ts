import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { atProcessEnd } from './processEnd.ts';
import { killNow, livingAmong, processFamily, signalAll } from './processTree.ts';

/** A started program together with everything it starts in turn. */
export interface OwnedProcess {
  readonly pid: number;
  /** Settles when the program itself has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it has written so far, stdout and stderr in order of arrival. */
  readonly log: () => string;
  /** Calls `listener` with every further piece of output. */
  readonly onOutput: (listener: (text: string) => void) => void;
  /** Ends it and all its descendants and waits until they are gone. May be called more than once. */
  readonly stop: () => Promise<void>;
}

const usualPatienceMs = 5_000;
const checkEveryMs = 20;

/**
 * Starts a program in a process group of its own, so that it can be ended with all its descendants.
 * @param options `patienceMs`: how long it may take to end by itself before it is killed; 5 seconds if left out
 * @throws Error when the program cannot be started
 */
export async function startOwnedProcess(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv; patienceMs?: number },
): Promise<OwnedProcess> {
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const output = collectOutput(child);
  const pid = await startedPid(child);
  const forget = atProcessEnd(() => {
    killNow(processFamily(pid));
  });
  return {
    pid,
    ended,
    ...output,
    stop: async () => {
      await endFamily(pid, options.patienceMs ?? usualPatienceMs);
      await ended;
      forget();
    },
  };
}

type OutputChild = ChildProcessByStdio<null, Readable, Readable>;

async function startedPid(child: OutputChild): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (child.pid === undefined) throw new Error('The started program has no process id.');
  return child.pid;
}

function collectOutput(child: OutputChild): Pick<OwnedProcess, 'log' | 'onOutput'> {
  const pieces: string[] = [];
  const listeners: ((text: string) => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      pieces.push(piece);
      for (const listener of listeners) listener(piece);
    });
  }
  return { log: () => pieces.join(''), onOutput: (listener) => void listeners.push(listener) };
}

async function endFamily(pid: number, patienceMs: number): Promise<void> {
  // One whose parent ends first can no longer be found through it: gather them all before.
  const family = new Set(processFamily(pid));
  signalAll(family, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (livingAmong(family).length > 0) {
    for (const latecomer of processFamily(pid)) family.add(latecomer);
    if (Date.now() > deadline) signalAll(livingAmong(family), 'SIGKILL');
    await delay(checkEveryMs);
  }
}
