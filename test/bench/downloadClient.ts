import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDownloader, nodeFileSystem } from '../../src/download/download.ts';
import { MP3_FILE } from '../../src/download/fileFormats.ts';
import { systemClock } from '../../src/network/clock.ts';

/**
 * Downloads one file in a process of its own and prints what it took as JSON. Arguments: the way (`engine`,
 * `fetch` or `guide`), the URL, the folder. A megabyte comes first, so that loading fetch is not part of what is measured.
 */
const [way = '', address = '', folder = ''] = process.argv.slice(2);
const WARM_UP_BYTES = 1024 * 1024;

await mkdir(folder, { recursive: true });
await download(address.replace(/\/\d+$/, `/${WARM_UP_BYTES}`), 'warm');
const idle = process.resourceUsage();
const idleRss = process.memoryUsage.rss();
const started = performance.now();
await download(address, way);
const elapsedMs = performance.now() - started;
const used = process.resourceUsage();
console.log(
  JSON.stringify({
    elapsedMs,
    rssGrowthBytes: Math.max(0, used.maxRSS * 1024 - idleRss),
    cpuMs: (used.userCPUTime + used.systemCPUTime - idle.userCPUTime - idle.systemCPUTime) / 1000,
  }),
);

async function download(url: string, name: string): Promise<void> {
  if (way === 'guide') await asTheGuideDoes(url, join(folder, `${name}.mp3`));
  else if (way === 'fetch') await throwAway(url);
  else await withTheEngine(url, name);
}

async function asTheGuideDoes(url: string, path: string): Promise<void> {
  const response = await fetch(url);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
}

async function throwAway(url: string): Promise<void> {
  const reader = ((await fetch(url)).body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  // The engine gives the memory of each chunk back at once, too.
  for (let read = await reader.read(); !read.done; read = await reader.read()) read.value.buffer.transfer(0);
}

async function withTheEngine(url: string, name: string): Promise<void> {
  const silent = (): void => undefined;
  const downloader = createDownloader({
    fetch: globalThis.fetch,
    fs: nodeFileSystem,
    clock: systemClock,
    random: Math.random,
    log: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
  await downloader.download({
    resolveSource: () => Promise.resolve(url),
    folder,
    name,
    file: MP3_FILE,
    identity: { botId: name, recordingId: name, artifactId: name },
    signal: new AbortController().signal,
    onProgress: silent,
  });
}
