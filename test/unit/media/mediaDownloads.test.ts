import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AwaitedDownloads } from '../../../src/media/awaitedDownloads.ts';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { decidedDestination } from '../../../src/media/destination.ts';
import { MediaDownloads } from '../../../src/media/mediaDownloads.ts';
import type { DestinationForBot, MediaDestination } from '../../../src/media/destination.ts';
import type { BotDownloadProgress, BotDownloadResult } from '../../../src/media/mediaDownloads.ts';
import { OutageWaits } from '../../../src/media/outage.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import type { DownloadOutcome, DownloadRequest } from '../../../src/download/download.ts';
import { systemProcesses } from '../../../src/download/processes.ts';
import { DownloadQueue } from '../../../src/download/queue.ts';
import { noSigns } from '../../../src/network/signs.ts';
import { createTestClock } from '../network/testClock.ts';
import { DONE, botAnswer } from '../bots/botAnswers.ts';
import type { BotAnswer } from '../bots/botAnswers.ts';
import { filesOver } from './filesOver.ts';
import { fakeMedia } from './fakeMedia.ts';
import type { FakeMedia } from './fakeMedia.ts';
import { quietLog } from '../bots/quietLog.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';
import { VIDEO } from '../../../src/media/kinds/video.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';

describe('MediaDownloads', () => {
  let root: string;
  let requests: DownloadRequest[];
  let onDisk: Set<string>;
  let answer: BotAnswer;
  let media: FakeMedia;
  let store: BotStore;
  let records: BotRecords;
  let downloads: MediaDownloads;
  let download: (request: DownloadRequest) => Promise<DownloadOutcome>;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mp3-downloads-'));
    requests = [];
    onDisk = new Set();
    answer = { statuses: DONE, recordings: [{}] };
    media = fakeMedia(() => botAnswer(answer));
    const log = quietLog();
    store = new BotStore();
    records = new BotRecords(root, 'https://us-west-2.recall.ai', nodeStateFiles, log);
    download = (request) => {
      const path = join(request.folder, `${request.name}.${request.file.extension}`);
      onDisk.add(path);
      return Promise.resolve({ kind: 'saved', path, bytes: 5 });
    };
    downloads = new MediaDownloads({
      client: media.client,
      clientWithoutRetries: media.client,
      clock: createTestClock(),
      files: filesOver(store, {
        download: (request) => {
          requests.push(request);
          return download(request);
        },
      }),
      queue: new DownloadQueue(1),
      store,
      records: () => records,
      isOnDisk: ({ path }) => Promise.resolve(onDisk.has(path)),
      outages: new OutageWaits({ clock: createTestClock(), random: () => 0.5, signs: noSigns, log }),
      awaited: new AwaitedDownloads({ processes: systemProcesses, log }),
      origin: () => 'https://us-west-2.recall.ai',

      defaultBotName: () => 'Meeting Notetaker',
      log,
    });
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const signal = new AbortController().signal;
  const to = (pattern: string): DestinationForBot =>
    decidedDestination({ folder: '/recordings', name: { pattern } });
  const deciding = (decide: DestinationForBot['decide']): DestinationForBot => ({ asksFirst: false, decide });
  const run = (
    destination = to('{name} {platform}'),
    onProgress: (progress: BotDownloadProgress) => void = () => undefined,
    kind: MediaKind = MP3,
  ): Promise<BotDownloadResult> =>
    downloads.download({ kind, botId: 'bot-1' }, destination, { signal, onProgress, outage: 'tell' });

  it('saves every MP3 under a name of its own, and remembers it', async () => {
    answer = { ...answer, recordings: [{}, {}] };
    const { saved, missing } = await run();
    assert.deepEqual(missing, []);
    assert.equal(new Set(saved.map(({ path }) => path)).size, 2);
    for (const { path } of saved) assert.match(path, /Notetaker Zoom/);
    const record = await records.get('bot-1');
    assert.deepEqual(
      record.saved.map(({ artifactId }) => artifactId),
      ['audio-1', 'audio-2'],
    );
    assert.equal(store.get('bot-1')?.record.saved.length, 2);
    assert.doesNotMatch(JSON.stringify(record), /https:|Signature/);
  });

  describe('a file name with {title}', () => {
    const nameFor = async (changes: BotAnswer): Promise<string> => {
      answer = { ...answer, ...changes };
      const [saved] = (await run(to('{title}'))).saved;
      return basename(saved?.path ?? '', '.mp3');
    };
    const byDefault = { name: 'Meeting Notetaker' };

    it('has the title that Recall tells', async () => {
      assert.equal(await nameFor({ ...byDefault, recordings: [{ title: 'Plans: 2026' }] }), 'Plans- 2026');
    });

    it('has the title that somebody gave the meeting here, before that', async () => {
      store.putRecord(await records.change('bot-1', () => ({ title: 'By hand' })));
      store.put([botAnswer(answer)]);
      assert.equal(await nameFor({ recordings: [{ title: 'Plans' }] }), 'By hand');
    });

    it('has the name of a bot that has one of its own', async () => {
      assert.equal(await nameFor({ name: 'Weekly' }), 'Weekly');
    });

    it('has the platform where nothing tells the bot apart, and the name where nothing else is known', async () => {
      assert.equal(await nameFor(byDefault), 'Zoom');
    });

    it('has the default name where nothing else is known', async () => {
      assert.equal(await nameFor({ ...byDefault, meetingUrl: null }), 'Meeting Notetaker');
    });
  });

  it('remembers the parts of a recording before they are saved, for a download that ends between two', async () => {
    const item = botAnswer(answer).recordings[0]?.media.audio_mixed;
    assert.ok(item);
    media.items['recording-1'] = () => [item, { ...item, id: 'second' }];
    download = () => Promise.reject(new Error('cancelled'));
    await assert.rejects(run());
    const { parts, saved } = await records.get('bot-1');
    assert.deepEqual(
      parts.map(({ recordingId, artifactId, partNumber }) => [recordingId, artifactId, partNumber]),
      [
        ['recording-1', 'audio-1', 1],
        ['recording-1', 'second', 2],
      ],
    );
    assert.deepEqual(saved, []);
    assert.equal(store.get('bot-1')?.record.parts.length, 2);
  });

  it('forgets parts that Recall has no more, but not the numbers of those that are saved', async () => {
    const item = botAnswer(answer).recordings[0]?.media.audio_mixed;
    assert.ok(item);
    answer = { ...answer, recordings: [{ audio: null }] };
    const part = (id: string, code = 'done') => ({ ...item, id, status: { code, subCode: undefined } });
    const noted = async (): Promise<string[]> => {
      await run();
      return (await records.get('bot-1')).parts.map((found) => `${found.artifactId} ${found.partNumber}`);
    };
    media.items['recording-1'] = () => [part('a'), part('b')];
    assert.deepEqual(await noted(), ['a 1', 'b 2']);
    media.items['recording-1'] = () => [part('a', 'deleted'), part('b')];
    assert.deepEqual(await noted(), ['a 1', 'b 2']);
    await records.change('bot-1', () => ({ saved: [] }));
    media.items['recording-1'] = () => [part('b')];
    assert.deepEqual(await noted(), []);
  });

  it('does not load what is on disk, and loads again what is not any more', async () => {
    await run();
    const again = await run();
    assert.equal(requests.length, 1);
    assert.deepEqual(
      again.saved.map(({ outcome }) => outcome),
      ['alreadyThere'],
    );
    onDisk.clear();
    await run();
    assert.equal(requests.length, 2);
    assert.equal((await records.get('bot-1')).saved.length, 1);
  });

  it('notes what was saved with the account it was begun in, whatever account is in use at the end', async () => {
    const own = records;
    download = ((before) => (request) => {
      records = new BotRecords(root, 'https://eu-central-1.recall.ai', nodeStateFiles, quietLog());
      return before(request);
    })(download);
    await run();
    assert.equal((await own.get('bot-1')).saved.length, 1);
    assert.equal((await records.get('bot-1')).saved.length, 0);
  });

  it('has saved a file also when that cannot be noted', async () => {
    records.change = () => Promise.reject(new Error('no space left'));
    const { saved } = await run();
    assert.deepEqual(
      saved.map(({ outcome }) => outcome),
      ['saved'],
    );
  });

  it('stops every download at the end', async () => {
    download = ({ signal: own }) =>
      new Promise((_, reject) => {
        own.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
        downloads.dispose();
      });
    await assert.rejects(run(), /stopped/);
    assert.equal(downloads.progressOf('bot-1'), undefined);
  });

  it('asks for a new URL for each try', async () => {
    download = async (request) => {
      assert.match(await request.resolveSource(signal), /Signature=/);
      return { kind: 'saved', path: '/recordings/a.mp3', bytes: 1 };
    };
    await run();
  });

  it('takes the name that a person chose as it is', async () => {
    await run(decidedDestination({ folder: '/recordings', name: { chosen: 'Board {id}' } }));
    assert.equal(requests[0]?.name, 'Board {id}');
  });

  it('offers the name under a pattern before anything is loaded', async () => {
    const offered: string[] = [];
    const offer = deciding((nameUnder) => {
      assert.equal(requests.length, 0);
      offered.push(nameUnder('{date} {name}'));
      return Promise.resolve({ folder: '/recordings', name: { pattern: '{name}' } });
    });
    await run(offer);
    assert.match(offered[0] ?? '', /^2026-03-02 Notetaker$/);
  });

  it('still knows the platform when Recall cleared the meeting', async () => {
    store.put([botAnswer({ statuses: DONE })]);
    answer = { ...answer, meetingUrl: null };
    await run();
    assert.match(requests[0]?.name ?? '', /Zoom/);
  });

  it('tells how far it is, and that it ended, also when it failed', async () => {
    const told: (string | undefined)[] = [];
    downloads.changes((botId) => told.push(downloads.progressOf(botId)?.kind));
    const seen: string[] = [];
    download = (request) => {
      request.onProgress({ kind: 'verifying', receivedBytes: 1, totalBytes: 2 });
      return Promise.reject(new Error('the disk is full'));
    };
    const failing = run(to('{name}'), ({ kind }) => seen.push(kind));
    await assert.rejects(failing, /the disk is full/);
    assert.deepEqual(seen, ['queued', 'downloading']);
    assert.deepEqual(told, ['queued', 'downloading', undefined]);
    assert.equal(downloads.progressOf('bot-1'), undefined);
  });

  it('keeps what was saved when a later one fails', async () => {
    answer = { ...answer, recordings: [{}, {}] };
    const whole = download;
    download = (request) => (requests.length === 2 ? Promise.reject(new Error('offline')) : whole(request));
    await assert.rejects(run(), /offline/);
    assert.deepEqual(
      (await records.get('bot-1')).saved.map(({ artifactId }) => artifactId),
      ['audio-1'],
    );
  });

  it('loads once for two calls at the same time, and tells progress until both ended', async () => {
    let finish: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const whole = download;
    download = async (request) => {
      await gate;
      return whole(request);
    };
    const both = [run(), run()];
    while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    finish?.();
    const results = await Promise.all(both);
    assert.equal(requests.length, 1);
    assert.equal(results[0]?.saved[0]?.path, results[1]?.saved[0]?.path);
    assert.equal(downloads.progressOf('bot-1'), undefined);
  });

  it('does not show the progress of an MP3 for that of a video of the same bot', async () => {
    answer = { ...answer, recordings: [{ video: {} }] };
    const choosing = Promise.withResolvers<MediaDestination>();
    const asked = Promise.withResolvers<undefined>();
    const whole = download;
    download = (request) => {
      request.onProgress({ kind: 'verifying', receivedBytes: 2, totalBytes: 2 });
      return whole(request);
    };
    const video = run(
      deciding(() => {
        asked.resolve(undefined);
        return choosing.promise;
      }),
      () => undefined,
      VIDEO,
    );
    await asked.promise;
    await run();
    assert.equal(downloads.progressOf('bot-1')?.kind, 'queued');
    choosing.resolve({ folder: '/recordings', name: { pattern: '{name}' } });
    await video;
    assert.equal(downloads.progressOf('bot-1'), undefined);
  });

  it('saves videos as MP4, and notes them apart from the MP3s', async () => {
    answer = { ...answer, recordings: [{ video: {} }] };
    await run();
    const { saved } = await run(to('{name}'), () => undefined, VIDEO);
    assert.deepEqual(
      requests.map(({ file }) => file.extension),
      ['mp3', 'mp4'],
    );
    assert.match(saved[0]?.path ?? '', /Notetaker\.mp4$/);
    const record = await records.get('bot-1');
    assert.deepEqual(
      [record.saved, record.savedVideos].map((files) => files.map(({ artifactId }) => artifactId)),
      [['audio-1'], ['video-1']],
    );
    assert.deepEqual(store.get('bot-1')?.record.savedVideos, record.savedVideos);

    const again = await run(to('{name}'), () => undefined, VIDEO);
    assert.equal(again.saved[0]?.outcome, 'alreadyThere');
    assert.equal(requests.length, 2);
  });

  it('takes the parts of a video for no parts of an MP3', async () => {
    answer = { ...answer, recordings: [{ id: 'r', audio: null, video: { id: 'a' } }] };
    media.items.r = () => {
      const [shortcut] = media.bot().recordings;
      assert.ok(shortcut?.media.video_mixed);
      return [shortcut.media.video_mixed, { ...shortcut.media.video_mixed, id: 'b' }];
    };
    assert.equal((await run(to('{name}'), () => undefined, VIDEO)).saved.length, 2);
    assert.deepEqual((await records.get('bot-1')).parts, []);
  });

  it('tells the kind of media to whoever chooses the place', async () => {
    answer = { ...answer, recordings: [{ video: {} }] };
    const kinds: MediaKind[] = [];
    const place = deciding((_, kind) => {
      kinds.push(kind);
      return Promise.resolve({ folder: '/recordings', name: { chosen: 'talk' } });
    });
    await run(place);
    await run(place, () => undefined, VIDEO);
    assert.deepEqual(kinds, [MP3, VIDEO]);
  });

  it('tells why there is nothing, and asks for no folder then', async () => {
    answer = { statuses: DONE };
    const never = deciding(() => Promise.reject(new Error('asked for a folder')));
    await assert.rejects(run(never), { code: 'nothingRecorded' });
  });
});
