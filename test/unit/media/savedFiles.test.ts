import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stillOnDisk } from '../../../src/media/savedFiles.ts';

describe('saved files', () => {
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

  it('count as there whatever their length when they are texts, with what is there of the files beside them', async () => {
    await writeFile(join(folder, 'talk.vtt'), 'corrected');
    await writeFile(join(folder, 'talk.md'), '');
    const path = join(folder, 'talk.vtt');
    const beside = [join(folder, 'talk.md'), join(folder, 'talk.txt')];
    const text = { recordingId: 'r', artifactId: 'talk', path, bytes: 3, beside, isText: true };
    const gone = { ...text, path: join(folder, 'gone.vtt') };
    assert.deepEqual(await stillOnDisk([text, gone]), [{ ...text, beside: [join(folder, 'talk.md')] }]);
  });
});
