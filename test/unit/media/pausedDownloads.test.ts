import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PausedDownloads } from '../../../src/media/pausedDownloads.ts';
import { createDownloader, nodeFileSystem } from '../../../src/download/download.ts';
import { systemClock } from '../../../src/network/clock.ts';
import { quietLog } from '../bots/quietLog.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import { addKind, whiteboard } from './madeUpKind.ts';

/** Sends the beginning of an MP3, or an MP4, of 20 MB, and then the connection is lost. */
function halfServer(): Server {
  return createServer((request, response) => {
    const isVideo = request.url?.endsWith('.mp4') === true;
    response.writeHead(200, { 'Content-Type': 'audio/mpeg', 'Content-Length': 20_000_000, ETag: '"a"' });
    const frame = Buffer.alloc(417);
    frame.set([0xff, 0xfb, 0x90, 0x64]);
    const bytes = Buffer.alloc(8_000_000, frame);
    if (isVideo) bytes.write('ftyp', 4, 'latin1');
    response.write(bytes, () => {
      response.socket?.end();
    });
  });
}

const notAsked = (): Promise<void> => Promise.reject(new Error('Nothing was to be deleted'));

describe('paused downloads', () => {
  let folder: string;
  let server: Server;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paused-'));
    server = halfServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  it('are found on disk after a cancelled download, by the bot', async () => {
    const paused = new PausedDownloads({
      fs: nodeFileSystem,
      folders: () => Promise.resolve([folder]),
      log: quietLog(),
      discardPart: notAsked,
    });
    const changed: (readonly string[])[] = [];
    paused.changes((botIds) => changed.push(botIds));
    await paused.look();
    assert.deepEqual(changed, []);

    await cancelWhileWaiting();
    await paused.look();
    const found = paused.get('bot-1');
    assert.equal(found?.name, 'talk');
    assert.equal(found.totalBytes, 20_000_000);
    assert.ok(found.receivedBytes > 0 && found.receivedBytes <= 8_000_000);
    assert.deepEqual(changed, [['bot-1']]);
    assert.equal(paused.all().length, 1);
  });

  it('of version 0.1.0, which noted no kind, are of the kind of their extension', async () => {
    const folders = (): Promise<readonly string[]> => Promise.resolve([folder]);
    const paused = new PausedDownloads({
      fs: nodeFileSystem,
      folders,
      log: quietLog(),
      discardPart: notAsked,
    });
    await cancelWhileWaiting('mp4');
    await paused.look();
    assert.equal(paused.get('bot-1')?.kind, VIDEO);
    await cancelWhileWaiting('mp3');
    await paused.look();
    assert.equal(paused.get('bot-1')?.kind, MP3);
  });

  it('are of the kind that was noted, whatever their extension', async () => {
    const takeOut = addKind({ ...whiteboard, file: VIDEO.file });
    try {
      const paused = new PausedDownloads({
        ...{ fs: nodeFileSystem, log: quietLog(), discardPart: notAsked },
        folders: () => Promise.resolve([folder]),
      });
      await cancelWhileWaiting('mp4', whiteboard.word);
      await paused.look();
      assert.equal(paused.get('bot-1')?.kind.word, whiteboard.word);
    } finally {
      takeOut();
    }
  });

  it('of a kind that only a newer version knows are left alone', async () => {
    const paused = new PausedDownloads({
      ...{ fs: nodeFileSystem, log: quietLog(), discardPart: notAsked },
      folders: () => Promise.resolve([folder]),
    });
    await cancelWhileWaiting('mp4', 'whiteboard');
    await paused.look();
    assert.deepEqual(paused.all(), []);
    assert.equal((await readdir(folder)).length, 2);
  });

  it('of an MP3 are not forgotten for that of a video of the same bot', async () => {
    const folders = (): Promise<readonly string[]> => Promise.resolve([folder]);
    const paused = new PausedDownloads({
      fs: nodeFileSystem,
      folders,
      log: quietLog(),
      discardPart: notAsked,
    });
    await cancelWhileWaiting('mp4');
    await paused.look();
    const changed: (readonly string[])[] = [];
    paused.changes((botIds) => changed.push(botIds));
    await cancelWhileWaiting('mp3');
    await paused.look();
    assert.deepEqual(
      paused.all().map(({ extension }) => extension),
      ['mp3', 'mp4'],
    );
    assert.equal(paused.get('bot-1')?.extension, 'mp3');
    assert.deepEqual(changed, [['bot-1']]);
  });

  it('are deleted when somebody says so, and nothing of them is left', async () => {
    await cancelWhileWaiting();
    const folders = () => Promise.resolve([folder]);
    const random = (): number => 0.5;
    const engine = createDownloader({
      ...{ fetch: globalThis.fetch, fs: nodeFileSystem, clock: systemClock, random, log: quietLog() },
    });
    const paused = new PausedDownloads({
      ...{ fs: nodeFileSystem, folders, log: quietLog() },
      discardPart: (unfinished) => engine.discard(unfinished),
    });
    await paused.look();
    const [found] = paused.all();
    assert.ok(found);
    await paused.discard(found);
    assert.deepEqual(paused.all(), []);
    assert.deepEqual(await readdir(folder), []);
  });

  it('are none where there is no folder', async () => {
    const folders = () => Promise.resolve([join(folder, 'missing')]);
    const paused = new PausedDownloads({
      fs: nodeFileSystem,
      folders,
      log: quietLog(),
      discardPart: notAsked,
    });
    await paused.look();
    assert.deepEqual(paused.all(), []);
  });

  async function cancelWhileWaiting(extension = 'mp3', kind?: string): Promise<void> {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const cancel = new AbortController();
    const downloader = createDownloader({
      fetch: (...args) => globalThis.fetch(...args),
      fs: nodeFileSystem,
      clock: systemClock,
      // A wait that is over before it is reported would be cancelled in the next try.
      random: () => 0.99,
      log: quietLog(),
    });
    const downloading = downloader.download({
      resolveSource: () => Promise.resolve(`http://127.0.0.1:${address.port}/a.${extension}`),
      folder,
      name: 'talk',
      file: extension === 'mp4' ? VIDEO.file : MP3.file,
      identity: { botId: 'bot-1', recordingId: 'r', artifactId: 'a', ...(kind !== undefined && { kind }) },
      signal: cancel.signal,
      onProgress: (progress) => {
        if (progress.kind === 'waiting') cancel.abort();
      },
    });
    await assert.rejects(downloading, { code: 'cancelled' });
  }
});
