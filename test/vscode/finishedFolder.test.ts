import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureFolder } from './finishedFolder.ts';
import { makeTemporaryFolder, type TemporaryFolder } from './temporaryFolder.ts';

describe('a folder that is filled once', () => {
  let parent: TemporaryFolder;
  let target: string;

  beforeEach(() => {
    parent = makeTemporaryFolder('folder');
    target = join(parent.path, 'editor');
  });

  afterEach(() => {
    parent.remove();
  });

  const write =
    (text: string) =>
    async (folder: string): Promise<void> => {
      await writeFile(join(folder, 'file'), text);
    };
  const content = (): string => readFileSync(join(target, 'file'), 'utf8');

  it('is filled, and then left alone', async () => {
    await ensureFolder(target, 'v1', write('first'));
    await ensureFolder(target, 'v1', write('second'));
    assert.equal(content(), 'first');
  });

  it('is made anew when something else belongs inside', async () => {
    await ensureFolder(target, 'v1', write('first'));
    await ensureFolder(target, 'v2', write('second'));
    assert.equal(content(), 'second');
  });

  it('is not taken for finished when only half of it is there', async () => {
    await mkdir(target);
    await writeFile(join(target, 'file'), 'half');
    await ensureFolder(target, 'v1', write('whole'));
    assert.equal(content(), 'whole');
  });

  it('leaves nothing when filling fails', async () => {
    await assert.rejects(
      ensureFolder(target, 'v1', async (folder) => {
        await write('half')(folder);
        throw new Error('no network');
      }),
      /no network/,
    );
    assert.deepEqual(readdirSync(parent.path), []);
  });

  it('is whole when several ask at the same time, whatever was there', async () => {
    const texts = Array.from({ length: 12 }, (_, index) => String(index));
    for (const version of ['v1', 'v2', 'v3', 'v4', 'v5']) {
      await Promise.all(texts.map((text) => ensureFolder(target, version, write(`${version} ${text}`))));
      assert.ok(texts.includes(content().replace(`${version} `, '')), content());
      assert.deepEqual(readdirSync(parent.path), ['editor']);
    }
  });

  it('is filled again after a process was killed while filling it, and its rest is removed', async () => {
    const module = pathToFileURL(join(import.meta.dirname, 'finishedFolder.ts')).href;
    const script = `import { ensureFolder } from '${module}';
      await ensureFolder(process.argv[1], 'v1', () => {
        console.log('filling');
        setInterval(() => undefined, 1000);
        return new Promise(() => undefined);
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, target], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(existsSync(target), false);
    assert.equal(readdirSync(parent.path).length, 1);

    await ensureFolder(target, 'v1', write('whole'));

    assert.equal(content(), 'whole');
    assert.deepEqual(readdirSync(parent.path), ['editor']);
  });
});
