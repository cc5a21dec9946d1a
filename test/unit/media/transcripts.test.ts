import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { savedOf } from '../../../src/bots/botRecords.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../../src/media/kinds/transcript.ts';
import { renamableFiles, renameFiles } from '../../../src/media/renameSaved.ts';
import { stillOnDisk } from '../../../src/media/savedFiles.ts';
import { readWebVtt } from '../../../src/transcripts/readWebVtt.ts';
import type { BotSpec } from '../../simulator/readyBots.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { createTestClock } from '../network/testClock.ts';
import { openMediaWindow } from './mediaWindow.ts';
import type { MediaWindow } from './mediaWindow.ts';

const said = (text: string) => ({
  turns: [{ speaker: { id: 100, name: 'Ana' }, words: [{ text, start: 1.5, end: 3 }] }],
});

describe('the transcript of a bot', () => {
  let simulator: Simulator;
  let folder: string;
  let window: MediaWindow;

  beforeEach(async () => {
    simulator = await startSimulator({ artifactPageSize: 2 });
    folder = await mkdtemp(join(tmpdir(), 'transcripts-'));
    window = openMediaWindow(simulator, folder);
  });

  afterEach(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const addBot = (spec: BotSpec): string => simulator.addBot({ name: 'Planning', ...spec }).id;
  const names = async (): Promise<string[]> => (await readdir(window.media)).toSorted();
  const textOf = (name: string): Promise<string> => readFile(join(window.media, name), 'utf8');
  const failure = async (botId: string): Promise<{ code?: unknown; message: string }> => {
    try {
      await window.download(TRANSCRIPT, botId);
    } catch (error) {
      assert.ok(error instanceof Error);
      return error;
    }
    throw new Error('The transcript was saved.');
  };

  it('is saved as captions and as a document, with who took part, and links to its seconds', async () => {
    const botId = addBot({
      recordings: [
        { transcripts: [said('Good morning everybody.')], participants: [{ name: 'Ana' }, { name: 'Ben' }] },
      ],
    });
    const { saved } = await window.download(TRANSCRIPT, botId);
    assert.deepEqual(await names(), ['Planning.md', 'Planning.vtt']);
    assert.deepEqual(
      saved.map(({ path, beside, bytes }) => [basename(path), beside?.map((text) => basename(text)), bytes]),
      [['Planning.vtt', ['Planning.md'], Buffer.byteLength(await textOf('Planning.vtt'))]],
    );
    assert.deepEqual(
      readWebVtt(await textOf('Planning.vtt'))?.map(({ speaker, text }) => [speaker, text]),
      [['Ana', 'Good morning everybody.']],
    );
    const document = await textOf('Planning.md');
    assert.match(
      document,
      /^# Planning\n\n.+ · Ana and Ben\n\n\[0:01\]\(play:[\w-]+\/1\.5\) \*\*Ana:\*\* Good/,
    );
  });

  it('goes beside the MP3 of its recording, under the name that this has', async () => {
    const botId = addBot({ recordings: [{ transcripts: 1 }, { transcripts: 1 }] });
    await mkdir(window.media, { recursive: true });
    await writeFile(join(window.media, 'Planning recording 2.mp3'), 'mine');
    await window.download(MP3, botId);
    const elsewhere = openMediaWindow(simulator, folder, 'Something else');
    await elsewhere.download(TRANSCRIPT, botId);
    assert.deepEqual(
      (await names()).filter((name) => !name.endsWith('.mp3')),
      [
        'Planning recording 1.md',
        'Planning recording 1.vtt',
        'Planning recording 2 (2).md',
        'Planning recording 2 (2).vtt',
      ],
    );
  });

  it('takes the place of no file', async () => {
    const botId = addBot({ recordings: [{ transcripts: [said('Hello there.')] }] });
    await mkdir(window.media, { recursive: true });
    await writeFile(join(window.media, 'Planning.md'), 'my notes');
    await window.download(TRANSCRIPT, botId);
    assert.equal(await textOf('Planning.md'), 'my notes');
    assert.deepEqual(await names(), ['Planning (2).md', 'Planning (2).vtt', 'Planning.md']);
  });

  it('counts as there also when somebody corrected it, and is not loaded again', async () => {
    const botId = addBot({ recordings: [{ transcripts: 1 }] });
    await window.download(TRANSCRIPT, botId);
    await appendFile(join(window.media, 'Planning.vtt'), '\nNOTE corrected\n');
    await rm(join(window.media, 'Planning.md'));
    simulator.clearRequests();
    const [saved] = (await openMediaWindow(simulator, folder).download(TRANSCRIPT, botId)).saved;
    assert.equal(saved?.outcome, 'alreadyThere');
    assert.ok(!simulator.recordedRequests().some(({ path }) => path.includes('download')));
    const [there] = await stillOnDisk(savedOf(TRANSCRIPT, await window.records.get(botId)));
    assert.deepEqual(there?.beside, []);
    assert.equal(TRANSCRIPT.document?.(there), undefined);
  });

  it('is the newest good one of several', async () => {
    const botId = addBot({
      recordings: [
        {
          transcripts: [
            { createdAt: '2026-03-02T12:00:00Z', ...said('The newest.') },
            { createdAt: '2026-03-01T12:00:00Z', ...said('The oldest.') },
            { createdAt: '2026-03-03T12:00:00Z', status: 'failed' },
          ],
        },
      ],
    });
    await window.download(TRANSCRIPT, botId);
    assert.match(await textOf('Planning.vtt'), /The newest\./);
  });

  it('is loaded again when the line is cut, the store is busy or the address is refused', async () => {
    const botId = addBot({ recordings: [{ transcripts: [said('At last.')] }] });
    simulator.apiFault({ kind: 'reset', path: '/download/transcript' });
    simulator.failNext({ status: 503, path: '/download/transcript' });
    simulator.failNext({ status: 403, path: '/download/transcript' });
    await window.download(TRANSCRIPT, botId);
    assert.match(await textOf('Planning.vtt'), /At last\./);
  });

  it('is not written when what came is none', async () => {
    const botId = addBot({ recordings: [{ transcripts: [{ json: { detail: 'no' } }] }] });
    assert.equal((await failure(botId)).code, 'unreadable');
    await assert.rejects(readdir(window.media), { code: 'ENOENT' });
  });

  it('is renamed with the meeting: both files, and what is known of them', async () => {
    const botId = addBot({ recordings: [{ transcripts: 1 }] });
    const titled = openMediaWindow(simulator, folder, '{title}');
    await titled.download(MP3, botId);
    await titled.download(TRANSCRIPT, botId);
    const known = titled.store.get(botId);
    assert.ok(known);
    const after = { ...known, record: { ...known.record, title: 'Kick-off' } };
    const rules = { patternIn: () => '{title}', defaultBotName: 'Meeting Notetaker', now: 0 };
    const files = renamableFiles(known, after, rules);
    const context = { fs: nodeFileSystem, clock: createTestClock() };
    await renameFiles(context, titled.records, botId, files, () => undefined);
    assert.deepEqual(await names(), ['Kick-off.md', 'Kick-off.mp3', 'Kick-off.vtt']);
    const [saved] = savedOf(TRANSCRIPT, await titled.records.get(botId));
    assert.deepEqual(
      [saved?.path, ...(saved?.beside ?? [])].map((path) => basename(path ?? '')),
      ['Kick-off.vtt', 'Kick-off.md'],
    );
  });

  describe('that is not there', () => {
    const captions = {
      recordingConfig: { audio_mixed_mp3: {}, transcript: { provider: { meeting_captions: {} } } },
    };
    for (const [why, spec, code, words] of [
      [
        'was not asked for',
        { recordings: [{}] },
        'transcriptNotRequested',
        /sent without asking for a transcript.*Recall: Transcribe…/,
      ],
      [
        'had no captions',
        { ...captions, recordings: [{ transcripts: 0 }] },
        'noCaptions',
        /no captions of this recording.*off in the meeting/,
      ],
      [
        'had no captions on a platform that may have none',
        { ...captions, platform: 'goto_meeting', recordings: [{ transcripts: 0 }] },
        'noCaptions',
        /may not get captions of GoTo Meeting meetings/,
      ],
      [
        'failed',
        { recordings: [{ transcripts: [{ status: 'failed', subCode: 'captions_disabled' }] }] },
        'failed',
        /could not make the transcript.*captions_disabled/,
      ],
      [
        'was deleted',
        { recordings: [{ transcripts: [{ status: 'deleted' }] }] },
        'deleted',
        /deleted for good/,
      ],
    ] as const) {
      it(`because it ${why}, says so`, async () => {
        const error = await failure(addBot(spec));
        assert.equal(error.code, code);
        assert.match(error.message, words);
      });
    }
  });
});
