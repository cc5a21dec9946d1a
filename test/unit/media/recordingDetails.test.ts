import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { savedOf } from '../../../src/bots/botRecords.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import { readMediaText } from '../../../src/download/mediaText.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { PeopleLooks } from '../../../src/media/peopleLooks.ts';
import { RecordingDetails } from '../../../src/media/recordingDetails.ts';
import { stillOnDisk } from '../../../src/media/savedFiles.ts';
import { systemClock } from '../../../src/network/clock.ts';
import type { BotSpec } from '../../simulator/readyBots.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { quietLog } from '../bots/quietLog.ts';
import { openMediaWindow } from './mediaWindow.ts';
import type { MediaWindow } from './mediaWindow.ts';

const people: BotSpec = {
  name: 'Planning',
  platform: 'zoom',
  recordings: [
    {
      title: 'Plans',
      participants: [{ name: 'Ana', email: 'ana@example.test' }, { name: null }],
      timeline: [
        { speaker: 0, from: 1.5, until: 4 },
        { speaker: 1, from: 4, until: 5 },
      ],
    },
  ],
};

describe('the details of a recording', () => {
  let simulator: Simulator;
  let folder: string;
  let window: MediaWindow;

  beforeEach(async () => {
    simulator = await startSimulator();
    folder = await mkdtemp(join(tmpdir(), 'details-'));
    window = openMediaWindow(simulator, folder);
  });

  afterEach(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(botId: string): Promise<void> {
    const { client, store, records } = window;
    const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
    const outside = { clock: systemClock, log: quietLog() };
    const read = (url: string, signal: AbortSignal): Promise<string> =>
      readMediaText({ fetch, ...outside }, { url, maxBytes: 100_000, signal });
    const looks = new PeopleLooks({ client, store, read, records: () => records, ...outside });
    const details = new RecordingDetails({
      ...{ client, store, read, log: outside.log },
      records: () => records,
      lookForPeople: (id) => looks.look(id),
      naming: { fs: nodeFileSystem, clock: systemClock },
    });
    const mp3s = await stillOnDisk(savedOf(MP3, await records.get(botId)));
    await details.write(botId, mp3s, new AbortController().signal);
  }

  const names = async (): Promise<string[]> => (await readdir(window.media)).toSorted();

  it('say what is known, but no addresses, and stand beside the MP3', async () => {
    const bot = simulator.addBot(people);
    await window.download(MP3, bot.id);
    await write(bot.id);
    assert.deepEqual(await names(), ['Planning.json', 'Planning.mp3']);
    const text = await readFile(join(window.media, 'Planning.json'), 'utf8');
    assert.doesNotMatch(text, /example\.test|https?:/);
    const mp3 = await readFile(join(window.media, 'Planning.mp3'));
    const details = JSON.parse(text) as Record<string, Record<string, unknown>>;
    assert.equal(details.version, 1);
    assert.equal(details.bot?.title, 'Plans');
    assert.equal(details.bot.platform, 'zoom');
    assert.deepEqual([details.recording?.number, details.recording?.seconds], [1, 1800]);
    assert.deepEqual(details.participants, [{ name: 'Ana' }]);
    assert.deepEqual(details.speakers, [
      { name: 'Ana', start: 1.5, end: 4 },
      { name: null, start: 4, end: 5 },
    ]);
    const sha256 = createHash('sha256').update(mp3).digest('hex');
    assert.deepEqual(details.mp3, { file: 'Planning.mp3', bytes: mp3.length, sha256 });
  });

  it('are written once, and anew when they are gone', async () => {
    const bot = simulator.addBot(people);
    await window.download(MP3, bot.id);
    await write(bot.id);
    simulator.clearRequests();
    await write(bot.id);
    assert.deepEqual(simulator.recordedRequests(), []);
    await rm(join(window.media, 'Planning.json'));
    await write(bot.id);
    assert.deepEqual(await names(), ['Planning.json', 'Planning.mp3']);
  });

  it('say of what is not known that it is not', async () => {
    const bot = simulator.addBot({ name: 'Planning', recordings: [{}] });
    simulator.failNext({ status: 500, path: '/download/', times: 'always' });
    await window.download(MP3, bot.id);
    await write(bot.id);
    const details = JSON.parse(await readFile(join(window.media, 'Planning.json'), 'utf8')) as {
      speakers: unknown;
      participants: unknown;
    };
    assert.deepEqual([details.speakers, details.participants], [null, []]);
  });
});
