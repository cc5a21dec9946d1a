import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeSelfSignedCertificate } from '../unit/network/certificates.ts';

/** What one run took. */
interface Run {
  readonly elapsedMs: number;
  readonly rssGrowthBytes: number;
  readonly cpuMs: number;
}

/**
 * `fetch` reads through the same `fetch` as the engine and throws every byte away: what no engine over it can pass.
 * `flushed` is curl followed by a flush of its file, since the engine's file is flushed when it gets its name.
 */
type Way = 'engine' | 'fetch' | 'curl' | 'flushed' | 'guide';
type Scheme = 'http' | 'https';

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;
/** To hold over http; https is shown for comparison. */
const TARGETS = { toCurl: 0.9, toGuide: 3.5, rssGrowthMib: 100, rssSpreadMib: 40 };

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '64,512' },
    runs: { type: 'string', default: '5' },
    schemes: { type: 'string', default: 'http,https' },
    ways: { type: 'string', default: 'engine,fetch,curl,flushed,guide' },
    /** A size in MiB that only the engine downloads, once, to see its memory; 0 for none. */
    large: { type: 'string', default: '2048' },
    folder: { type: 'string', default: tmpdir() },
  },
});

const home = await mkdtemp(join(values.folder, 'bench-download-'));
const processes: ChildProcess[] = [];
try {
  process.exitCode = (await measureAll()) ? 0 : 1;
} finally {
  for (const child of processes) child.kill();
  await rm(home, { recursive: true, force: true });
}

async function measureAll(): Promise<boolean> {
  const sizes = values.sizes.split(',').map(Number);
  const runs = Number(values.runs);
  const ways = values.ways.split(',') as Way[];
  let reached = true;
  let growth: number[] = [];
  console.log(
    [
      'Served by another process on loopback.',
      'engine   to a file that is checked and flushed to the disk',
      'fetch    the same fetch alone: every byte is thrown away',
      'curl     to a file that is not flushed',
      'flushed  curl, then a flush of its file',
      'guide    fetch, arrayBuffer() and one write; not flushed',
    ].join('\n'),
  );
  for (const scheme of values.schemes.split(',') as Scheme[]) {
    const origin = await startServer(scheme);
    for (const size of sizes) {
      const medians = await measure(origin, size, runs, ways);
      reached = print(scheme, size, runs, medians) && reached;
      if (scheme === 'http') growth.push(...growthOf(medians));
    }
    const large = Number(values.large);
    if (scheme !== 'http' || large <= 0) continue;
    const run = await downloadOnce('engine', origin, large);
    console.log(
      `${scheme} ${large} MiB, engine once: ${rate(large, run).toFixed(0)} MB/s, RSS +${mib(run)} MiB`,
    );
    growth.push(mib(run));
  }
  growth = growth.filter((value) => value > 0);
  const spread = Math.max(...growth) - Math.min(...growth);
  console.log(`RSS growth of the engine over http by size: ${growth.join(', ')} MiB, spread ${spread} MiB`);
  return reached && Math.max(...growth) <= TARGETS.rssGrowthMib && spread <= TARGETS.rssSpreadMib;
}

async function startServer(scheme: Scheme): Promise<string> {
  const args = [join(import.meta.dirname, 'downloadServer.ts')];
  if (scheme === 'https') {
    const now = Date.now();
    const pair = makeSelfSignedCertificate('localhost', new Date(now - DAY_MS), new Date(now + DAY_MS));
    await writeFile(join(home, 'key.pem'), pair.key);
    await writeFile(join(home, 'cert.pem'), pair.cert);
    args.push(join(home, 'key.pem'), join(home, 'cert.pem'));
  }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return `${scheme}://${scheme === 'https' ? 'localhost' : '127.0.0.1'}:${Number(port.toString())}`;
}

async function measure(
  origin: string,
  size: number,
  runs: number,
  ways: readonly Way[],
): Promise<ReadonlyMap<Way, Run>> {
  const all = new Map<Way, Run[]>(ways.map((way) => [way, []]));
  for (let run = 0; run < runs; run++) {
    for (const way of ways) all.get(way)?.push(await downloadOnce(way, origin, size));
  }
  return new Map([...all].map(([way, list]) => [way, medianRun(list)]));
}

async function downloadOnce(way: Way, origin: string, size: number): Promise<Run> {
  const folder = join(home, 'files');
  const url = `${origin}/${size * MIB}`;
  try {
    const isCurl = way === 'curl' || way === 'flushed';
    const run = isCurl ? await runCurl(way, url, folder) : await runClient(way, url, folder);
    if (way === 'fetch') return run;
    const { size: bytes } = await stat(join(folder, `${way}.mp3`));
    if (bytes !== size * MIB) throw new Error(`${way} wrote ${bytes} bytes`);
    return run;
  } finally {
    await rm(folder, { recursive: true, force: true });
    // Let the disk finish with this run, so that it does not slow the next one.
    await finished(spawn('sync', { stdio: 'ignore' }));
  }
}

async function runClient(way: Way, url: string, folder: string): Promise<Run> {
  const args = [join(import.meta.dirname, 'downloadClient.ts'), way, url, folder];
  const trust = url.startsWith('https:') ? { NODE_EXTRA_CA_CERTS: join(home, 'cert.pem') } : {};
  const env = { ...process.env, ...trust };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await finished(child)) as Run;
}

async function runCurl(way: 'curl' | 'flushed', url: string, folder: string): Promise<Run> {
  const file = join(folder, `${way}.mp3`);
  const curl = `curl --silent --fail --create-dirs --cacert '${join(home, 'cert.pem')}' --output '${file}' \
--write-out '%{time_total} ' '${url}'`;
  const flush = way === 'flushed' ? `sync '${file}'` : 'true';
  // Without the start of the process, which the other ways do not count either.
  const script = `TIMEFORMAT='%3U %3S'; time ${curl}; TIMEFORMAT=' %3R'; time ${flush}`;
  const child = spawn('bash', ['-c', `{ ${script}; } 2>&1`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const rss = watchPeak(child.pid ?? 0);
  const figures = (await finished(child)).trim().split(/\s+/).map(Number);
  const [transferSeconds = NaN, userSeconds = NaN, systemSeconds = NaN, flushSeconds = NaN] = figures;
  return {
    elapsedMs: (transferSeconds + flushSeconds) * 1000,
    cpuMs: (userSeconds + systemSeconds) * 1000,
    rssGrowthBytes: await rss.stop(),
  };
}

/** Looks, twenty times a second, at the peak memory of the one child of a process (Linux only, else 0). */
function watchPeak(parent: number): { stop(): Promise<number> } {
  let peak = 0;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      peak = Math.max(peak, await peakOfChild(parent));
      await sleep(50);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await watching;
      return peak;
    },
  };
}

async function peakOfChild(parent: number): Promise<number> {
  try {
    const child = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).trim();
    const status = await readFile(`/proc/${child}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended, or this is not Linux.
    return 0;
  }
}

async function finished(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`A measured process ended with ${String(code)}: ${output}`);
  return output;
}

function medianRun(runs: readonly Run[]): Run {
  return {
    elapsedMs: median(runs.map((run) => run.elapsedMs)),
    rssGrowthBytes: median(runs.map((run) => run.rssGrowthBytes)),
    cpuMs: median(runs.map((run) => run.cpuMs)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function print(scheme: Scheme, size: number, runs: number, medians: ReadonlyMap<Way, Run>): boolean {
  console.log(`\n${scheme}, ${size} MiB, median of ${runs}`);
  console.log('way       MB/s   x curl   x flushed   x guide   RSS over idle   CPU s');
  for (const [way, run] of medians) {
    console.log(
      [
        way.padEnd(8),
        rate(size, run).toFixed(0).padStart(5),
        ratio(medians, 'curl', run).padStart(8),
        ratio(medians, 'flushed', run).padStart(11),
        ratio(medians, 'guide', run).padStart(9),
        `${mib(run)} MiB`.padStart(15),
        (run.cpuMs / 1000).toFixed(2).padStart(7),
      ].join(' '),
    );
  }
  const engine = medians.get('engine');
  if (scheme !== 'http' || !engine) return true;
  const toCurl = isReached(`${TARGETS.toCurl} x curl`, times(medians.get('curl'), engine) >= TARGETS.toCurl);
  const toGuide = times(medians.get('guide'), engine) >= TARGETS.toGuide;
  return isReached(`${TARGETS.toGuide} x guide`, toGuide) && toCurl;
}

function isReached(target: string, reached: boolean): boolean {
  console.log(`to reach: ${target}: ${reached ? 'reached' : 'NOT reached'}`);
  return reached;
}

function growthOf(medians: ReadonlyMap<Way, Run>): number[] {
  const engine = medians.get('engine');
  return engine ? [mib(engine)] : [];
}

function ratio(medians: ReadonlyMap<Way, Run>, to: Way, run: Run): string {
  const other = medians.get(to);
  return other ? times(other, run).toFixed(2) : '-';
}

/** How many times as fast a run was; infinite when there is nothing to compare with. */
function times(other: Run | undefined, run: Run): number {
  return other ? other.elapsedMs / run.elapsedMs : Infinity;
}

function rate(size: number, run: Run): number {
  return (size * MIB) / 1000 / run.elapsedMs;
}

function mib(run: Run): number {
  return Math.round(run.rssGrowthBytes / MIB);
}
