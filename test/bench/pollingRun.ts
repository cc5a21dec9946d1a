import type { BotStore } from '../../src/bots/botStore.ts';
import type { Log } from '../../src/network/log.ts';
import { seededRandom } from '../simulator/random.ts';
import { MemoryFiles } from '../unit/state/memoryFiles.ts';
import { VirtualClock } from '../unit/bots/virtualClock.ts';
import { ModelApi, busiestMinute, openWindow } from './pollingModel.ts';
import type { ModelBot, ModelWindow } from './pollingModel.ts';

/** Whether the bots are followed, or live elsewhere and shown in every window's visible list. */
export type PolledBots = 'followed' | 'in sight';

/** What one simulated hour came to. Delays in ms of simulated time. */
export interface PollingResult {
  readonly bots: number;
  readonly windows: number;
  readonly requests: number;
  readonly busiestMinute: number;
  /** From a status change to the store of the window that has the focus. */
  readonly worstDelayMs: number;
  /** The same for the windows in the background, which read what the one in front found. */
  readonly worstBackgroundDelayMs: number;
  /** From an MP3 being made to the window that tells it. */
  readonly worstReadyDelayMs: number;
  /** How often each bot's MP3s were announced, over all windows. */
  readonly announcements: ReadonlyMap<string, number>;
  /** Each bot asked for every ten seconds in every window. */
  readonly naiveRequests: number;
}

const HOUR_MS = 60 * 60_000;
const START = Date.UTC(2026, 2, 2, 9);
const silent: Log = { trace: noop, debug: noop, info: noop, warn: noop, error: noop };

/**
 * Lets windows follow bots, or look at them, that are all live at the start and end at random times within the hour.
 * The first window has the focus.
 */
export async function pollForAnHour(
  kind: PolledBots,
  bots: number,
  windows: number,
  seed: number,
): Promise<PollingResult> {
  const random = seededRandom(seed);
  const clock = new VirtualClock(START);
  const api = new ModelApi(clock);
  for (let index = 0; index < bots; index++) {
    // A lone bot stays to the end of the hour, which is the dearest that one bot can be.
    const endsAfterMs = bots === 1 ? HOUR_MS - 60_000 : 30_000 + random() * (HOUR_MS - 90_000);
    const bot = meeting(`bot-${index}`, START + endsAfterMs, random);
    api.bots.set(bot.id, { ...bot, sentFromHere: kind === 'followed' });
  }
  const computer = { api, clock, random, files: new MemoryFiles(), folder: '/state', log: silent };
  const opened = Array.from({ length: windows }, (_, index) => openWindow(computer, `window-${index}`));
  const delays = opened.map((each) => watchDelays(each.store, api, clock));
  const announcements = new Map<string, number>();
  let worstReadyDelayMs = 0;
  for (const each of opened) {
    each.watcher.ready(({ botId }) => {
      announcements.set(botId, (announcements.get(botId) ?? 0) + 1);
      worstReadyDelayMs = Math.max(
        worstReadyDelayMs,
        clock.now() - (api.bots.get(botId)?.audioDoneAt?.[0] ?? 0),
      );
    });
    each.watcher.start();
  }
  opened[0]?.watcher.setFocused(true);
  if (kind === 'followed') await followAll(opened, api);
  else await showAll(opened);
  api.latencyMs = 150;
  await clock.advance(HOUR_MS);
  for (const each of opened) each.watcher.dispose();
  await clock.advance(0);
  return {
    bots,
    windows,
    requests: api.requests.length,
    busiestMinute: busiestMinute(api.requests),
    worstDelayMs: delays[0]?.() ?? 0,
    worstBackgroundDelayMs: Math.max(0, ...delays.slice(1).map((worst) => worst())),
    worstReadyDelayMs,
    announcements,
    naiveRequests: bots * windows * (HOUR_MS / 10_000),
  };
}

function meeting(id: string, endsAt: number, random: () => number): ModelBot {
  const doneAt = endsAt + 2_000 + random() * 6_000;
  return {
    id,
    statuses: [
      { at: START - 60_000, code: 'joining_call' },
      { at: START - 50_000, code: 'in_call_recording' },
      { at: endsAt, code: 'call_ended', subCode: 'call_ended_by_host' },
      { at: doneAt, code: 'done' },
    ],
    audioDoneAt: [doneAt + random() * 10_000],
  };
}

/** Every window sees the live bots in its list and follows them. */
async function followAll(windows: readonly ModelWindow[], api: ModelApi): Promise<void> {
  for (const { store, watcher } of windows) {
    for (const id of api.bots.keys()) {
      store.put([api.bot(id)]);
      await watcher.follow(api.bot(id));
    }
  }
}

/** Every window shows the live bots in its list. */
async function showAll(windows: readonly ModelWindow[]): Promise<void> {
  for (const { list, watcher } of windows) {
    watcher.setViewVisible(true);
    await list.refresh();
    while (list.state.hasMore) await list.loadMore();
  }
}

/** Measures how late each change of a status reaches a store. @returns the worst delay so far */
function watchDelays(store: BotStore, api: ModelApi, clock: VirtualClock): () => number {
  let worst = 0;
  const seen = new Map<string, number>();
  store.changes(() => {
    for (const { bot } of store.list()) {
      const before = seen.get(bot.id) ?? bot.statusChanges.length;
      const added = api.bots.get(bot.id)?.statuses.slice(before, bot.statusChanges.length) ?? [];
      for (const { at } of added) worst = Math.max(worst, clock.now() - at);
      seen.set(bot.id, Math.max(before, bot.statusChanges.length));
    }
  });
  return () => worst;
}

function noop(): void {
  // The model keeps no log.
}
