import { existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createDownloader, nodeFileSystem } from '../../../src/download/download.ts';
import { MP3_FILE } from '../../../src/download/fileFormats.ts';
import { systemClock } from '../../../src/network/clock.ts';

/**
 * Downloads one file after the other and then waits to be killed. Arguments: the media store's origin, the folder, how
 * many files, and a file that holds, at place N, how many bytes of file N had arrived: it is written at once, so that
 * whoever kills this process can see how much that cost.
 */
const [origin = '', folder = '', count = '0', counterFile = '', batchBytes = '0'] = process.argv.slice(2);
const counter = openSync(counterFile, 'r+');
const silent = (): void => undefined;
const downloader = createDownloader({
  fetch: globalThis.fetch,
  fs: nodeFileSystem,
  clock: systemClock,
  random: Math.random,
  log: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  limits: { batchBytes: Number(batchBytes), writeBytes: Number(batchBytes) / 4, progressIntervalMs: 0 },
});

// Loads fetch, so that the first kill does not only ever hit that.
await fetch('data:,');
console.log('ready');
for (let number = 0; number < Number(count); number++) {
  const path = join(folder, `file ${number}.mp3`);
  if (existsSync(path) && !existsSync(`${path}.part.json`)) continue;
  await downloader.download({
    resolveSource: () => Promise.resolve(`${origin}/${number}`),
    folder,
    name: `file ${number}`,
    file: MP3_FILE,
    identity: { botId: String(number), recordingId: 'r', artifactId: 'a' },
    signal: new AbortController().signal,
    onProgress: ({ receivedBytes }) => {
      writeSync(counter, Float64Array.of(receivedBytes), 0, 8, number * 8);
    },
  });
}

console.log('done');
setInterval(silent, 60_000);
