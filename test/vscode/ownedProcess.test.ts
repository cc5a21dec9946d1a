import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startOwnedProcess, type OwnedProcess } from './ownedProcess.ts';
import { livingAmong } from './processTree.ts';

/** Prints its id and those of a child in its group and of a child that leads a group of its own. */
const family = `
const { spawn } = require('node:child_process');
const stubborn = ['--eval', 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000); console.log("ready");'];
const near = spawn(process.execPath, stubborn);
const far = spawn(process.execPath, stubborn, { detached: true });
Promise.all([near, far].map((child) => new Promise((ready) => child.stdout.once('data', ready)))).then(() => {
  console.log(['pids', process.pid, near.pid, far.pid].join(' ') + '.');
});
setInterval(() => undefined, 1000);
`;

describe('a started program', () => {
  it('ends with all that it started, also what does not obey', async () => {
    const program = await startOwnedProcess(process.execPath, ['--eval', family], {
      env: {},
      patienceMs: 100,
    });
    const pids = await announcedPids(program);
    assert.equal(livingAmong(new Set(pids)).length, 3);

    await program.stop();

    assert.deepEqual(livingAmong(new Set(pids)), []);
  });

  it('can be stopped again after it has ended', async () => {
    const program = await startOwnedProcess(process.execPath, ['--eval', 'process.exit(3)'], { env: {} });
    assert.equal(await program.ended, 3);
    await program.stop();
    await program.stop();
  });

  it('says so when it does not exist', async () => {
    await assert.rejects(startOwnedProcess('/no/such/program', [], { env: {} }), { code: 'ENOENT' });
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends, and its temporary folder goes, when ${signal} ends the process that started it`, async () => {
      const { pids, folder } = await endStarterBy(signal);
      assert.deepEqual(livingAmong(new Set(pids)), []);
      assert.equal(existsSync(folder), false);
    });
  }
});

function announcedPids(program: Pick<OwnedProcess, 'log' | 'onOutput'>): Promise<number[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const list = /pids ([\d ]+)\./.exec(program.log())?.[1];
      if (list !== undefined) resolve(list.split(' ').map(Number));
    };
    program.onOutput(look);
    look();
  });
}

/** Starts a process that starts the family in a temporary folder, and ends it by a signal. */
async function endStarterBy(signal: NodeJS.Signals): Promise<{ pids: number[]; folder: string }> {
  const url = (file: string): string => pathToFileURL(join(import.meta.dirname, file)).href;
  const script = `
    import { startOwnedProcess } from '${url('ownedProcess.ts')}';
    import { makeTemporaryFolder } from '${url('temporaryFolder.ts')}';
    const { path } = makeTemporaryFolder('signal');
    const program = await startOwnedProcess(process.execPath, ['--eval', process.argv[1]], { cwd: path, env: {} });
    program.onOutput((text) => process.stdout.write(text + path + '!'));`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script, family], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const piece of starter.stdout.setEncoding('utf8')) {
    output += String(piece);
    if (output.includes('!')) break;
  }
  const [, list = '', folder = ''] = /pids ([\d ]+)\.\s*(\S+)!/.exec(output) ?? [];
  assert.ok(existsSync(folder));
  starter.kill(signal);
  await once(starter, 'exit');
  return { pids: list.split(' ').map(Number), folder };
}
