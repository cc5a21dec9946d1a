import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const PROGRAM = join(import.meta.dirname, 'windowProcess.ts');

class WindowProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly ready: string[] = [];
  asked = 0;
  isStarted = false;
  #errors = '';

  constructor(folder: string, windowId: string, bots: number) {
    const argv = [PROGRAM, folder, windowId, String(bots)];
    this.child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'exit');
    const { stdout, stderr } = this.child;
    if (!stdout || !stderr) throw new Error('The window has no output');
    stderr.on('data', (chunk) => (this.#errors += String(chunk)));
    createInterface({ input: stdout }).on('line', (line) => {
      this.#take(JSON.parse(line) as Record<string, unknown>);
    });
  }

  get errors(): string {
    return this.#errors;
  }

  endBots(from: number): void {
    this.child.stdin?.write(`${from}\n`);
  }

  async close(): Promise<void> {
    this.child.stdin?.end();
    await this.exited;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  #take(message: Record<string, unknown>): void {
    if (typeof message.ready === 'string') this.ready.push(message.ready);
    if (typeof message.asked === 'number') this.asked = message.asked;
    if ('started' in message) this.isStarted = true;
  }
}

describe('BotWatcher in several processes on one folder', function () {
  let folder: string;
  let windows: WindowProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-windows-'));
    windows = [];
  });

  afterEach(async () => {
    await Promise.all(windows.map((window) => window.kill()));
    await rm(folder, { recursive: true, force: true });
  });

  function open(windowId: string, bots: number): WindowProcess {
    const window = new WindowProcess(folder, windowId, bots);
    windows.push(window);
    return window;
  }

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      for (const { errors } of windows) assert.equal(errors, '');
      await pause(20);
    }
  }

  const allReady = (): string[] => windows.flatMap(({ ready }) => ready);

  async function holder(): Promise<WindowProcess | undefined> {
    const leases = join(folder, 'watch', 'us-west-2.recall.ai');
    const names = (await readdir(leases)).filter((name) => /^lease\.\d+\.json$/.test(name));
    const newest = names.toSorted((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]))[0];
    const text = newest === undefined ? '' : await readFile(join(leases, newest), 'utf8').catch(() => '');
    const pid = /"pid":(\d+)/.exec(text)?.[1];
    return windows.find(({ child }) => String(child.pid) === pid);
  }

  it('announces every bot once, over all of them', async () => {
    for (let index = 0; index < 3; index++) open(`window-${index}`, 12);
    await until(() => windows.every(({ isStarted }) => isStarted));
    const now = Date.now();
    for (const window of windows) window.endBots(now);
    await until(() => allReady().length >= 12);
    await Promise.all(windows.map((window) => window.close()));
    const ids = Array.from({ length: 12 }, (_, index) => `bot-${index}`);
    assert.deepEqual(allReady().toSorted(), ids.toSorted());
  });

  it('goes on in the other one when the polling one is killed', async () => {
    open('window-0', 3);
    open('window-1', 3);
    await until(() => windows.every(({ isStarted }) => isStarted));
    await until(async () => (await holder()) !== undefined);
    const killed = await holder();
    const left = windows.find((window) => window !== killed);
    await killed?.kill();
    left?.endBots(Date.now());
    await until(() => (left?.ready.length ?? 0) >= 3);
    assert.deepEqual(left?.ready.toSorted(), ['bot-0', 'bot-1', 'bot-2']);
    assert.deepEqual(killed?.ready, []);
    await left.close();
  });

  it('ends its process when the watcher is disposed', async () => {
    const window = open('window-0', 2);
    await until(() => window.asked > 0);
    await window.close();
    assert.equal(window.child.exitCode, 0);
  });
});
