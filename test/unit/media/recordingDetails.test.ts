import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { savedOf } from '../../../src/bots/botRecords.ts';
import { nodeFileSystem } from '../../../src/download/fileSystem.ts';
import { readMediaText } from '../../../src/download/mediaText.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { OutageWaits } from '../../../src/media/outage.ts';
import { PeopleLooks } from '../../../src/media/peopleLooks.ts';
import { RecordingDetails } from '../../../src/media/recordingDetails.ts';
import { stillOnDisk } from '../../../src/media/savedFiles.ts';
import { systemClock } from '../../../src/network/clock.ts';
import type { Signs } from '../../../src/network/signs.ts';
import type { RecallClient } from '../../../src/recall/client.ts';
import { RecallError } from '../../../src/recall/errors.ts';
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

/** Whoever waits is told at once that it may go on. */
const atOnce: Signs = (listener) => {
  queueMicrotask(() => {
    listener();
  });
  return { dispose: () => undefined };
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

  async function write(botId: string, client: Pick<RecallClient, 'getBot'> = window.client): Promise<void> {
    const { store, records } = window;
    const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
    const outside = { clock: systemClock, log: quietLog() };
    const read = (url: string, signal: AbortSignal): Promise<string> =>
      readMediaText({ fetch, ...outside }, { url, maxBytes: 100_000, signal });
    const looks = new PeopleLooks({ client: window.client, store, read, records: () => records, ...outside });
    const details = new RecordingDetails({
      ...{ client, store, read, log: outside.log },
      outages: new OutageWaits({ ...outside, random: () => 0, signs: atOnce }),
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

  it('come after an outage, with who spoke when, whose link was cut off by it', async () => {
    const bot = simulator.addBot(people);
    await window.download(MP3, bot.id);
    let isAway = true;
    const getBot: RecallClient['getBot'] = (...args) => {
      if (!isAway) return window.client.getBot(...args);
      isAway = false;
      throw new RecallError('network', 'Recall cannot be reached.');
    };
    simulator.failNext({ status: 500, path: '/speaker_timeline', times: 1 });
    await write(bot.id, { getBot });
    assert.equal(simulator.faultsLeft(), 0);
    const details = JSON.parse(await readFile(join(window.media, 'Planning.json'), 'utf8')) as {
      speakers: unknown[];
    };
    assert.equal(details.speakers.length, 2);
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
