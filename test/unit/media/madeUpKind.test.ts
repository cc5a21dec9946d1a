import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { savedOf } from '../../../src/bots/botRecords.ts';
import { describeBot } from '../../../src/descriptions/botDescription.ts';
import type { BotDescription } from '../../../src/descriptions/botDescription.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';
import { NoMediaError } from '../../../src/media/mediaErrors.ts';
import type { BotDownloadResult } from '../../../src/media/mediaDownloads.ts';
import { findStandIn, missingOf } from '../../../src/media/standIn.ts';
import { systemClock } from '../../../src/network/clock.ts';
import type { AddedBot } from '../../simulator/controls.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { addKind, whiteboard, whiteboardInstead } from './madeUpKind.ts';
import { openMediaWindow } from './mediaWindow.ts';
import type { MediaWindow } from './mediaWindow.ts';

type DescribedWindow = Pick<MediaWindow, 'store' | 'paused'>;

// The proof that a further kind of media is one entry: nothing of the product knows of this one but the table.
describe('A kind of media that is one entry more in the table', () => {
  let takeOut: () => void;
  let simulator: Simulator;
  let folder: string;
  let bot: AddedBot;

  before(() => {
    takeOut = addKind(whiteboard);
  });
  after(() => {
    takeOut();
  });
  beforeEach(async () => {
    simulator = await startSimulator({ artifactPageSize: 2 });
    folder = await mkdtemp(join(tmpdir(), 'recall-kind-'));
    bot = simulator.addBot({ name: 'Planning', recordings: [{ whiteboards: 1 }, { whiteboards: 3 }] });
  });
  afterEach(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  function openWindow() {
    const window = openMediaWindow(simulator, folder);
    return { ...window, download: (signal?: AbortSignal) => window.download(whiteboard, bot.id, signal) };
  }

  function ids(): string[] {
    return bot.recordings.flatMap(({ whiteboards }) => whiteboards);
  }

  async function assertWhole({ saved }: BotDownloadResult): Promise<void> {
    assert.deepEqual(
      saved.map(({ artifactId }) => artifactId),
      ids(),
    );
    for (const { path, artifactId } of saved)
      assert.deepEqual(await readFile(path), simulator.mediaBytes(artifactId));
  }

  it('is found over all recordings and pages, saved, noted, and then there', async () => {
    const window = openWindow();
    await assertWhole(await window.download());
    const names = (await readdir(window.media)).toSorted();
    assert.deepEqual(names, [
      'Planning recording 1.board',
      'Planning recording 2 part 1.board',
      'Planning recording 2 part 2.board',
      'Planning recording 2 part 3.board',
    ]);
    const record = await openWindow().records.get(bot.id);
    assert.equal(savedOf(whiteboard, record).length, 4);
    assert.deepEqual(savedOf(MP3, record), []);

    simulator.clearRequests();
    const again = await openWindow().download();
    assert.ok(again.saved.every(({ outcome }) => outcome === 'alreadyThere'));
    assert.deepEqual(
      simulator.recordedRequests().filter(({ origin }) => origin === 'media'),
      [],
    );
  });

  it('goes on where an interrupted download stopped, in another window', async () => {
    simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 100_000, times: 'always' });
    const cancel = new AbortController();
    const before = openWindow();
    const interrupted = before.downloads.changes(() => {
      const progress = before.downloads.progressOf(bot.id);
      if (progress?.kind === 'downloading' && progress.progress.receivedBytes > 20_000) cancel.abort();
    });
    await assert.rejects(before.download(cancel.signal), { code: 'cancelled' });
    interrupted.dispose();

    const window = openWindow();
    await window.paused.look();
    const paused = window.paused.get(bot.id);
    assert.equal(paused?.extension, 'board');
    assert.equal(paused.identity.kind, whiteboard.word);
    window.store.put([await window.client.getBot(bot.id)]);
    assert.ok(abilitiesOf(window).has('nextWhiteboardDownload'));

    simulator.clearFaults();
    simulator.clearRequests();
    await assertWhole(await window.download());
    const firstOfMedia = simulator.recordedRequests().find(({ origin }) => origin === 'media');
    assert.match(String(firstOfMedia?.headers.range), /^bytes=[1-9]\d*-$/);
  });

  it('never takes the place of another file, and is told from a page in its own place', async () => {
    const window = openWindow();
    const own = Buffer.from('my own notes');
    const { saved } = await window.download();
    await writeFile(saved[0]?.path ?? '', own);
    await window.records.change(bot.id, () => ({ savedOthers: {} }));
    await assertWhole(await openWindow().download());
    assert.deepEqual(await readFile(join(window.media, 'Planning recording 1.board')), own);

    await rm(window.media, { recursive: true });
    simulator.mediaFault({
      kind: 'instead',
      contentType: 'application/octet-stream',
      body: 'no board',
      times: 'always',
    });
    await assert.rejects(openWindow().download(), { message: 'What the server sent is not a whiteboard.' });
  });

  it('is shown: what can be done with it, and that it is here', async () => {
    const window = openWindow();
    window.store.put([await window.client.getBot(bot.id)]);
    assert.ok(abilitiesOf(window).has('canDownloadWhiteboard'));
    assert.ok(!abilitiesOf(window).has('whiteboardSaved'));
    assert.ok(abilitiesOf(window, true).has('whiteboardSaved'));
    assert.ok(!abilitiesOf(window, true).has('whiteboardInstead'));
  });

  describe('and stands in for MP3s', () => {
    before(() => {
      takeOut();
      takeOut = addKind(whiteboardInstead);
    });

    it('is found beside videos, of recordings that have no video, and shown in the place of the MP3', async () => {
      const { id, recordings } = simulator.addBot({
        recordings: [{ audio: 0, video: true, whiteboards: 1 }, { audio: 0, whiteboards: 2 }, { audio: 0 }],
      });
      const window = openMediaWindow(simulator, folder);
      const failure = await window.download(MP3, id).catch((error: unknown) => error);
      assert.ok(failure instanceof NoMediaError);
      const { signal } = new AbortController();
      const missing = missingOf({ kind: MP3, botId: id }, failure);
      const found = await findStandIn({ client: window.client, clock: systemClock }, id, missing, signal);
      assert.deepEqual(found, [
        { kind: VIDEO, botId: id, recordingIds: [recordings[0]?.id] },
        { kind: whiteboardInstead, botId: id, recordingIds: [recordings[1]?.id] },
      ]);
      window.store.put([await window.client.getBot(id)]);
      const { abilities, status } = descriptionOf(window, id, [whiteboardInstead]);
      assert.ok(abilities.has('whiteboardInstead'));
      assert.equal(status, 'Whiteboard saved');
    });
  });

  function abilitiesOf(window: DescribedWindow, isOnDisk = false): ReadonlySet<string> {
    return descriptionOf(window, bot.id, isOnDisk ? [whiteboard] : []).abilities;
  }

  function descriptionOf(
    { store, paused }: DescribedWindow,
    botId: string,
    onDisk: readonly MediaKind[],
  ): BotDescription {
    const known = store.get(botId);
    assert.ok(known);
    return describeBot(known, {
      now: Date.parse(simulator.time()),
      download: undefined,
      onDisk: [],
      othersOnDisk: new Set(onDisk),
      paused: paused.get(botId),
      defaultName: '',
    });
  }
});
