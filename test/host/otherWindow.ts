// Downloads as another window of VS Code would: the same engine, in a process of its own. Takes its request as JSON.
import { createDownloader, nodeFileSystem } from '../../src/download/download.ts';
import { MP3_FILE } from '../../src/download/fileFormats.ts';
import { systemClock } from '../../src/network/clock.ts';

/** What the other window is to download. */
export interface OtherWindowRequest {
  readonly url: string;
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly identity: { readonly botId: string; readonly recordingId: string; readonly artifactId: string };
}

const { url, folder, name, identity } = JSON.parse(process.argv[2] ?? '') as OtherWindowRequest;
const ignore = (): void => undefined;
const downloader = createDownloader({
  fetch: (...args) => fetch(...args),
  fs: nodeFileSystem,
  clock: systemClock,
  random: Math.random,
  log: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore },
});
await downloader.download({
  resolveSource: () => Promise.resolve(url),
  folder,
  name,
  file: MP3_FILE,
  identity,
  signal: new AbortController().signal,
  onProgress: ignore,
});
