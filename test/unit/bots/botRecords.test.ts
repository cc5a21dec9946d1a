import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BotRecords, allSaved, blankRecord, savedOf, withSaved } from '../../../src/bots/botRecords.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { quietLog } from './quietLog.ts';
import type { QuietLog } from './quietLog.ts';

const ORIGIN = 'https://us-west-2.recall.ai';

describe('BotRecords', () => {
  let root: string;
  let log: QuietLog;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'bot-records-'));
    log = quietLog();
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const open = (origin = ORIGIN): BotRecords => new BotRecords(root, origin, nodeStateFiles, log);
  const folder = (): string => join(root, 'bots', 'us-west-2.recall.ai');
  const saved = (
    artifactId: string,
  ): { recordingId: string; artifactId: string; path: string; bytes: number } => ({
    recordingId: 'r',
    artifactId,
    path: `/recordings/${artifactId}.mp3`,
    bytes: 1,
  });

  it('knows nothing at first, and what was written afterwards, in another window too', async () => {
    assert.deepEqual(await open().get('bot-1'), blankRecord('bot-1'));
    assert.deepEqual(await open().all(), []);
    const changed = await open().change('bot-1', () => ({ sentAt: '2026-03-02T09:00:00Z', following: true }));
    assert.equal(changed.following, true);
    await open().change('bot-1', () => ({ saved: [saved('a')] }));
    const { sentAt, following, announced, hidden, saved: files } = await open().get('bot-1');
    assert.deepEqual(
      { sentAt, following, announced, hidden, files },
      {
        sentAt: '2026-03-02T09:00:00Z',
        following: true,
        announced: false,
        hidden: false,
        files: [saved('a')],
      },
    );
    assert.equal((await open().all()).length, 1);
  });

  it('reads a record of version 0.1.0, and writes one that it would read', async () => {
    const old = {
      ...{ botId: 'bot-1', sentAt: '2026-03-02T09:00:00Z', following: false, announced: true, hidden: false },
      ...{ expiries: [], expiryWarned: false },
      saved: [saved('a')],
      savedVideos: [saved('v')],
      parts: [{ recordingId: 'r', artifactId: 'a', partNumber: 1 }],
      awaited: [],
    };
    await open().change('bot-1', () => ({ hidden: true }));
    const file = join(folder(), 'bot-1.json');
    await writeFile(file, `${JSON.stringify(old)}\n`);
    const record = await open().get('bot-1');
    assert.deepEqual(savedOf({ word: 'audio_mixed' }, record), [saved('a')]);
    assert.deepEqual(savedOf({ word: 'video_mixed' }, record), [saved('v')]);
    assert.deepEqual(savedOf({ word: 'whiteboard' }, record), []);

    for (const word of ['audio_mixed', 'video_mixed', 'whiteboard'])
      await open().change('bot-1', (before) => withSaved({ word }, before, [saved(word)]));
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    assert.deepEqual(written, {
      ...old,
      saved: [saved('audio_mixed')],
      savedVideos: [saved('video_mixed')],
      savedOthers: { whiteboard: [saved('whiteboard')] },
      people: [],
    });
    assert.equal(allSaved(await open().get('bot-1')).length, 3);
  });

  it('reads what was written before videos were saved', async () => {
    await open().change('bot-1', () => ({ saved: [saved('a')] }));
    const file = join(folder(), 'bot-1.json');
    const { savedVideos, ...older } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    assert.deepEqual(savedVideos, []);
    await writeFile(file, JSON.stringify(older));
    const record = await open().get('bot-1');
    assert.deepEqual([record.saved, record.savedVideos], [[saved('a')], []]);
  });

  it('keeps the bots of another region apart', async () => {
    await open().change('bot-1', () => ({ hidden: true }));
    assert.deepEqual(await open('https://eu-central-1.recall.ai').all(), []);
  });

  it('does not mistake one bot for another, whatever its id', async () => {
    const ids = ['../../escape', 'a/b', 'a\\b', '..', 'x'.repeat(200)];
    for (const id of ids) await open().change(id, () => ({ sentAt: id }));
    for (const id of ids) assert.equal((await open().get(id)).sentAt, id);
    assert.deepEqual(await readdir(root), ['bots']);
    assert.equal((await open().all()).length, ids.length);
  });

  it('loses no change, however many windows make one at the same time', async () => {
    const windows = Array.from({ length: 6 }, () => open());
    const changes = windows.flatMap((window, index) =>
      Array.from({ length: 6 }, (_, turn) =>
        window.change('bot-1', (before) => ({ saved: [...before.saved, saved(`a${index}-${turn}`)] })),
      ),
    );
    await Promise.all(changes);
    assert.equal((await open().get('bot-1')).saved.length, 36);
    assert.deepEqual(await readdir(folder()), ['bot-1.json']);
  });

  it('lets exactly one of many windows take what only one may have', async () => {
    const takers = Array.from({ length: 10 }, async () => {
      const taken = { isMine: false };
      await open().change('bot-1', (before) => {
        taken.isMine = !before.announced;
        return { announced: true };
      });
      return taken.isMine;
    });
    assert.equal((await Promise.all(takers)).filter(Boolean).length, 1);
  });

  it('goes on after a change that failed', async () => {
    const records = open();
    const failing = records.change('bot-1', () => {
      throw new Error('the change fails');
    });
    const next = records.change('bot-1', () => ({ hidden: true }));
    await assert.rejects(failing, /the change fails/);
    assert.equal((await next).hidden, true);
  });

  it('does not write what did not change', async () => {
    const path = join(folder(), 'bot-1.json');
    await open().change('bot-1', () => ({ hidden: true }));
    const text = await readFile(path, 'utf8');
    await writeFile(path, `${text}\n\n`);
    await open().change('bot-1', () => ({ hidden: true }));
    assert.equal(await readFile(path, 'utf8'), `${text}\n\n`);
  });

  it('passes over what is no record, and says so', async () => {
    await open().change('bot-1', () => ({ hidden: true }));
    for (const [name, text] of [
      ['half.json', '{"botId":"half"'],
      ['other.json', '{"something":"else"}'],
      ['bot-1.json.9.tmp', '{"botId":"tmp"}'],
    ] as const) {
      await writeFile(join(folder(), name), text);
    }
    const ids = (await open().all()).map(({ botId }) => botId);
    assert.deepEqual(ids, ['bot-1']);
    assert.equal(log.warnings.length, 2);
    assert.deepEqual(await open().get('half'), blankRecord('half'));
  });

  it('keeps what a newer version of the extension has noted', async () => {
    await open().change('bot-1', () => ({ following: true }));
    const path = join(folder(), 'bot-1.json');
    const newer = { ...(JSON.parse(await readFile(path, 'utf8')) as object), colour: 'blue' };
    await writeFile(path, JSON.stringify(newer));
    await open().change('bot-1', () => ({ hidden: true }));
    const after: unknown = JSON.parse(await readFile(path, 'utf8'));
    assert.deepEqual(after, { ...newer, hidden: true });
  });

  it('sets an unreadable file aside before a new one takes its place', async () => {
    await open().change('bot-1', () => ({ following: true }));
    await writeFile(join(folder(), 'bot-1.json'), '{"botId":');
    await open().change('bot-1', () => ({ hidden: true }));
    assert.equal(await readFile(join(folder(), 'bot-1.json.unreadable'), 'utf8'), '{"botId":');
    assert.equal((await open().get('bot-1')).hidden, true);
    assert.ok(log.warnings.some((line) => line.includes('set aside')));
  });

  it('loses nothing when five processes write at once', async () => {
    const writer = join(import.meta.dirname, 'recordWriter.ts');
    const writers = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      promisify(execFile)(process.execPath, [writer, root, ORIGIN, name]),
    );
    await Promise.all(writers);
    const { saved: kept } = await open().get('bot-1');
    const expected = ['a', 'b', 'c', 'd', 'e'].flatMap((name) =>
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${name}${n}`),
    );
    assert.deepEqual(kept.map(({ artifactId }) => artifactId).toSorted(), expected);
  });

  it('reads records of a version that knew less', async () => {
    await open().change('bot-1', () => ({ hidden: true }));
    await writeFile(join(folder(), 'bot-1.json'), '{"botId":"bot-1","unknown":1}');
    assert.equal(JSON.stringify(await open().get('bot-1')), JSON.stringify(blankRecord('bot-1')));
  });
});
