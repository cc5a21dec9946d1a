import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFolder } from '../../../src/state/folderWatch.ts';
import { quietLog } from '../bots/quietLog.ts';

describe('The watch of a folder', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'folder-watch-'));
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  /** How many watches of files and folders this process has begun. */
  let begun: number;
  const counter = createHook({
    init: (_id, type) => {
      if (type === 'FSEVENTWRAP') begun += 1;
    },
  });

  beforeEach(() => {
    begun = 0;
    counter.enable();
  });

  afterEach(() => counter.disable());

  it('makes the folder, and calls back when something in it changes', async () => {
    const folder = join(parent, 'not', 'there yet');
    const changes = new EventEmitter();
    const watch = watchFolder(folder, () => changes.emit('change'), quietLog());
    try {
      await watch.start();
      assert.ok((await stat(folder)).isDirectory());
      const changed = once(changes, 'change');
      await writeFile(join(folder, 'news.json'), '{}');
      await changed;
    } finally {
      watch.dispose();
    }
  });

  it('is one, however often it is started, and none after its end', async () => {
    const watch = watchFolder(parent, () => undefined, quietLog());
    try {
      await watch.start();
      await watch.start();
      await Promise.all([watch.start(), watch.start()]);
      assert.equal(begun, 1);
    } finally {
      watch.dispose();
    }
    await watch.start();
    assert.equal(begun, 1);
  });

  it('that ends while it begins is none', async () => {
    const watch = watchFolder(parent, () => undefined, quietLog());
    const start = watch.start();
    watch.dispose();
    await start;
    assert.equal(begun, 0);
  });

  it('of what cannot be a folder is none, and no error', async () => {
    await writeFile(join(parent, 'file'), '');
    const watch = watchFolder(join(parent, 'file'), () => undefined, quietLog());
    await watch.start();
    assert.equal(begun, 0);
    watch.dispose();
  });
});
