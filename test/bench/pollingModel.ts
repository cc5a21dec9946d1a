import { BotList } from '../../src/bots/botList.ts';
import { BotRecords } from '../../src/bots/botRecords.ts';
import { SightFiles } from '../../src/following/sightFiles.ts';
import { BotStore } from '../../src/bots/botStore.ts';
import type { StateFileSystem } from '../../src/state/stateFiles.ts';
import { WatchedBots } from '../../src/following/watchedBots.ts';
import { BotWatcher } from '../../src/following/watcher.ts';
import type { WatchHealth } from '../../src/following/health.ts';
import type { WatcherLimits } from '../../src/following/pace.ts';
import type { WatchClient } from '../../src/following/rounds.ts';
import { WatchLease } from '../../src/following/lease.ts';
import type { Clock } from '../../src/network/clock.ts';
import type { Log } from '../../src/network/log.ts';
import { noSigns } from '../../src/network/signs.ts';
import type { Signs } from '../../src/network/signs.ts';
import { readBot } from '../../src/recall/bot.ts';
import type { MediaWord, Bot, MediaItem, Page } from '../../src/recall/bot.ts';
import type { BotFilter } from '../../src/recall/client.ts';
import { RecallError } from '../../src/recall/errors.ts';

/** One step on a bot's way. `at` in ms since the epoch. */
export interface ModelStatus {
  readonly at: number;
  readonly code: string;
  readonly subCode?: string;
}

/** A bot of the modelled account: everything that will happen to it, laid out ahead. Times in ms since the epoch. */
export interface ModelBot {
  readonly id: string;
  readonly statuses: readonly ModelStatus[];
  readonly joinAt?: number;
  /** When each mixed audio item is done; no recording when left out. */
  readonly audioDoneAt?: readonly number[];
  /** What the items become in the end: `done` when left out. */
  readonly audioEndsAs?: 'done' | 'failed';
  /** The items are told in their own list only, as older versions of the API do. */
  readonly withoutShortcut?: boolean;
  /** From then on the API does not know the bot. */
  readonly deletedAt?: number;
  readonly sentFromHere?: boolean;
}

/** A request that the model was asked. */
export interface ModelRequest {
  readonly at: number;
  readonly kind: 'list' | 'bot' | 'audioList' | 'audio';
  readonly id: string;
}

const PAGE_SIZE = 100;

/** The Recall API as far as following bots needs it, on a clock of its own and without a socket. */
export class ModelApi {
  readonly bots = new Map<string, ModelBot>();
  readonly requests: ModelRequest[] = [];
  readonly clock: Clock;
  /** Time that an answer takes, in ms. */
  latencyMs = 0;
  /** Answers come even after the one who asked gave up. */
  ignoresAbort = false;
  /** What a request fails with, maybe only after a while; undefined when it is answered. */
  fault: (
    request: ModelRequest,
    signal: AbortSignal | undefined,
  ) => Error | undefined | Promise<Error | undefined> = () => undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A client of this API. */
  client(): WatchClient {
    return {
      listBots: (filter, next, signal) => this.#answer('list', '', () => this.#page(filter, next), signal),
      getBot: (botId, signal) => this.#answer('bot', botId, () => this.bot(botId), signal),
      listMedia: (word, recordingId, signal) =>
        this.#answer('audioList', recordingId, () => this.#items(word, recordingId), signal),
      getMediaItem: (_kind, id, signal) => this.#answer('audio', id, () => this.#item(id), signal),
    };
  }

  /** The bot as the API tells it now. Throws RecallError `notFound`. */
  bot(botId: string): Bot {
    const model = this.bots.get(botId);
    const now = this.clock.now();
    if (!model || now >= (model.deletedAt ?? Number.POSITIVE_INFINITY)) throw notFound();
    const bot = readBot(this.#json(model, now));
    if (!bot) throw new Error('The model made an unreadable bot');
    return bot;
  }

  async #answer<T>(
    kind: ModelRequest['kind'],
    id: string,
    answer: () => T,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const request = { at: this.clock.now(), kind, id };
    this.requests.push(request);
    const fault = await this.fault(request, signal);
    if (fault) throw fault;
    const given = answer();
    if (this.latencyMs > 0) await this.clock.sleep(this.latencyMs, this.ignoresAbort ? undefined : signal);
    return given;
  }

  #page(filter: BotFilter, next: string | undefined): Page<Bot> {
    const now = this.clock.now();
    const matching = [...this.bots.values()].filter(
      (model) =>
        now < (model.deletedAt ?? Number.POSITIVE_INFINITY) &&
        (!filter.sentFromHere || model.sentFromHere !== false) &&
        (!filter.statuses || filter.statuses.includes(newestOf(model, now)?.code ?? '')),
    );
    const start = next === undefined ? 0 : Number(next);
    const end = start + PAGE_SIZE;
    return {
      items: matching.slice(start, end).map((model) => this.bot(model.id)),
      next: end < matching.length ? String(end) : undefined,
      total: matching.length,
    };
  }

  #items(_kind: MediaWord, recordingId: string): MediaItem[] {
    const botId = recordingId.replace(/^recording-/, '');
    const model = this.bots.get(botId);
    if (!model?.audioDoneAt) throw notFound();
    return model.audioDoneAt.map((_, part) => this.#item(`audio-${part}-${botId}`));
  }

  #item(id: string): MediaItem {
    const [, part, botId] = /^audio-(\d+)-(.*)$/.exec(id) ?? [];
    const model = this.bots.get(botId ?? '');
    const doneAt = model?.audioDoneAt?.[Number(part)];
    if (doneAt === undefined) throw notFound();
    const code = this.clock.now() >= doneAt ? (model?.audioEndsAs ?? 'done') : 'processing';
    return {
      id,
      createdAt: undefined,
      status: { code, subCode: undefined },
      format: 'mp3',
      downloadUrl: code === 'done' ? `https://media.example.com/${id}?Signature=secret` : undefined,
    };
  }

  #json(model: ModelBot, now: number): unknown {
    const newest = newestOf(model, now)?.code;
    const past = model.statuses.filter(({ at }) => at <= now);
    const hasRecording = model.audioDoneAt && past.some(({ code }) => code === 'in_call_recording');
    const item = hasRecording ? this.#item(`audio-0-${model.id}`) : undefined;
    return {
      id: model.id,
      meeting_url: { platform: 'zoom', meeting_id: model.id },
      bot_name: 'Notetaker',
      join_at: newest === undefined && model.joinAt !== undefined ? iso(model.joinAt) : null,
      recording_config: { audio_mixed_mp3: {} },
      status_changes: past.map(({ at, code, subCode }) => ({
        code,
        sub_code: subCode ?? null,
        created_at: iso(at),
      })),
      recordings: item
        ? [
            {
              id: `recording-${model.id}`,
              status: { code: 'processing' },
              media_shortcuts: { audio_mixed: model.withoutShortcut ? null : itemJson(item) },
            },
          ]
        : [],
      metadata: model.sentFromHere === false ? {} : { sent_from: 'vscode-recall-meeting-audio' },
    };
  }
}

/** One VS Code window with its watcher. */
export interface ModelWindow {
  readonly watcher: BotWatcher;
  readonly store: BotStore;
  readonly list: BotList;
  readonly records: BotRecords;
  readonly ready: string[];
  readonly ended: { readonly botId: string; readonly code: string }[];
  readonly health: WatchHealth[];
}

/** What windows of one computer share. */
export interface ModelComputer {
  readonly api: ModelApi;
  readonly clock: Clock;
  readonly random: () => number;
  readonly files: StateFileSystem;
  readonly folder: string;
  readonly log: Log;
  /** Tells a window that the API may be back, as an answer to another part of it does. */
  readonly signs?: Signs;
  readonly limits?: Partial<WatcherLimits>;
  /** Not renewed for this long, in ms, a lease is up for taking. */
  readonly staleAfterMs?: number;
}

const ORIGIN = 'https://us-west-2.recall.ai';

/** Opens a window; its watcher is not started yet. @param windowId another word for each window */
export function openWindow(computer: ModelComputer, windowId: string): ModelWindow {
  const { api, clock, random, files, folder, log } = computer;
  const store = new BotStore();
  const list = new BotList({ client: api.client(), store, clock });
  const records = new BotRecords(folder, ORIGIN, files, log);
  const watcher = new BotWatcher({
    client: api.client(),
    store,
    records,
    lease: new WatchLease({
      folder,
      origin: ORIGIN,
      windowId,
      pid: process.pid,
      files,
      clock,
      ...(computer.staleAfterMs === undefined ? {} : { staleAfterMs: computer.staleAfterMs }),
    }),
    watchedBots: new WatchedBots(folder, ORIGIN, files, log),
    sightFiles: new SightFiles({ folder, origin: ORIGIN, windowId, files, clock }),
    belongsIntoList: (bot) => list.holds(bot),
    clock,
    random,
    log,
    signs: computer.signs ?? noSigns,
    ...(computer.limits ? { limits: computer.limits } : {}),
  });
  const opened: ModelWindow = { watcher, store, list, records, ready: [], ended: [], health: [] };
  watcher.ready(({ botId }) => opened.ready.push(botId));
  watcher.ended(({ botId, reason }) => opened.ended.push({ botId, code: reason.code }));
  watcher.changes((health) => opened.health.push(health));
  return opened;
}

/** The most requests that any 60 seconds saw. */
export function busiestMinute(requests: readonly ModelRequest[]): number {
  let start = 0;
  let most = 0;
  for (const [index, request] of requests.entries()) {
    while ((requests[start]?.at ?? request.at) <= request.at - 60_000) start++;
    most = Math.max(most, index - start + 1);
  }
  return most;
}

function newestOf(model: ModelBot, now: number): ModelStatus | undefined {
  return model.statuses.findLast(({ at }) => at <= now);
}

function itemJson(item: MediaItem): unknown {
  return {
    id: item.id,
    status: { code: item.status?.code },
    format: item.format,
    data: { download_url: item.downloadUrl ?? null },
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function notFound(): RecallError {
  return new RecallError('notFound', 'Recall does not know this.', { status: 404 });
}
