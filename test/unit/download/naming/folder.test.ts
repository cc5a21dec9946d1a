import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { nodeFileSystem } from '../../../../src/download/download.ts';
import { DownloadError } from '../../../../src/download/errors.ts';
import { resolveDownloadFolder } from '../../../../src/download/naming/folder.ts';
import { failureOf } from '../workbench.ts';

describe('resolveDownloadFolder', () => {
  let home: string;
  let workspace: string;
  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'folder-')));
    workspace = join(home, 'workspace');
    await mkdir(workspace);
    await mkdir(join(home, 'outside'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const resolve = (setting: string): Promise<string> =>
    resolveDownloadFolder(workspace, setting, nodeFileSystem);
  const refuses = async (setting: string): Promise<void> => {
    const error = await failureOf(resolve(setting));
    assert.ok(error instanceof DownloadError);
    assert.equal(error.code, 'unsafeFolder');
  };

  for (const [setting, expected] of [
    ['recordings', 'recordings'],
    ['a/b/c', 'a/b/c'],
    ['a\\b', 'a/b'],
    ['./recordings/', 'recordings'],
    ['a/../b', 'b'],
    ['', '.'],
    ['.', '.'],
    ['..recordings', '..recordings'],
    [' recordings ', 'recordings'],
  ] as const) {
    it(`takes ${JSON.stringify(setting)}`, async () => {
      assert.equal(await resolve(setting), join(workspace, expected));
    });
  }

  for (const setting of [
    '..',
    '../outside',
    'a/../../outside',
    'a\\..\\..\\outside',
    '/tmp',
    '\\tmp',
    'C:\\Users',
    'c:recordings',
    'C:/Users',
    '\\\\server\\share',
    '//server/share',
    '\\\\?\\C:\\Users',
    '~/recordings',
    '~',
    'a\u0000b',
  ]) {
    it(`refuses ${JSON.stringify(setting)}`, () => refuses(setting));
  }

  it('refuses a link that leaves the workspace folder, and what would be below it', async () => {
    await symlink(join(home, 'outside'), join(workspace, 'link'));
    await refuses('link');
    await refuses('link/new/folder');
  });

  it('refuses a link that leads nowhere', async () => {
    await symlink(join(home, 'missing'), join(workspace, 'link'));
    await refuses('link');
    await refuses('link/new');
  });

  it('takes a link that stays inside', async () => {
    await mkdir(join(workspace, 'real'));
    await symlink(join(workspace, 'real'), join(workspace, 'link'));
    assert.equal(await resolve('link/new'), join(workspace, 'link', 'new'));
  });

  it('takes a workspace folder that is itself a link', async () => {
    await symlink(workspace, join(home, 'link'));
    const folder = await resolveDownloadFolder(join(home, 'link'), 'recordings', nodeFileSystem);
    assert.equal(folder, join(home, 'link', 'recordings'));
  });

  it('is not misled by a folder whose name only begins the same', async () => {
    await mkdir(join(home, 'workspace-other'));
    await refuses('../workspace-other');
  });

  it('says so when a file is in the way', async () => {
    await writeFile(join(workspace, 'file'), '');
    const error = await failureOf(resolve('file/below'));
    assert.ok(error instanceof DownloadError);
    assert.equal(error.code, 'notAFolder');
  });

  it('says so when a folder may not be looked at', async () => {
    await mkdir(join(workspace, 'recordings'));
    const refused = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'realpath' });
    const fs = { ...nodeFileSystem, realpath: () => Promise.reject(refused) };
    const error = await failureOf(resolveDownloadFolder(workspace, 'recordings', fs));
    assert.ok(error instanceof DownloadError);
    assert.equal(error.code, 'noPermission');
  });

  it('says so when the workspace folder is gone', async () => {
    await rm(workspace, { recursive: true });
    const error = await failureOf(resolve('recordings'));
    assert.ok(error instanceof DownloadError);
  });

  it('never leads outside, whatever the setting', async () => {
    const part = fc.constantFrom('..', '.', 'a', '/', '\\', 'C:', '~', ' ', 'link', '...');
    await symlink(join(home, 'outside'), join(workspace, 'link'));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const outcome = await resolve(parts.join('')).catch((error: unknown) => error);
        if (outcome instanceof DownloadError) return;
        assert.equal(typeof outcome, 'string');
        assert.ok(outcome === workspace || String(outcome).startsWith(`${workspace}/`));
        assert.ok(!String(outcome).startsWith(join(workspace, 'link/')));
      }),
      { numRuns: 1000 },
    );
  });
});
