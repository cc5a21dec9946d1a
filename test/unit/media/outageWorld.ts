import { filesOver } from './filesOver.ts';
import { AwaitedDownloads } from '../../../src/media/awaitedDownloads.ts';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { decidedDestination } from '../../../src/media/destination.ts';
import { MediaDownloads } from '../../../src/media/mediaDownloads.ts';
import type { BotDownloadProgress, BotDownloadResult } from '../../../src/media/mediaDownloads.ts';
import { OutageWaits } from '../../../src/media/outage.ts';
import { createDownloader } from '../../../src/download/download.ts';
import type { ProcessIdentity, ProcessTable } from '../../../src/download/processes.ts';
import { DownloadQueue } from '../../../src/download/queue.ts';
import { RecallClient } from '../../../src/recall/client.ts';
import { ServerTime } from '../../../src/recall/serverTime.ts';
import { ApiReachability } from '../../../src/recall/reachability.ts';
import { ApiTransport } from '../../../src/recall/transport.ts';
import type { ApiLimits } from '../../../src/recall/transport.ts';
import { ChangeSource } from '../../../src/state/changes.ts';
import { MemoryDisk } from '../download/memoryDisk.ts';
import { makeAudio } from '../download/workbench.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock, rest } from '../bots/virtualClock.ts';
import { MP3 } from '../../../src/media/kinds/mp3.ts';

/** When the world begins, in ms since the epoch. */
export const START = Date.parse('2026-03-02T09:00:00Z');

/** Where the MP3s go. */
export const FOLDER = '/workspace/recordings';

const API = 'https://us-west-2.recall.ai';
const STORE = 'https://media.example.com';
const AUDIO = makeAudio(3_000_000);
const CHUNK = 500_000;

/** What a server does: nothing comes of a connection, or an answer does. */
type Trouble = () => Promise<Response>;

/** A span of time in which a server is away. Times in ms after the start. */
export interface Outage {
  readonly of: 'api' | 'store';
  readonly from: number;
  readonly to: number;
  readonly as: Trouble;
}

/** The ways in which something is away. */
export const TROUBLES = {
  refused: () => fails('ECONNREFUSED'),
  closed: () => fails('UND_ERR_SOCKET'),
  reset: () => fails('ECONNRESET'),
  unresolved: () => fails('ENOTFOUND'),
  'without network': () => fails('ENETUNREACH'),
  'without proxy': () => Promise.reject(new TypeError('Proxy response (502) !== 200 when HTTP Tunneling')),
  'in trouble (503)': () => Promise.resolve(new Response('', { status: 503 })),
  'too busy (429)': () =>
    Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '20' } })),
} satisfies Record<string, Trouble>;

function fails(code: string): Promise<Response> {
  return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
}

/** One or more windows with a real engine and a real client, over servers that can be away, on a simulated clock. */
export class OutageWorld {
  readonly clock = new VirtualClock(START, 2);
  readonly disk = new MemoryDisk();
  readonly files = new MemoryFiles();
  outages: readonly Outage[] = [];
  /** For how long a pre-signed URL is good, in ms. */
  urlLifeMs = 6 * 60 * 60_000;
  /** When requests were made, in ms after the start. */
  readonly asked: Record<'api' | 'store', number[]> = { api: [], store: [] };
  /** Processes that have ended. */
  readonly deadPids = new Set<number>();
  #pids = 100;

  /** Milliseconds since the start. */
  get at(): number {
    return this.clock.now() - START;
  }

  /** Another window, in a process of its own. */
  openWindow(): OutageWindow {
    return new OutageWindow(this, ++this.#pids);
  }

  /** Whether the bot's MP3 is there, and whole. */
  isSaved(botId: string): boolean {
    return this.disk.contentOf(`${FOLDER}/${botId}.mp3`)?.equals(AUDIO) === true;
  }

  /** Moves on by a second at a time until the MP3 is there. @returns when it was, in ms after the start */
  async untilSaved(botId: string, latest: number): Promise<number> {
    while (!this.isSaved(botId) && this.at < latest) await this.clock.advance(1_000);
    return this.at;
  }

  /** The processes, as the one with this number sees them. */
  processes(pid: number): ProcessTable {
    const identity = (of: number): ProcessIdentity => ({ host: 'here', boot: 'b', pid: of, start: 's' });
    return {
      self: () => Promise.resolve(identity(pid)),
      look: (other) => Promise.resolve(this.deadPids.has(other.pid) ? 'dead' : 'alive'),
    };
  }

  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input.toString());
    const place = url.origin === API ? 'api' : 'store';
    this.asked[place].push(this.at);
    const outage = this.outages.find(({ of, from, to }) => of === place && this.at >= from && this.at < to);
    if (outage) return outage.as();
    return Promise.resolve(
      place === 'api' ? this.#answer(url) : this.#media(url, new Headers(init?.headers)),
    );
  };

  #answer(url: URL): Response {
    const [, botId] = /^\/api\/v1\/bot\/([^/]+)\/$/.exec(url.pathname) ?? [];
    if (botId !== undefined) return json(this.#bot(botId));
    const item = this.#audio(url.searchParams.get('recording_id') ?? url.pathname.split('/').at(-2) ?? '');
    return json(url.searchParams.has('recording_id') ? { results: [item], next: null } : item);
  }

  #bot(botId: string): unknown {
    const at = new Date(START - 60_000).toISOString();
    return {
      id: botId,
      bot_name: 'Notetaker',
      meeting_url: { platform: 'zoom', meeting_id: '1' },
      recording_config: { audio_mixed_mp3: {} },
      status_changes: [{ code: 'done', created_at: at }],
      recordings: [
        { id: botId, status: { code: 'done' }, media_shortcuts: { audio_mixed: this.#audio(botId) } },
      ],
    };
  }

  #audio(id: string): unknown {
    const expires = Math.round((this.clock.now() + this.urlLifeMs) / 1000);
    return {
      id,
      format: 'mp3',
      status: { code: 'done' },
      data: { download_url: `${STORE}/${id}.mp3?Expires=${expires}&Signature=x` },
    };
  }

  #media(url: URL, headers: Headers): Response {
    if (Number(url.searchParams.get('Expires')) * 1000 < this.clock.now())
      return new Response('', { status: 403 });
    const from = Number(/^bytes=(\d+)-$/.exec(headers.get('range') ?? '')?.[1] ?? 0);
    return new Response(this.#body(from), {
      status: from > 0 ? 206 : 200,
      headers: {
        'content-type': 'audio/mpeg',
        'content-length': String(AUDIO.length - from),
        etag: '"one"',
        ...(from > 0 ? { 'content-range': `bytes ${from}-${AUDIO.length - 1}/${AUDIO.length}` } : {}),
      },
    });
  }

  /** A chunk every ten seconds, until the store goes away. */
  #body(from: number): ReadableStream<Uint8Array> {
    let sent = from;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await this.clock.sleep(10_000);
        if (
          this.outages.some(
            (outage) => outage.of === 'store' && this.at >= outage.from && this.at < outage.to,
          )
        ) {
          controller.error(
            new TypeError('terminated', { cause: Object.assign(new Error(), { code: 'UND_ERR_SOCKET' }) }),
          );
          return;
        }
        const end = Math.min(sent + CHUNK, AUDIO.length);
        controller.enqueue(AUDIO.subarray(sent, end));
        sent = end;
        if (sent === AUDIO.length) controller.close();
      },
    });
  }
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
}

function standingOf(progress: BotDownloadProgress): OutageWindow['seen'][number] {
  if (progress.kind === 'waitingForConnection') return 'waiting';
  if (progress.kind !== 'downloading') return progress.kind;
  return progress.progress.kind === 'waiting' ? 'waiting' : 'loading';
}

/** A VS Code window, as far as downloads go. */
export class OutageWindow {
  readonly downloads: MediaDownloads;
  readonly focus = new ChangeSource<undefined>();
  /** How the downloads stood, one after the other. */
  readonly seen: ('queued' | 'waitingForRecall' | 'waiting' | 'loading')[] = [];
  readonly #world: OutageWorld;
  readonly #pid: number;

  constructor(world: OutageWorld, pid: number) {
    this.#world = world;
    this.#pid = pid;
    const { clock, disk, fetch } = world;
    const log = quietLog();
    const random = (): number => 0.9;
    const reachability = new ApiReachability();
    const serverTime = new ServerTime();
    const signs = (listener: () => void) => {
      const subscriptions = [reachability.back(listener), this.focus.changes(listener)];
      return {
        dispose: () => {
          for (const subscription of subscriptions) subscription.dispose();
        },
      };
    };
    const access = (): Promise<{ origin: string; key: string }> =>
      Promise.resolve({ origin: API, key: 'key' });
    const clientWith = (limits: Partial<ApiLimits>): RecallClient => {
      const userAgent = 'test';
      const transport = new ApiTransport({
        fetch,
        clock,
        random,
        log,
        reachability,
        serverTime,
        userAgent,
        limits,
      });
      return new RecallClient({ transport, access, clock, randomUuid: () => 'uuid', log });
    };
    const processes = world.processes(pid);
    const store = new BotStore();
    this.downloads = new MediaDownloads({
      client: clientWith({}),
      clientWithoutRetries: clientWith({ maxRetries: 0 }),
      clock,
      files: filesOver(store, createDownloader({ fetch, fs: disk, clock, random, log, signs, processes })),
      queue: new DownloadQueue(),
      store,
      records: () => new BotRecords('/storage', API, world.files, log),
      isOnDisk: ({ path, bytes }) => Promise.resolve(disk.contentOf(path)?.length === bytes),
      outages: new OutageWaits({ clock, random, signs, log }),
      awaited: new AwaitedDownloads({ processes, log }),
      origin: () => API,

      defaultBotName: () => 'Meeting Notetaker',
      log,
    });
  }

  /** Begins a download that nobody stands before. */
  begin(botId: string, signal = new AbortController().signal): Promise<BotDownloadResult> {
    return this.downloads.download(
      { kind: MP3, botId },
      decidedDestination({ folder: FOLDER, name: { pattern: botId } }),
      {
        signal,
        outage: 'sitOut',
        onProgress: (progress) => {
          const standing = standingOf(progress);
          if (this.seen.at(-1) !== standing) this.seen.push(standing);
        },
      },
    );
  }

  /** Goes on with what closed windows began, as a new window does. @returns how many downloads that are */
  async goOn(): Promise<number> {
    const taken = await this.downloads.takeOver();
    for (const { wanted } of taken) void this.begin(wanted.botId);
    return taken.length;
  }

  /** Closes the window; its process ends. */
  async close(): Promise<void> {
    this.downloads.dispose();
    await rest(20);
    this.#world.deadPids.add(this.#pid);
  }
}
