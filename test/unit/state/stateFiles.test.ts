import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeStateFiles, originFolderName, stateFileName } from '../../../src/state/stateFiles.ts';

describe('nodeStateFiles', () => {
  let root: string;
  let folder: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'state-files-'));
    folder = join(root, 'deep', 'folder');
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it('answers calmly for what is not there', async () => {
    assert.deepEqual(await nodeStateFiles.list(folder), []);
    assert.equal(await nodeStateFiles.read(join(folder, 'a.json')), undefined);
    await nodeStateFiles.remove(join(folder, 'a.json'));
  });

  it('writes, replaces and removes, for this user only', async () => {
    await nodeStateFiles.replace(folder, 'a.json', 'one');
    await nodeStateFiles.replace(folder, 'a.json', 'two');
    assert.equal(await nodeStateFiles.read(join(folder, 'a.json')), 'two');
    assert.deepEqual(await nodeStateFiles.list(folder), ['a.json']);
    if (process.platform !== 'win32') {
      assert.equal((await stat(join(folder, 'a.json'))).mode & 0o777, 0o600);
    }
    await nodeStateFiles.remove(join(folder, 'a.json'));
    assert.deepEqual(await nodeStateFiles.list(folder), []);
  });

  it('never lets a reader see half a file', async () => {
    const texts = ['a'.repeat(200_000), 'b'.repeat(100_000)];
    await nodeStateFiles.replace(folder, 'a.json', texts[0] ?? '');
    const writer = (async () => {
      for (let turn = 0; turn < 40; turn++)
        await nodeStateFiles.replace(folder, 'a.json', texts[turn % 2] ?? '');
    })();
    const isWriting = { now: true };
    void writer.finally(() => (isWriting.now = false));
    while (isWriting.now) {
      const text = (await nodeStateFiles.read(join(folder, 'a.json'))) ?? '';
      assert.ok(texts.includes(text), `${text.length} letters`);
    }
    await writer;
  });

  it('leaves nothing beside the file when it cannot be replaced', async () => {
    await mkdir(join(folder, 'a.json', 'not empty'), { recursive: true });
    await assert.rejects(nodeStateFiles.replace(folder, 'a.json', 'text'));
    assert.deepEqual(await readdir(folder), ['a.json']);
  });

  it('lets one of many make a file', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => nodeStateFiles.create(folder, 'a.json', `${index}`)),
    );
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal(await nodeStateFiles.read(join(folder, 'a.json')), String(made.indexOf(true)));
  });

  it('runs work under one name one after the other, and gives the name back when work fails', async () => {
    const events: string[] = [];
    const work = async (name: string): Promise<string> => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} ends`);
      if (name === 'b') throw new Error('b fails');
      return name;
    };
    const names = ['a', 'b', 'c', 'd'];
    const results = await Promise.allSettled(
      names.map((name) => nodeStateFiles.exclusively(folder, 'a.json', () => work(name))),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    for (let index = 0; index < events.length; index += 2) {
      assert.equal(events[index]?.replace('begins', 'ends'), events[index + 1]);
    }
    assert.deepEqual(await nodeStateFiles.list(folder), []);
  });

  it('goes on when the process that held a name was killed', async function () {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.json.lock'), 'of a killed process');
    assert.equal(await nodeStateFiles.exclusively(folder, 'a.json', () => Promise.resolve('done')), 'done');
    assert.deepEqual(await nodeStateFiles.list(folder), []);
  });

  it('reports what is wrong with a folder', async () => {
    await writeFile(join(root, 'file'), '');
    await assert.rejects(nodeStateFiles.create(join(root, 'file', 'folder'), 'a.json', ''));
    await assert.rejects(nodeStateFiles.list(join(root, 'file')));
  });
});

describe('stateFileName', () => {
  it('keeps usual ids readable and lets no other lead out of the folder', () => {
    assert.equal(
      stateFileName('b0700000-0000-4000-8000-000000000002'),
      'b0700000-0000-4000-8000-000000000002.json',
    );
    for (const id of ['..', '../x', 'a/b', 'a\\b', '', '.hidden', 'C:', 'x'.repeat(65), 'ü', 'a\0b']) {
      assert.match(stateFileName(id), /^id_[0-9a-f]{64}\.json$/, id);
    }
    assert.notEqual(stateFileName('a/b'), stateFileName('a\\b'));
  });
});

describe('originFolderName', () => {
  it('has a name of its own for every host and port', () => {
    assert.equal(originFolderName('https://us-west-2.recall.ai'), 'us-west-2.recall.ai');
    assert.equal(originFolderName('http://127.0.0.1:8080'), '127.0.0.1_8080');
    assert.equal(originFolderName('http://[::1]:8080'), '___1__8080');
  });
});
