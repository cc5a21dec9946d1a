import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stillOnDisk } from '../../../src/media/savedFiles.ts';

describe('saved MP3s', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saved-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('count only while they are there with their full length', async () => {
    await writeFile(join(folder, 'whole.mp3'), 'abc');
    await writeFile(join(folder, 'cut.mp3'), 'ab');
    await mkdir(join(folder, 'folder.mp3'));
    const saved = ['whole', 'cut', 'folder', 'gone'].map((name) => ({
      recordingId: 'r',
      artifactId: name,
      path: join(folder, `${name}.mp3`),
      bytes: 3,
    }));
    assert.deepEqual(
      (await stillOnDisk(saved)).map(({ artifactId }) => artifactId),
      ['whole'],
    );
  });
});
