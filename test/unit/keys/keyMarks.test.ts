import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyMarks } from '../../../src/keys/keyMarks.ts';
import type { KeyMark } from '../../../src/keys/keyMarks.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';
import { quietLog } from '../bots/quietLog.ts';

const refused = (): Promise<never> => Promise.reject(new Error('out of order'));

function markOf(origin: string): KeyMark {
  return { origin, changeId: `change of ${origin}`, stored: true, at: 1 };
}

describe('The marks of changed API keys', () => {
  const one = markOf('https://us-west-2.recall.ai');
  const two = markOf('https://eu-central-1.recall.ai');
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-marks-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  function marksOn(files: Partial<StateFileSystem> = {}): KeyMarks {
    return new KeyMarks(folder, { ...nodeStateFiles, ...files }, quietLog());
  }

  it('are read as they were written, each and all', async () => {
    const marks = marksOn();
    assert.deepEqual(await marks.all(), []);
    assert.equal(await marks.read(one.origin), undefined);
    assert.deepEqual([await marks.write(one), await marks.write(two)], [true, true]);
    assert.deepEqual(await marks.read(one.origin), one);
    const all = await marks.all();
    assert.deepEqual(
      all.sort((a, b) => b.origin.localeCompare(a.origin)),
      [one, two],
    );
  });

  it('are those of files with their ending that can be read', async () => {
    const marks = marksOn();
    await marks.write(one);
    await writeFile(join(marks.folder, 'half.json'), '{"origin":');
    await writeFile(join(marks.folder, 'other.json.tmp'), JSON.stringify(two));
    assert.deepEqual(await marks.all(), [one]);
  });

  it('are not those of another origin in the same file', async () => {
    const marks = marksOn();
    await marks.write(one);
    const [name = ''] = await readdir(marks.folder);
    await writeFile(join(marks.folder, name), JSON.stringify(two));
    assert.equal(await marks.read(one.origin), undefined);
  });

  it('are none where nothing can be read', async () => {
    await marksOn().write(one);
    assert.deepEqual(await marksOn({ list: refused }).all(), []);
    assert.deepEqual(await marksOn({ read: refused }).all(), []);
    assert.equal(await marksOn({ read: refused }).read(one.origin), undefined);
  });

  it('that cannot be written are not there, not even as they were before', async () => {
    await marksOn().write(one);
    const marks = marksOn({ replace: refused });
    assert.equal(await marks.write({ ...one, stored: false }), false);
    assert.equal(await marks.read(one.origin), undefined);
  });

  it('stay as they were where nothing can be changed', async () => {
    await marksOn().write(one);
    const marks = marksOn({ replace: refused, remove: refused });
    assert.equal(await marks.write({ ...one, stored: false }), false);
    assert.deepEqual(await marks.read(one.origin), one);
  });
});
