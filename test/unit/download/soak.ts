import assert from 'node:assert/strict';
import { readdir, readlink, rm } from 'node:fs/promises';
import fc from 'fast-check';
import type { DownloadFileSystem } from '../../../src/download/download.ts';
import { DownloadError } from '../../../src/download/errors.ts';
import { makeAudio, md5Etag, withHandles, Workbench } from './workbench.ts';
import {
  type Play,
  resetAtOnce,
  serve,
  type ServeOptions,
  silence,
  status,
  xmlError,
} from './mediaServer.ts';

/** What goes wrong with one answer, or on the disk or at the keyboard while it is given. */
type Fault =
  | { readonly kind: 'resetAtOnce' | 'silence' | 'expired' | 'gone' | 'tokenEnded' }
  | { readonly kind: 'page' | 'empty' | 'redirect' | 'precondition' | 'wrongRange' | 'noRanges' }
  | { readonly kind: 'status'; readonly code: number }
  | { readonly kind: 'cut'; readonly at: number; readonly then: 'reset' | 'end' | 'stall' }
  | { readonly kind: 'chunked'; readonly at: number; readonly whole: boolean }
  | { readonly kind: 'diskFull'; readonly at: number }
  | { readonly kind: 'cancel'; readonly at: number };

interface Scenario {
  readonly size: number;
  readonly seed: number;
  readonly etag: 'md5' | 'strong' | 'weak' | 'none';
  readonly faults: readonly Fault[];
}

/** How a soak is run. */
export interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  /** Of a failing case, to run just that. */
  readonly path?: string;
}

const RSS_GROWTH_BYTES = 80 * 1024 * 1024;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('cut' as const),
      at: share,
      then: fc.constantFrom('reset', 'end', 'stall'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('diskFull' as const), at: share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), at: share }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('chunked' as const), at: share, whole: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      code: fc.constantFrom(408, 425, 429, 500, 502, 503, 504),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'resetAtOnce',
        'silence',
        'expired',
        'gone',
        'tokenEnded',
        'page',
        'empty',
        'redirect',
        'precondition',
        'wrongRange',
        'noRanges',
      ),
    }),
  },
);
const scenario: fc.Arbitrary<Scenario> = fc.record({
  size: fc.oneof(fc.integer({ min: 4, max: 200_000 }), fc.integer({ min: 200_000, max: 2_000_000 })),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  etag: fc.constantFrom('md5', 'strong', 'weak', 'none'),
  faults: fc.array(fault, { maxLength: 6 }),
});

/**
 * Downloads many files of random sizes under random faults, one after the other, each until it is there, and asserts
 * that each has the right bytes, that nothing else is left, and that neither open files nor memory pile up.
 *
 * @throws what fast-check reports of the smallest failing case, with the seed and the path to run it again
 */
export async function soak({ runs, seed, path }: SoakOptions): Promise<void> {
  const bench = await Workbench.open();
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => {
    rejections.push(reason);
  };
  process.on('unhandledRejection', onRejection);
  const rss: number[] = [];
  try {
    const property = fc.asyncProperty(scenario, async (one) => {
      await downloadOnce(bench, one);
      rss.push(process.memoryUsage.rss());
    });
    await fc.assert(property, {
      numRuns: runs,
      seed,
      endOnFailure: true,
      ...(path !== undefined && { path }),
    });
    // Fetch keeps connections that ended well for the next request, but not one for each download.
    assert.ok(bench.server.openConnections() <= 4, `${bench.server.openConnections()} connections are open`);
    assert.deepEqual(rejections, []);
    assert.deepEqual(await openFilesIn(bench.folder), []);
    assertFlat(rss);
  } finally {
    process.off('unhandledRejection', onRejection);
    await bench.close();
  }
}

/** Behaves as a person would: when a download fails, starts it again, each time in a new window. */
async function downloadOnce(bench: Workbench, { size, seed, etag, faults }: Scenario): Promise<void> {
  const content = makeAudio(size, seed);
  const options = etagOptions(etag, content);
  const pending = [...faults];
  bench.reports.length = 0;
  bench.logged.length = 0;
  let cancel: () => void = () => undefined;
  let capacity = Infinity;
  bench.server.play(async (socket, request, server) => {
    const next = pending.shift();
    if (next?.kind === 'diskFull') capacity = Math.floor(next.at * size);
    if (next?.kind === 'cancel') setTimeout(cancel, next.at * 10);
    await playOf(next, content, options)(socket, request, server);
  });
  const fs = fullAt(() => capacity);
  for (let windows = 0; windows <= faults.length + 1; windows++) {
    const controller = new AbortController();
    cancel = () => {
      controller.abort();
    };
    const engine = bench.engine({ fs, limits: { headerTimeoutMs: 60, idleTimeoutMs: 60 } });
    try {
      await bench.download({ signal: controller.signal }, engine);
      break;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      capacity = Infinity;
    }
  }
  await bench.assertOnly(content);
  await rm(bench.path());
}

function etagOptions(etag: Scenario['etag'], content: Buffer): ServeOptions {
  switch (etag) {
    case 'md5':
      return { etag: md5Etag(content) };
    case 'strong':
      return { etag: '"strong"' };
    case 'weak':
      return { etag: 'W/"weak"' };
    case 'none':
      return { etag: null, lastModified: null };
  }
}

function playOf(next: Fault | undefined, content: Buffer, options: ServeOptions): Play {
  const whole = serve(content, options);
  switch (next?.kind) {
    case undefined:
    case 'diskFull':
    case 'cancel':
      return whole;
    case 'resetAtOnce':
      return resetAtOnce;
    case 'silence':
      return silence;
    case 'expired':
      return xmlError(403, 'AccessDenied');
    case 'gone':
      return xmlError(404, 'NoSuchKey');
    case 'tokenEnded':
      return xmlError(400, 'ExpiredToken');
    case 'page':
      return status(200, '<html></html>', { 'Content-Type': 'audio/mpeg' });
    case 'empty':
      return serve(Buffer.alloc(0), options);
    case 'redirect':
      return status(302, '', { Location: '/elsewhere' });
    case 'precondition':
      return async (socket, request, server) => {
        await (request.start > 0 ? status(412) : whole)(socket, request, server);
      };
    case 'wrongRange':
      return serve(content, { ...options, headers: { 'Content-Range': 'bytes 1-2/3' } });
    case 'noRanges':
      return serve(content, { ...options, ranges: false });
    case 'status':
      return status(next.code, 'Later', { 'Retry-After': '1' });
    case 'cut':
      return serve(content, { ...options, bytes: Math.floor(next.at * content.length), then: next.then });
    case 'chunked': {
      const bytes = Math.floor(next.at * content.length);
      return serve(
        content,
        next.whole ? { ...options, chunked: true } : { ...options, chunked: 'cut', bytes, then: 'end' },
      );
    }
  }
}

function fullAt(capacity: () => number): DownloadFileSystem {
  return withHandles((handle) => ({
    ...handle,
    writev: (buffers, position) => {
      const bytes = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
      if (position + bytes <= capacity()) return handle.writev(buffers, position);
      return Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' }));
    },
  }));
}

/** The files of a folder that this process has open; none where the system does not say. */
async function openFilesIn(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const open: string[] = [];
  for (const descriptor of await readdir('/proc/self/fd')) {
    const path = await readlink(`/proc/self/fd/${descriptor}`).catch(() => 'closed meanwhile');
    if (path.startsWith(folder)) open.push(path);
  }
  return open;
}

/** The last fifth of a long run may not need much more than the second. */
function assertFlat(rss: readonly number[]): void {
  if (rss.length < 100) return;
  const fifth = Math.floor(rss.length / 5);
  const early = Math.max(...rss.slice(fifth, 2 * fifth));
  const late = Math.max(...rss.slice(-fifth));
  assert.ok(late - early <= RSS_GROWTH_BYTES, `memory grew by ${late - early} bytes`);
}
