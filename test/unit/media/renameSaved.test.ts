import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { BotRecords, blankRecord, savedOf } from '../../../src/bots/botRecords.ts';
import type { SavedMedia } from '../../../src/bots/botRecords.ts';
import type { KnownBot } from '../../../src/bots/botStore.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import type { DownloadFileSystem } from '../../../src/download/fileSystem.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';
import { renamableFiles, renameFiles } from '../../../src/media/renameSaved.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { DONE, botAnswer } from '../bots/botAnswers.ts';
import { quietLog } from '../bots/quietLog.ts';
import { createTestClock } from '../network/testClock.ts';

describe('renaming the saved files of a meeting', () => {
  const bot = botAnswer({ statuses: DONE, recordings: [{ title: 'Old' }, { title: 'Old' }] });
  let root: string;
  let folder: string;
  let records: BotRecords;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'rename-'));
    folder = await mkdtemp(join(root, 'recordings-'));
    records = new BotRecords(root, 'https://us-west-2.recall.ai', nodeStateFiles, quietLog());
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const rules = { patternIn: () => '{title} {id}', defaultBotName: 'Meeting Notetaker', now: 0 };
  const titled = (known: KnownBot, title: string): KnownBot => ({
    ...known,
    record: { ...known.record, title },
  });

  /** Puts files into the folder as they would be saved; their content is their name. */
  async function save(
    files: Readonly<Record<string, [kind: MediaKind, recording: number]>>,
  ): Promise<KnownBot> {
    const saved: Record<string, SavedMedia[]> = { saved: [], savedVideos: [] };
    for (const [name, [kind, recording]] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, name);
      saved[kind.isMain ? 'saved' : 'savedVideos']?.push({
        recordingId: `recording-${recording}`,
        artifactId: name,
        path,
        bytes: name.length,
      });
    }
    return { bot, record: await records.change('bot-1', () => saved) };
  }

  async function rename(
    known: KnownBot,
    title: string,
    fs: DownloadFileSystem = nodeFileSystem,
  ): Promise<string[]> {
    const files = renamableFiles(known, titled(known, title), rules);
    let record = known.record;
    await renameFiles({ fs, clock: createTestClock() }, records, 'bot-1', files, (changed) => {
      record = changed;
    });
    return [MP3, VIDEO].flatMap((kind) => savedOf(kind, record).map(({ path }) => basename(path)));
  }

  const inFolder = async (): Promise<string[]> => (await readdir(folder)).toSorted();

  it('renames all of them, of every kind, with the numbers of their recordings, and notes where they are', async () => {
    const known = await save({
      'Old bot-1 recording 1.mp3': [MP3, 1],
      'Old bot-1 recording 2.mp3': [MP3, 2],
      'Old bot-1 recording 1.mp4': [VIDEO, 1],
    });
    const names = ['New bot-1 recording 1.mp3', 'New bot-1 recording 2.mp3', 'New bot-1 recording 1.mp4'];
    assert.deepEqual(await rename(known, 'New'), names);
    assert.deepEqual(await inFolder(), names.toSorted());
    assert.equal(await readFile(join(folder, names[2] ?? ''), 'utf8'), 'Old bot-1 recording 1.mp4');
    assert.deepEqual(
      (await records.get('bot-1')).saved.map(({ path }) => basename(path)),
      names.slice(0, 2),
    );
  });

  it('has each file where it is noted to be, at each moment', async () => {
    const known = await save({ 'Old bot-1 recording 1.mp3': [MP3, 1] });
    const files = renamableFiles(known, titled(known, 'New'), rules);
    let there: string[] | undefined;
    const fs: DownloadFileSystem = {
      ...nodeFileSystem,
      unlink: async (path) => {
        there = (await records.get('bot-1')).saved.map(({ path: noted }) => basename(noted));
        await nodeFileSystem.unlink(path);
      },
    };
    await renameFiles({ fs, clock: createTestClock() }, records, 'bot-1', files, () => undefined);
    assert.deepEqual(there, ['New bot-1 recording 1.mp3']);
    assert.deepEqual(await inFolder(), ['New bot-1 recording 1.mp3']);
  });

  it('renames what is called by a title that the meeting had before, or by none that anybody gave it', async () => {
    const known = await save({
      'Older bot-1 recording 1.mp3': [MP3, 1],
      'Google Meet bot-1 recording 2 (2).mp3': [MP3, 2],
    });
    assert.deepEqual(await rename(known, 'New'), ['New bot-1 recording 1.mp3', 'New bot-1 recording 2.mp3']);
  });

  it('does not take every name for one of its own where a name does not say which bot it is of', async () => {
    const known = await save({ 'Interview recording 1.mp3': [MP3, 1], 'Old recording 2.mp3': [MP3, 2] });
    const files = renamableFiles(known, titled(known, 'New'), { ...rules, patternIn: () => '{title}' });
    assert.deepEqual(
      files.map(({ path }) => basename(path)),
      ['Old recording 2.mp3'],
    );
  });

  it('lets alone what somebody named by hand, and what would be called the same', async () => {
    const known = await save({ 'Old bot-1 recording 1 (final).mp3': [MP3, 1], 'Interview.mp3': [MP3, 2] });
    assert.deepEqual(renamableFiles(known, titled(known, 'New'), rules), []);
    const other = await save({ 'Old bot-1 recording 1.mp3': [MP3, 1] });
    assert.deepEqual(renamableFiles(other, titled(other, 'Old'), rules), []);
  });

  it('never takes the name of another file: then all of them get the next number', async () => {
    const known = await save({
      'Old bot-1 recording 1 (2).mp3': [MP3, 1],
      'Old bot-1 recording 1.mp4': [VIDEO, 1],
    });
    await writeFile(join(folder, 'New bot-1 recording 1.mp4'), 'of somebody else');
    assert.deepEqual(await rename(known, 'New'), [
      'New bot-1 recording 1 (2).mp3',
      'New bot-1 recording 1 (2).mp4',
    ]);
    assert.equal(await readFile(join(folder, 'New bot-1 recording 1.mp4'), 'utf8'), 'of somebody else');
  });

  it('keeps two files apart that would be called the same', async () => {
    const known = await save({
      'Old bot-1 recording 1.mp3': [MP3, 1],
      'Old bot-1 recording 1 (2).mp3': [MP3, 1],
    });
    assert.deepEqual(await rename(known, 'New'), [
      'New bot-1 recording 1.mp3',
      'New bot-1 recording 1 (2).mp3',
    ]);
  });

  it('changes upper and lower case', async () => {
    const known = await save({ 'Old bot-1 recording 1.mp3': [MP3, 1] });
    assert.deepEqual(await rename(known, 'OLD'), ['OLD bot-1 recording 1.mp3']);
    assert.deepEqual(await inFolder(), ['OLD bot-1 recording 1.mp3']);
  });

  for (const [what, refused] of [
    ['a full disk', 'ENOSPC'],
    ['a file that is held', 'EBUSY'],
  ] as const) {
    it(`leaves all of them as they were when the second cannot be renamed for ${what}`, async () => {
      const files = {
        'Old bot-1 recording 1.mp3': [MP3, 1],
        'Old bot-1 recording 1.mp4': [VIDEO, 1],
      } as const;
      const known = await save({
        'Old bot-1 recording 1.mp3': [MP3, 1],
        'Old bot-1 recording 1.mp4': [VIDEO, 1],
      });
      const fs: DownloadFileSystem = {
        ...nodeFileSystem,
        link: (from, to) =>
          from.endsWith('.mp4') ? Promise.reject(fileError(refused)) : nodeFileSystem.link(from, to),
      };
      await assert.rejects(rename(known, 'New', fs));
      assert.deepEqual(await inFolder(), Object.keys(files));
      assert.deepEqual(
        (await records.get('bot-1')).saved.map(({ path }) => basename(path)),
        ['Old bot-1 recording 1.mp3'],
      );
    });
  }

  it('works on a file system without links, where it does not take a name either', async () => {
    const known = await save({ 'Old bot-1 recording 1.mp3': [MP3, 1] });
    await writeFile(join(folder, 'New bot-1 recording 1.mp3'), 'of somebody else');
    const fs: DownloadFileSystem = { ...nodeFileSystem, link: () => Promise.reject(fileError('ENOTSUP')) };
    assert.deepEqual(await rename(known, 'New', fs), ['New bot-1 recording 1 (2).mp3']);
    assert.equal(await readFile(join(folder, 'New bot-1 recording 1.mp3'), 'utf8'), 'of somebody else');
  });

  it('lets alone what Recall tells no more', () => {
    const record = { ...blankRecord('bot-1') };
    const known = { bot: botAnswer({ statuses: DONE }), record };
    record.saved = [{ recordingId: 'gone', artifactId: 'a', path: join(folder, 'Old bot-1.mp3'), bytes: 1 }];
    assert.deepEqual(renamableFiles(known, titled(known, 'New'), rules), []);
  });
});

function fileError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'link' });
}
