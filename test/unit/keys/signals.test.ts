import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyMarks } from '../../../src/keys/keyMarks.ts';
import { SharedKeys } from '../../../src/keys/sharedKeys.ts';
import type { KeyStorage } from '../../../src/keys/sharedKeys.ts';
import { ChangeSource } from '../../../src/state/changes.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';
import { windowMemory } from './windowMemory.ts';

const origin = 'https://us-west-2.recall.ai';
const [oldKey, newKey] = ['key-one-0123456789', 'key-two-0123456789'];

/** The secret storage of one window. A test changes what is in it without a word, and tells of it or not. */
class Storage implements KeyStorage {
  readonly keys = new Map<string, string>();
  readonly source = new ChangeSource<string>();
  readonly onDidChange = this.source.changes;
  forgets = false;
  isBroken = false;
  /** How often it was read, and a key was deleted. */
  readonly calls = { get: 0, delete: 0 };

  get(name: string): Promise<string | undefined> {
    this.calls.get += 1;
    return this.isBroken ? Promise.reject(new Error('out of order')) : Promise.resolve(this.keys.get(name));
  }

  store(name: string, key: string): Promise<void> {
    if (!this.forgets) this.keys.set(name, key);
    return Promise.resolve();
  }

  storedAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  delete(name: string): Promise<void> {
    this.calls.delete += 1;
    this.keys.delete(name);
    return Promise.resolve();
  }
}

interface Window {
  readonly keys: SharedKeys;
  readonly storage: Storage;
  /** How often a change was told. */
  told: number;
  /** How often a mark was read from the disk. */
  marksRead: number;
  /** Lets the watch begin. */
  readonly watchBegins: () => void;
  /** As the watch does when a file changed. */
  readonly fileChanged: () => void;
  isWatchEnded: boolean;
}

describe('What a window makes of the signals about API keys', () => {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const log = quietLog();
  let folder: string;
  let ids = 0;
  const open: SharedKeys[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-signals-'));
  });

  afterEach(async () => {
    for (const keys of open.splice(0)) keys.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  function openWindow(windowsKeepOwnSecrets = false, key?: string): Window {
    const storage = new Storage();
    if (key !== undefined) storage.keys.set(origin, key);
    const watch = Promise.withResolvers<undefined>();
    let onFileChanged: () => void = () => undefined;
    const read: typeof nodeStateFiles.read = (path) => {
      window.marksRead += 1;
      return nodeStateFiles.read(path);
    };
    const keys = new SharedKeys({
      storage,
      marks: new KeyMarks(folder, { ...nodeStateFiles, read }, log),
      memory: windowMemory(),
      watch: (_folder, onChange) => {
        onFileChanged = onChange;
        return { start: () => watch.promise, dispose: () => (window.isWatchEnded = true) };
      },
      clock,
      randomId: () => `change-${++ids}`,
      log,
      windowsKeepOwnSecrets,
    });
    const window: Window = {
      keys,
      storage,
      told: 0,
      marksRead: 0,
      watchBegins: () => {
        watch.resolve(undefined);
      },
      fileChanged: () => {
        onFileChanged();
      },
      isWatchEnded: false,
    };
    open.push(keys);
    keys.changes(() => (window.told += 1));
    return window;
  }

  /** Two windows that share the marks and have the same key, each in a storage of its own. */
  async function twoWithKey(windowsKeepOwnSecrets = false): Promise<[Window, Window]> {
    const windows = [openWindow(windowsKeepOwnSecrets, oldKey), openWindow(windowsKeepOwnSecrets, oldKey)];
    for (const { keys } of windows) assert.equal((await keys.read(origin)).state, 'usable');
    const [a, b] = windows;
    assert.ok(a && b);
    return [a, b];
  }

  /** Waits until a window has told so many changes. */
  async function untilTold(window: Window, times: number): Promise<void> {
    while (window.told < times) await new Promise(setImmediate);
  }

  it('it looks at once, though its watch does not begin', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.remove(origin);
    b.keys.look();
    await untilTold(b, 1);
  });

  it('it looks again when its watch has begun, for what changed before', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.remove(origin);
    b.watchBegins();
    await untilTold(b, 1);
  });

  it('many of them at once are looked at once, and the storage is left alone when there is no news', async () => {
    const [, b] = await twoWithKey();
    const [marksRead, storageRead] = [b.marksRead, b.storage.calls.get];
    for (let signal = 0; signal < 5; signal++) b.fileChanged();
    await b.keys.read('https://gateway.example.com');
    await b.keys.read(origin);
    // One look, and what was asked for here.
    assert.equal(b.marksRead - marksRead, 3);
    assert.equal(b.storage.calls.get - storageRead, 2);
    b.fileChanged();
    await b.keys.read(origin);
    // A look at either origin, and what was asked for.
    assert.equal(b.marksRead - marksRead, 6);
  });

  it('after its end it listens, looks and tells no more, not even of what was under way', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.remove(origin);
    const underWay = b.keys.read(origin);
    b.keys.dispose();
    assert.equal((await underWay).state, 'removed');
    assert.deepEqual([b.told, b.isWatchEnded], [0, true]);
    const { marksRead } = b;
    b.storage.keys.set(origin, newKey);
    b.storage.source.tell(origin);
    b.watchBegins();
    b.fileChanged();
    await new Promise(setImmediate);
    await a.keys.read(origin);
    assert.deepEqual([b.told, b.marksRead], [0, marksRead]);
  });

  it('a storage that is out of order is in the log, and the next signal is heard', async () => {
    const [, b] = await twoWithKey();
    b.storage.isBroken = true;
    b.storage.source.tell(origin);
    await assert.rejects(b.keys.read(origin), /out of order/);
    assert.match(log.warnings.at(-1) ?? '', /could not be looked up/);
    b.storage.isBroken = false;
    b.storage.keys.set(origin, newKey);
    b.storage.source.tell(origin);
    await untilTold(b, 1);
    assert.deepEqual(await b.keys.read(origin), { state: 'usable', key: newKey });
  });

  it('a key that the storage does not keep is not stored, and nobody is told', async () => {
    const a = openWindow();
    a.storage.forgets = true;
    assert.equal(await a.keys.store(origin, newKey), false);
    assert.equal(a.told, 0);
    assert.deepEqual(await openWindow(true).keys.read(origin), { state: 'none' });
  });

  it('a key that turns up after a removal is not used before anything tells of it', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.remove(origin);
    await b.keys.read(origin);
    b.storage.keys.set(origin, newKey);
    assert.deepEqual(await b.keys.read(origin), { state: 'removed' });
    b.storage.source.tell(origin);
    assert.deepEqual(await b.keys.read(origin), { state: 'usable', key: newKey });
    assert.equal(b.told, 2);
  });

  it('a key that the storage shows before it tells is used, and told of with the signal', async () => {
    const [, b] = await twoWithKey();
    b.storage.keys.set(origin, newKey);
    assert.deepEqual(await b.keys.read(origin), { state: 'usable', key: newKey });
    assert.equal(b.told, 0);
    b.storage.source.tell(origin);
    await untilTold(b, 1);
  });

  it('a key that the storage shows with the news of it is told of', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.store(origin, newKey);
    b.storage.keys.set(origin, newKey);
    assert.deepEqual(await b.keys.read(origin), { state: 'usable', key: newKey });
    assert.equal(b.told, 1);
  });

  it('a key that follows a removed one is used as soon as the storage shows it', async () => {
    const [a, b] = await twoWithKey();
    await a.keys.remove(origin);
    await b.keys.read(origin);
    await a.keys.store(origin, newKey);
    b.storage.keys.set(origin, newKey);
    assert.deepEqual(await b.keys.read(origin), { state: 'usable', key: newKey });
  });

  it('of a removal before it was opened it says so, and tells nobody who has not asked', async () => {
    const [a] = await twoWithKey();
    await a.keys.remove(origin);
    const [desktop, page] = [openWindow(), openWindow(true)];
    for (const { keys, storage, told } of [desktop, page]) {
      assert.deepEqual(await keys.read(origin), { state: 'removed' });
      // There is nothing to remove again, and deleting would write this window's other secrets back.
      assert.deepEqual([told, storage.calls.delete], [0, 0]);
    }
    assert.deepEqual([desktop.told, page.told], [0, 0]);
  });

  it('a page stays without a key that was changed elsewhere, until its own storage tells', async () => {
    const [a, b] = await twoWithKey(true);
    await a.keys.store(origin, newKey);
    assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
    b.storage.keys.delete(origin);
    assert.deepEqual(await b.keys.read(origin), { state: 'changedElsewhere' });
    b.storage.source.tell(origin);
    assert.deepEqual(await b.keys.read(origin), { state: 'none' });
    assert.equal(b.told, 2);
  });
});
