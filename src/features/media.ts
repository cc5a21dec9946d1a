import * as vscode from 'vscode';
import { createDownloader, nodeFileSystem } from '../download/download.ts';
import type { DownloadFileSystem } from '../download/fileSystem.ts';
import { createTextDownloader } from '../download/textDownload.ts';
import { playLink } from '../extensionUri.ts';
import { systemProcesses } from '../download/processes.ts';
import { DownloadQueue } from '../download/queue.ts';
import { settings } from '../host/settings.ts';
import { WorkspaceTarget } from '../host/workspaceTarget.ts';
import { AwaitedDownloads } from '../media/awaitedDownloads.ts';
import { ExpiryWarnings } from '../media/expiryWarnings.ts';
import { readMediaText } from '../download/mediaText.ts';
import { LONGEST_TRANSCRIPT_BYTES } from '../media/kinds/transcript.ts';
import { MediaDownloads } from '../media/mediaDownloads.ts';
import { MediaFiles } from '../media/mediaFiles.ts';
import { OutageWaits } from '../media/outage.ts';
import { PausedDownloads } from '../media/pausedDownloads.ts';
import { PeopleLooks } from '../media/peopleLooks.ts';
import { SpokenRecordings } from '../media/spokenRecordings.ts';
import { RecordingDetails } from '../media/recordingDetails.ts';
import { ResumeOffers } from '../media/resumeOffers.ts';
import { isOnDisk, stillOnDisk } from '../media/savedFiles.ts';
import { nodeStateFiles } from '../state/stateFiles.ts';
import type { AccountFeature } from './account.ts';
import type { BotsFeature } from './bots.ts';
import type { Foundation } from './foundation.ts';

/** A list of a thousand people has some hundred KB. */
const LONGEST_LIST_BYTES = 5_000_000;

/** The media of bots on their way to disk, and there. */
export interface MediaFeature {
  /** Where files are written. */
  readonly fs: DownloadFileSystem;
  readonly downloads: MediaDownloads;
  readonly target: WorkspaceTarget;
  readonly paused: PausedDownloads;
  readonly resumeOffers: ResumeOffers;
  readonly expiryWarnings: ExpiryWarnings;
  readonly people: PeopleLooks;
  readonly spoken: SpokenRecordings;
  readonly details: RecordingDetails;
  /** A link that plays a recording from a second on. */
  readonly playLink: (recordingId: string, seconds: number) => string;
}

/** Sets it up. */
export function addMedia(
  { context, owned, log, clock, random, fetch, sharedFolder }: Foundation,
  { api, recallClock, signs }: AccountFeature,
  { store, records }: BotsFeature,
): MediaFeature {
  const fs = nodeFileSystem;
  const downloader = createDownloader({ fetch, fs, clock, random, log, signs });
  const target = new WorkspaceTarget(context.workspaceState, fs);
  const textsUpTo =
    (maxBytes: number) =>
    (url: string, signal: AbortSignal): Promise<string> =>
      readMediaText({ fetch, clock, log }, { url, maxBytes, signal });
  const people = owned.add(
    new PeopleLooks({
      ...{ store, records, clock, log },
      client: api.watchClient,
      read: textsUpTo(LONGEST_LIST_BYTES),
    }),
  );
  const outages = new OutageWaits({ clock, random, signs, log });
  const defaultBotName = (): string => settings.botName();
  const playFrom = (recordingId: string, seconds: number): string =>
    playLink(`${vscode.env.uriScheme}://${context.extension.id}`, recordingId, seconds);
  return {
    ...{ fs, target, people, playLink: playFrom },
    details: new RecordingDetails({
      ...{ client: api.client, store, records, outages, log },
      naming: { fs, clock },
      lookForPeople: (botId) => people.look(botId),
      read: textsUpTo(LONGEST_LIST_BYTES),
    }),
    spoken: new SpokenRecordings({
      ...{ client: api.client, clock: recallClock, store, records },
      read: textsUpTo(LONGEST_TRANSCRIPT_BYTES),
    }),
    downloads: owned.add(
      new MediaDownloads({
        ...{ store, records, log },
        files: new MediaFiles({
          ...{ store, downloader, defaultBotName },
          textDownloader: createTextDownloader({ fetch, fs, clock, random, log }),
          lookForPeople: (botId) => people.lookBriefly(botId),
          playLink: playFrom,
        }),
        client: api.client,
        clientWithoutRetries: api.watchClient,
        clock: recallClock,
        queue: new DownloadQueue(),
        outages,
        awaited: new AwaitedDownloads({ processes: systemProcesses, log }),
        isOnDisk,
        origin: () => settings.apiOrigin(),
        defaultBotName,
      }),
    ),
    paused: new PausedDownloads({
      ...{ fs, log },
      folders: () => target.downloadFolders(),
      discardPart: (unfinished) => downloader.discard(unfinished),
    }),
    resumeOffers: new ResumeOffers({
      ...{ folder: sharedFolder, files: nodeStateFiles, processes: systemProcesses },
      session: vscode.env.sessionId,
    }),
    expiryWarnings: owned.add(new ExpiryWarnings({ records, stillOnDisk, clock: recallClock, log })),
  };
}
