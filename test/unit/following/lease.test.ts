import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { WatchLease } from '../../../src/following/lease.ts';
import type { WatchNote } from '../../../src/following/lease.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

const STALE_MS = 45_000;
const folder = '/state/watch/us-west-2.recall.ai';

function note(parts: Partial<WatchNote> = {}): WatchNote {
  return {
    focused: false,
    listAskedAt: 0,
    askedAt: 0,
    notBefore: 0,
    requestTimes: [],
    revision: 0,
    ...parts,
  };
}

describe('WatchLease', () => {
  let clock: VirtualClock;
  let files: MemoryFiles;

  beforeEach(() => {
    clock = new VirtualClock(1_000_000);
    files = new MemoryFiles();
  });

  function lease(windowId: string, fileSystem: StateFileSystem = files, root = '/state'): WatchLease {
    const origin = 'https://us-west-2.recall.ai';
    return new WatchLease({ folder: root, origin, windowId, pid: 1, files: fileSystem, clock });
  }

  it('is held by the first window that takes it, until that gives it back', async () => {
    const [a, b] = [lease('a'), lease('b')];
    assert.deepEqual(await a.look(), { holder: 'none', note: undefined });
    assert.equal(await a.take(note({ revision: 3 }), false), true);
    assert.equal(await b.take(note(), false), false);
    assert.equal((await a.look()).holder, 'mine');
    const view = await b.look();
    assert.equal(view.holder, 'other');
    assert.equal(view.note?.revision, 3);
    assert.deepEqual([await a.isMine(), await b.isMine()], [true, false]);

    await a.release(note({ revision: 4, notBefore: 9 }));
    assert.equal(await a.isMine(), false);
    assert.deepEqual((await b.look()).note, note({ revision: 4, notBefore: 9 }));
    assert.equal(await b.take(note(), false), true);
    assert.equal((await a.look()).holder, 'other');
  });

  it('runs out when it is not renewed, as when the window was killed', async () => {
    const [a, b] = [lease('a'), lease('b')];
    await a.take(note(), false);
    await clock.advance(STALE_MS - 1);
    assert.equal(await a.renew(note()), true);
    await clock.advance(STALE_MS);
    assert.equal(await b.take(note(), false), false);
    await clock.advance(1);
    assert.equal(await b.take(note(), false), true);
  });

  it('tells a window that slept that another one holds it now', async () => {
    const [a, b] = [lease('a'), lease('b')];
    await a.take(note(), false);
    await clock.advance(STALE_MS + 1);
    await b.take(note({ revision: 7 }), false);
    assert.equal(await a.isMine(), false);
    assert.equal(await a.renew(note()), false);
    await a.release(note());
    assert.equal(await b.isMine(), true);
    assert.equal((await a.look()).note?.revision, 7);
  });

  it('is handed over when a better placed window insists', async () => {
    const [a, b] = [lease('a'), lease('b')];
    await a.take(note(), false);
    assert.equal(await b.take(note(), true), true);
    assert.deepEqual([await a.isMine(), await b.isMine()], [false, true]);
  });

  it('is taken by exactly one of many that try at the same time', async () => {
    const windows = Array.from({ length: 30 }, (_, index) => lease(`w${index}`));
    for (let round = 0; round < 5; round++) {
      await Promise.all(windows.map((each) => each.take(note(), false)));
      const holders = await Promise.all(windows.map((each) => each.isMine()));
      assert.equal(holders.filter(Boolean).length, 1);
      await clock.advance(STALE_MS + 1);
    }
  });

  it('is held by one at most, however takings, renewals and releases fall together', async () => {
    const windows = Array.from({ length: 6 }, (_, index) => lease(`w${index}`));
    for (let turn = 0; turn < 200; turn++) {
      await Promise.all(
        windows.map((each, index) => {
          const act = (turn * 7 + index * 3) % 5;
          if (act === 0) return each.take(note(), true);
          if (act === 1) return each.release(note());
          return act === 2 ? each.renew(note()) : each.take(note(), false);
        }),
      );
      const holders = await Promise.all(windows.map((each) => each.isMine()));
      assert.ok(holders.filter(Boolean).length <= 1);
      await clock.advance(turn % 10 === 0 ? STALE_MS + 1 : 100);
    }
    assert.ok(files.texts.size <= 3, [...files.texts.keys()].join());
  });

  it('is not held by a window that was so slow to take it that others came and went meanwhile', async () => {
    const [a, c] = [lease('a'), lease('c')];
    const slow: StateFileSystem = {
      list: (path) => files.list(path),
      read: (path) => files.read(path),
      replace: (path, name, text) => files.replace(path, name, text),
      remove: (path) => files.remove(path),
      exclusively: (path, name, work) => files.exclusively(path, name, work),
      create: async (path, name, text) => {
        await a.take(note(), false);
        await a.release(note());
        await c.take(note(), false);
        return files.create(path, name, text);
      },
    };
    const b = lease('b', slow);
    assert.equal(await b.take(note(), false), false);
    assert.deepEqual([await b.isMine(), await c.isMine()], [false, true]);
    assert.equal((await files.list(folder)).length, 1);
  });

  it('does not stay with a window whose clock ran ahead before it was put right', async () => {
    const [a, b] = [lease('a'), lease('b')];
    clock.jump(24 * 60 * 60_000);
    await a.take(note(), false);
    clock.jump(-24 * 60 * 60_000);
    assert.equal(await b.take(note(), false), true);
  });

  it('waits for a file that is being written, but not for ever for one that stayed empty', async () => {
    const b = lease('b');
    await files.create(folder, 'lease.5.json', '');
    assert.equal(await b.take(note(), false), false);
    await clock.advance(STALE_MS);
    assert.equal(await b.take(note(), false), false);
    await clock.advance(1);
    assert.equal(await b.take(note(), false), true);
    assert.deepEqual(await files.list(folder), ['lease.6.json']);
  });

  it('passes over files that are none of its own', async () => {
    await files.create(folder, 'lease.x.json', 'x');
    await files.create(folder, 'lease.9.json.77.tmp', 'x');
    assert.equal(await lease('a').take(note(), false), true);
    assert.ok((await files.list(folder)).includes('lease.1.json'));
  });

  describe('on a real disk', () => {
    let root: string;

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'watch-lease-'));
    });

    afterEach(async () => {
      await rm(root, { recursive: true, force: true });
    });

    it('is taken by exactly one of many that try at the same time', async () => {
      const windows = Array.from({ length: 12 }, (_, index) => lease(`w${index}`, nodeStateFiles, root));
      for (let round = 0; round < 5; round++) {
        await Promise.all(windows.map((each) => each.take(note(), false)));
        const holders = await Promise.all(windows.map((each) => each.isMine()));
        assert.equal(holders.filter(Boolean).length, 1);
        await clock.advance(STALE_MS + 1);
      }
    });
  });
});
