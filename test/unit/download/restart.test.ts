import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { DownloadError } from '../../../src/download/errors.ts';
import type { PartState } from '../../../src/download/partState.ts';
import { type ProcessTable, sameRun, systemProcesses } from '../../../src/download/processes.ts';
import { findUnfinished } from '../../../src/download/unfinished.ts';
import { type DownloadFileSystem, nodeFileSystem } from '../../../src/download/download.ts';
import { failureOf, IDENTITY, makeAudio, Workbench } from './workbench.ts';
import { type Play, serve, status } from './mediaServer.ts';

const AUDIO = makeAudio(400_000, 13);
const WHOLE = serve(AUDIO);
const STATE = 'meeting.mp3.part.json';
const PART = 'meeting.mp3.part';
const KEPT = 150_000;

describe('A download that was left unfinished', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
    bench.server.play(serve(AUDIO, { bytes: KEPT, then: 'reset' }), status(418));
    await bench.assertFails('refused', bench.download());
    bench.server.play(WHOLE);
  });
  afterEach(() => bench.close());

  const readState = async (): Promise<PartState> =>
    JSON.parse(await readFile(bench.path(STATE), 'utf8')) as PartState;
  const changeState = async (change: (state: PartState) => Partial<PartState>): Promise<void> => {
    const state = await readState();
    await writeFile(bench.path(STATE), JSON.stringify({ ...state, ...change(state) }));
  };
  /** Where the last request began. */
  const lastStart = (): number | undefined => bench.server.requests.at(-1)?.start;
  const codeOf = async (outcome: Promise<unknown>): Promise<string> => {
    const error = await failureOf(outcome);
    assert.ok(error instanceof DownloadError);
    return error.code;
  };

  it('goes on where it stopped', async () => {
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), KEPT);
  });

  it('goes on under the name it began with, whatever name is wanted now', async () => {
    const outcome = await bench.download({ name: 'renamed' });
    assert.equal(outcome.path, bench.path());
    assert.equal(lastStart(), KEPT);
    await bench.assertOnly(AUDIO);
  });

  it('is not mixed up with other audio', async () => {
    const identity = { ...IDENTITY, recordingId: 'another' };
    const outcome = await bench.download({ identity });
    assert.equal(outcome.path, bench.path('meeting (2).mp3'));
    assert.equal((await stat(bench.path(PART))).size, KEPT);
  });

  it('trusts no byte of its own count when the machine went down: only what was flushed', async () => {
    await changeState((state) => ({
      flushedBytes: 100_000,
      writtenOn: { ...state.writtenOn, boot: 'an earlier one' },
    }));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), 100_000);
  });

  it('trusts only what was flushed when another machine wrote it', async () => {
    await changeState((state) => ({
      flushedBytes: 100_000,
      writtenOn: { ...state.writtenOn, host: 'another' },
    }));
    await bench.download();
    assert.equal(lastStart(), 100_000);
  });

  it('does not come to trust what it must not by being killed a second time', async () => {
    await changeState((state) => ({
      flushedBytes: 100_000,
      writtenOn: { ...state.writtenOn, boot: 'an earlier one' },
    }));
    bench.server.play(status(418));
    await bench.assertFails('refused', bench.download());
    assert.equal((await stat(bench.path(PART))).size, 100_000);
    bench.server.play(WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), 100_000);
  });

  it('trusts all that was written when only the process went down', async () => {
    await changeState(() => ({ flushedBytes: 0 }));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), KEPT);
  });

  it('does not trust more than the file has', async () => {
    await truncate(bench.path(PART), 70_000);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), 70_000);
  });

  it('begins anew when the file has more than there can be', async () => {
    await truncate(bench.path(PART), AUDIO.length + 1);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), 0);
  });

  for (const [what, text] of [
    ['cut off', '{"version": 1, "identity'],
    ['empty', ''],
    ['of another kind', '[1, 2]'],
    ['of a later version', '{"version": 99}'],
    ['full of nonsense', '{"version": 1, "identity": 5, "owner": {}, "flushedBytes": -1}'],
  ] as const) {
    it(`begins anew when its state file is ${what}`, async () => {
      await writeFile(bench.path(STATE), text);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(lastStart(), 0);
    });
  }

  it('begins anew beside a state file without a part file', async () => {
    await nodeFileSystem.unlink(bench.path(PART));
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(lastStart(), 0);
  });

  it('leaves a part file without a state file alone', async () => {
    await nodeFileSystem.unlink(bench.path(STATE));
    assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
    assert.equal((await stat(bench.path(PART))).size, KEPT);
  });

  it('does not follow a link in the place of the part file', async () => {
    await nodeFileSystem.rename(bench.path(PART), bench.path('precious'));
    await symlink(bench.path('precious'), bench.path(PART));
    await bench.download();
    await bench.assertContent(AUDIO);
    assert.equal((await stat(bench.path('precious'))).size, KEPT);
  });

  describe('and may still be held', () => {
    const hold = (owner: Partial<PartState['owner']>, updatedAt?: string): Promise<void> =>
      changeState((state) => ({
        released: false,
        owner: { ...state.owner, token: 'other', ...owner },
        ...(updatedAt !== undefined && { updatedAt }),
      }));
    const longAgo = new Date(0).toISOString();

    it('by a process that has ended: goes on', async () => {
      await hold({ pid: 2 ** 22 + 1 });
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(lastStart(), KEPT);
    });

    it('by a process of an earlier run of the machine: goes on', async () => {
      await hold({ boot: 'an earlier one' });
      await bench.download();
      assert.equal(lastStart(), KEPT);
    });

    it('by a process whose number another one has now: goes on', async function () {
      if (process.platform !== 'linux') return;
      await hold({ start: '1' });
      await bench.download();
      assert.equal(lastStart(), KEPT);
    });

    it('by a live process: is left to it', async () => {
      await hold({});
      assert.equal(await codeOf(bench.download()), 'busyElsewhere');
      assert.equal((await stat(bench.path(PART))).size, KEPT);
    });

    it('by another machine that was heard of lately: is left to it', async () => {
      await hold({ host: 'another' });
      assert.equal(await codeOf(bench.download()), 'busyElsewhere');
    });

    it('by another machine that was not heard of for long: begins a file of its own', async () => {
      await hold({ host: 'another' }, longAgo);
      const before = await stat(bench.path(PART));
      const inodes: number[] = [];
      bench.server.play(async (socket, request, server) => {
        inodes.push((await stat(bench.path(PART))).ino);
        await WHOLE(socket, request, server);
      });
      await using old = await open(bench.path(PART), 'r+');
      await bench.download();
      assert.notEqual(inodes[0], before.ino);
      // Should the other one wake up and write, it writes where nobody looks.
      await old.write('late', 10);
      await bench.assertOnly(AUDIO);
      assert.equal(lastStart(), 0);
    });
  });

  describe('by an owner that lost it', () => {
    it('stops when it notices, and touches nothing that is not its own', async () => {
      const stolen: Play = async (socket, request, server) => {
        await changeState((state) => ({ owner: { ...state.owner, token: 'thief' } }));
        await WHOLE(socket, request, server);
      };
      bench.server.play(stolen);
      assert.equal(await codeOf(bench.download()), 'busyElsewhere');
      assert.equal((await readState()).owner.token, 'thief');
      assert.deepEqual(await bench.files(), [PART, STATE]);
    });
  });

  describe('in a list', () => {
    it('shows what it is and how far it came', async () => {
      const [found, ...more] = await findUnfinished(bench.folder, nodeFileSystem);
      assert.equal(more.length, 0);
      assert.deepEqual(
        { ...found, updatedAt: '' },
        {
          identity: IDENTITY,
          name: 'meeting',
          extension: 'mp3',
          partPath: bench.path(PART),
          receivedBytes: KEPT,
          totalBytes: AUDIO.length,
          updatedAt: '',
          underWay: false,
        },
      );
      assert.ok(Date.parse(found?.updatedAt ?? '') > 0);
    });

    it('is called under way while its process lives and is heard of', async () => {
      const underWay = async (): Promise<boolean | undefined> =>
        (await findUnfinished(bench.folder, nodeFileSystem))[0]?.underWay;
      await changeState(() => ({ released: false }));
      assert.equal(await underWay(), true);
      await changeState(() => ({ updatedAt: new Date(0).toISOString() }));
      assert.equal(await underWay(), false);
      await changeState((state) => ({
        updatedAt: new Date().toISOString(),
        owner: { ...state.owner, pid: 2 ** 22 + 1 },
      }));
      assert.equal(await underWay(), false);
    });

    it('is not shown once it is finished', async () => {
      await bench.download();
      assert.deepEqual(await findUnfinished(bench.folder, nodeFileSystem), []);
    });

    it('is not shown when its files are damaged, and others still are', async () => {
      await writeFile(bench.path('broken.mp3.part.json'), '{');
      await writeFile(bench.path('.part.json'), '{}');
      assert.equal((await findUnfinished(bench.folder, nodeFileSystem)).length, 1);
      await nodeFileSystem.unlink(bench.path(PART));
      assert.deepEqual(await findUnfinished(bench.folder, nodeFileSystem), []);
    });

    it('is empty for a folder that is not there', async () => {
      assert.deepEqual(await findUnfinished(bench.path('nowhere'), nodeFileSystem), []);
    });
  });
});

describe('The heartbeat of a download', () => {
  it('shows others that it lives while it waits', async () => {
    const bench = await Workbench.open();
    try {
      const times = new Set<string>();
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      bench.server.play(async (socket, request, server) => {
        await held;
        await WHOLE(socket, request, server);
      });
      const limits = { headerTimeoutMs: 10_000, heartbeatMs: 5 };
      const outcome = bench.download({}, bench.engine({ limits }));
      while (times.size < 3) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const [found] = await findUnfinished(bench.folder, nodeFileSystem);
        if (found) times.add(found.updatedAt);
      }
      release();
      await outcome;
      await bench.assertOnly(AUDIO);
    } finally {
      await bench.close();
    }
  });
});

describe('A heartbeat that comes as the download ends', () => {
  it('does not bring its state file back', async () => {
    const bench = await Workbench.open();
    try {
      const fs: DownloadFileSystem = {
        ...nodeFileSystem,
        open: async (path, flags) => {
          if (path.endsWith('.next')) await sleep(2);
          return nodeFileSystem.open(path, flags);
        },
        unlink: async (path) => {
          await sleep(3);
          await nodeFileSystem.unlink(path);
        },
      };
      bench.server.play(WHOLE);
      for (let round = 0; round < 10; round++) {
        await bench.download({}, bench.engine({ fs, limits: { heartbeatMs: 0 } }));
        await sleep(10);
        await bench.assertOnly(AUDIO);
        await nodeFileSystem.unlink(bench.path());
      }
    } finally {
      await bench.close();
    }
  });
});

describe('The table of processes', () => {
  it('knows this process and that it lives', async () => {
    const self = await systemProcesses.self();
    assert.equal(self.pid, process.pid);
    assert.equal(self.host, hostname());
    assert.notEqual(await systemProcesses.look(self), 'dead');
    assert.equal(await systemProcesses.look({ ...self, start: undefined }), 'unknown');
    assert.equal(await systemProcesses.look({ ...self, host: 'another' }), 'unknown');
    assert.equal(await systemProcesses.look({ ...self, boot: 'another' }), 'dead');
    assert.equal(await systemProcesses.look({ ...self, pid: 2 ** 22 + 1 }), 'dead');
  });

  it('tells two runs of a machine apart, but not by a second of difference', () => {
    const run = (host: string, boot: string): { host: string; boot: string } => ({ host, boot });
    assert.ok(sameRun(run('a', '1700000000'), run('a', '1700000001')));
    assert.ok(!sameRun(run('a', '1700000000'), run('a', '1700000060')));
    assert.ok(!sameRun(run('a', 'x'), run('a', 'y')));
    assert.ok(!sameRun(run('a', 'x'), run('b', 'x')));
  });

  it('can be another one', async () => {
    const bench = await Workbench.open();
    try {
      const processes: ProcessTable = {
        self: () => Promise.resolve({ host: 'h', boot: 'b', pid: 1, start: undefined }),
        look: () => Promise.resolve('alive'),
      };
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ processes }));
      await bench.assertOnly(AUDIO);
    } finally {
      await bench.close();
    }
  });
});
