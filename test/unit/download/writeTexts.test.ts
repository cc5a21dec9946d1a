import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DownloadError } from '../../../src/download/errors.ts';
import type { DownloadErrorCode } from '../../../src/download/errors.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import type { DownloadFileSystem } from '../../../src/download/fileSystem.ts';
import { writeTexts } from '../../../src/download/writeTexts.ts';
import { makeTemporaryFolder } from '../../vscode/temporaryFolder.ts';
import { createTestClock } from '../network/testClock.ts';
import { failureOf } from './workbench.ts';

const files = [
  { extension: 'vtt', text: 'WEBVTT\n' },
  { extension: 'md', text: '# Talk – Ünïcode\n' },
];

describe('texts that belong together', () => {
  let temporary: ReturnType<typeof makeTemporaryFolder>;
  let folder: string;

  beforeEach(() => {
    temporary = makeTemporaryFolder('texts');
    folder = join(temporary.path, 'recordings');
  });

  afterEach(() => {
    temporary.remove();
  });

  const write = (fs: Partial<DownloadFileSystem> = {}, name = 'talk'): ReturnType<typeof writeTexts> =>
    writeTexts({ fs: { ...nodeFileSystem, ...fs }, clock: createTestClock() }, folder, name, files);
  const names = async (): Promise<string[]> => (await readdir(folder)).toSorted();
  const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const refuse = (code: string): (() => Promise<never>) => {
    return () => Promise.reject(Object.assign(new Error(code), { code, syscall: 'test' }));
  };
  const codeOf = async (work: Promise<unknown>): Promise<DownloadErrorCode> => {
    const error = await failureOf(work);
    assert.ok(error instanceof DownloadError, String(error));
    return error.code;
  };

  it('get one name, in a folder that is made for them', async () => {
    const { paths, wasThere } = await write();
    assert.deepEqual(paths, [join(folder, 'talk.vtt'), join(folder, 'talk.md')]);
    assert.equal(wasThere, false);
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
    assert.equal(await textOf('talk.md'), '# Talk – Ünïcode\n');
  });

  it('stay when they are there already', async () => {
    await write();
    assert.deepEqual(await write(), {
      paths: [join(folder, 'talk.vtt'), join(folder, 'talk.md')],
      wasThere: true,
    });
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
  });

  it('get back the one that is missing', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'talk.vtt'), 'WEBVTT\n');
    assert.equal((await write()).wasThere, false);
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
  });

  it('never replace anything: all of them get the next number', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'talk.md'), '# Notes of somebody\n');
    await mkdir(join(folder, 'talk (2).vtt'));
    const { paths } = await write();
    assert.deepEqual(paths, [join(folder, 'talk (3).vtt'), join(folder, 'talk (3).md')]);
    assert.equal(await textOf('talk.md'), '# Notes of somebody\n');
    assert.deepEqual(await names(), ['talk (2).vtt', 'talk (3).md', 'talk (3).vtt', 'talk.md']);
  });

  it('give way when somebody takes a name in the same moment', async () => {
    const link = async (existing: string, created: string): Promise<void> => {
      if (created.endsWith('talk.md')) await writeFile(created, 'faster');
      await nodeFileSystem.link(existing, created);
    };
    const { paths } = await write({ link });
    assert.deepEqual(paths, [join(folder, 'talk (2).vtt'), join(folder, 'talk (2).md')]);
    assert.deepEqual(await names(), ['talk (2).md', 'talk (2).vtt', 'talk.md']);
    assert.equal(await textOf('talk.md'), 'faster');
  });

  it('are those of another window when that wrote the same in the same moment', async () => {
    const link = async (existing: string, created: string): Promise<void> => {
      await writeFile(created, await readFile(existing));
      await nodeFileSystem.link(existing, created);
    };
    assert.equal((await write({ link })).paths[1], join(folder, 'talk.md'));
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
  });

  it('are there on file systems without links, and without flushing', async () => {
    const open: DownloadFileSystem['open'] = async (path, flags) => {
      const handle = await nodeFileSystem.open(path, flags);
      return {
        ...{ writeFile: (text: string) => handle.writeFile(text), close: () => handle.close() },
        sync: refuse('ENOTSUP'),
      } as unknown as Awaited<ReturnType<DownloadFileSystem['open']>>;
    };
    await write({ link: refuse('EPERM'), open });
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
    assert.equal(await textOf('talk.vtt'), 'WEBVTT\n');
  });

  it('are all missing when one cannot be written', async () => {
    const open: DownloadFileSystem['open'] = (path, flags) =>
      path.endsWith('.md.part') ? refuse('ENOSPC')() : nodeFileSystem.open(path, flags);
    assert.equal(await codeOf(write({ open })), 'diskFull');
    assert.deepEqual(await names(), []);
    const link = (existing: string, created: string): Promise<void> =>
      created.endsWith('.md') ? refuse('EIO')() : nodeFileSystem.link(existing, created);
    assert.equal(await codeOf(write({ link })), 'fileSystem');
    assert.deepEqual(await names(), []);
  });

  it('leave alone what has the name of a part file, also a link that leads out of the folder', async () => {
    await mkdir(folder);
    const outside = join(temporary.path, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, join(folder, 'talk.vtt.part'));
    await writeFile(join(folder, 'talk.md.part'), 'mine, too');
    await write();
    assert.deepEqual(await names(), ['talk.md', 'talk.md.part', 'talk.vtt', 'talk.vtt.part']);
    assert.equal(await textOf('talk.vtt'), 'WEBVTT\n');
    assert.equal(await textOf('talk.md.part'), 'mine, too');
    assert.equal(await readFile(outside, 'utf8'), 'mine');
    assert.ok((await lstat(join(folder, 'talk.vtt'))).isFile());
  });

  it('are written once by windows that do so at the same time', async () => {
    const written = await Promise.all(Array.from({ length: 8 }, () => write()));
    assert.deepEqual(await names(), ['talk.md', 'talk.vtt']);
    for (const { paths } of written) assert.deepEqual(paths, written[0]?.paths);
  });
});
