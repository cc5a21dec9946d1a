import { join } from 'node:path';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { createDownloader, nodeFileSystem } from '../../../src/download/download.ts';
import { readMediaText } from '../../../src/download/mediaText.ts';
import { systemProcesses } from '../../../src/download/processes.ts';
import { DownloadQueue } from '../../../src/download/queue.ts';
import { createTextDownloader } from '../../../src/download/textDownload.ts';
import { AwaitedDownloads } from '../../../src/media/awaitedDownloads.ts';
import { decidedDestination } from '../../../src/media/destination.ts';
import type { MediaKind } from '../../../src/media/kinds/kind.ts';
import { MediaDownloads } from '../../../src/media/mediaDownloads.ts';
import type { BotDownloadResult } from '../../../src/media/mediaDownloads.ts';
import { MediaFiles } from '../../../src/media/mediaFiles.ts';
import { OutageWaits } from '../../../src/media/outage.ts';
import { PausedDownloads } from '../../../src/media/pausedDownloads.ts';
import { PeopleLooks } from '../../../src/media/peopleLooks.ts';
import { isOnDisk } from '../../../src/media/savedFiles.ts';
import { systemClock } from '../../../src/network/clock.ts';
import { noSigns } from '../../../src/network/signs.ts';
import { RecallClient } from '../../../src/recall/client.ts';
import { ApiReachability } from '../../../src/recall/reachability.ts';
import { ServerTime } from '../../../src/recall/serverTime.ts';
import { ApiTransport } from '../../../src/recall/transport.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { quietLog } from '../bots/quietLog.ts';
import { createTestClock } from '../network/testClock.ts';

const KEY = 'canary0key0A1b2C3d4E5f6G7h8I9j0';

/** What brings media to disk in a window that begins with what is on disk, over a simulator. */
export interface MediaWindow {
  readonly client: RecallClient;
  readonly store: BotStore;
  readonly records: BotRecords;
  readonly downloads: MediaDownloads;
  readonly paused: PausedDownloads;
  /** Where files go. */
  readonly media: string;
  readonly download: (kind: MediaKind, botId: string, signal?: AbortSignal) => Promise<BotDownloadResult>;
}

/**
 * Opens it.
 *
 * @param folder where it keeps its state, and its media
 * @param pattern of file names
 */
export function openMediaWindow(simulator: Simulator, folder: string, pattern = '{name}'): MediaWindow {
  const log = quietLog();
  // The simulator's time goes on by itself.
  const clock = systemClock;
  const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
  const random = (): number => 0;
  const transport = new ApiTransport({
    ...{ fetch, clock, random, log },
    ...{ reachability: new ApiReachability(), serverTime: new ServerTime(), userAgent: 'test' },
  });
  const access = () => Promise.resolve({ origin: simulator.apiOrigin, key: KEY });
  const client = new RecallClient({ transport, access, clock, randomUuid: () => 'uuid', log });
  const store = new BotStore();
  const records = new BotRecords(join(folder, 'state'), simulator.apiOrigin, nodeStateFiles, log);
  const media = join(folder, 'media');
  const people = new PeopleLooks({
    ...{ client, store, clock, log },
    records: () => records,
    read: (url, signal) => readMediaText({ fetch, clock, log }, { url, maxBytes: 1_000_000, signal }),
  });
  const downloads = new MediaDownloads({
    ...{ client, clientWithoutRetries: client, clock, store, log, isOnDisk },
    files: new MediaFiles({
      store,
      downloader: createDownloader({ fetch, fs: nodeFileSystem, clock, random, log }),
      textDownloader: createTextDownloader({
        ...{ fetch, fs: nodeFileSystem, random, log },
        clock: createTestClock(),
      }),
      defaultBotName: () => 'Meeting Notetaker',
      lookForPeople: (botId) => people.lookBriefly(botId),
      playLink: (recordingId, seconds) => `play:${recordingId}/${seconds}`,
    }),
    queue: new DownloadQueue(),
    records: () => records,
    outages: new OutageWaits({ clock, random, signs: noSigns, log }),
    awaited: new AwaitedDownloads({ processes: systemProcesses, log }),
    origin: () => simulator.apiOrigin,
    defaultBotName: () => 'Meeting Notetaker',
  });
  const paused = new PausedDownloads({
    ...{ fs: nodeFileSystem, log },
    folders: () => Promise.resolve([media]),
    discardPart: () => Promise.reject(new Error('nobody asked for it')),
  });
  return {
    ...{ client, store, records, downloads, paused, media },
    download: (kind, botId, signal = new AbortController().signal) =>
      downloads.download({ kind, botId }, decidedDestination({ folder: media, name: { pattern } }), {
        signal,
        outage: 'tell',
      }),
  };
}
