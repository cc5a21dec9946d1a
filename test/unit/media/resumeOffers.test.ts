import assert from 'node:assert/strict';
import { ResumeOffers } from '../../../src/media/resumeOffers.ts';
import type { ProcessTable } from '../../../src/download/processes.ts';
import type { UnfinishedDownload } from '../../../src/download/unfinished.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';

describe('offers to resume', () => {
  let files: MemoryFiles;
  let deadPids: Set<number>;

  beforeEach(() => {
    files = new MemoryFiles();
    deadPids = new Set();
  });

  function window(pid: number, session: string): ResumeOffers {
    const processes: ProcessTable = {
      self: () => Promise.resolve({ host: 'here', boot: 'b', pid, start: 's' }),
      look: (other) => Promise.resolve(deadPids.has(other.pid) ? 'dead' : 'alive'),
    };
    return new ResumeOffers({ folder: '/storage', files, processes, session });
  }

  function unfinished(name: string): UnfinishedDownload {
    return {
      identity: { botId: name, recordingId: name, artifactId: name },
      name,
      extension: 'mp3',
      partPath: `/recordings/${name}.mp3.part`,
      receivedBytes: 1,
      totalBytes: 2,
      updatedAt: '2026-03-02T09:00:00Z',
      underWay: false,
    };
  }

  async function offered(offers: ResumeOffers, ...names: string[]): Promise<string[]> {
    return (await offers.take(names.map(unfinished))).map(({ name }) => name);
  }

  it('are made by one of the windows that open at once', async () => {
    const both = [window(1, 'one'), window(2, 'one')];
    const made = await Promise.all(both.map((offers) => offered(offers, 'talk', 'call')));
    assert.deepEqual(made.flat().toSorted(), ['call', 'talk']);
  });

  it('are made once per start of VS Code', async () => {
    assert.deepEqual(await offered(window(1, 'one'), 'talk'), ['talk']);
    deadPids.add(1);
    assert.deepEqual(await offered(window(2, 'one'), 'talk'), []);
    assert.deepEqual(await offered(window(3, 'two'), 'talk'), ['talk']);
  });

  it('are not made again while the window that made them is open', async () => {
    await offered(window(1, 'one'), 'talk');
    assert.deepEqual(await offered(window(2, 'two'), 'talk', 'call'), ['call']);
  });

  it('are made no more for what is gone from Recall', async () => {
    const first = window(1, 'one');
    await offered(first, 'talk', 'call');
    await first.noteGone('/recordings/talk.mp3.part');
    deadPids.add(1);
    assert.deepEqual(await offered(window(2, 'two'), 'talk', 'call'), ['call']);
  });

  it('begin anew when what was noted cannot be read', async () => {
    await files.replace('/storage', 'resumeOffers.json', '{"offers":');
    assert.deepEqual(await offered(window(1, 'one'), 'talk'), ['talk']);
    deadPids.add(1);
    assert.deepEqual(await offered(window(2, 'one'), 'talk'), []);
  });
});
