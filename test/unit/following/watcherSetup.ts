import { ChangeSource } from '../../../src/state/changes.ts';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';
import type { WatcherLimits } from '../../../src/following/pace.ts';
import type { Clock } from '../../../src/network/clock.ts';
import type { Log } from '../../../src/network/log.ts';
import { ModelApi, openWindow } from '../../bench/pollingModel.ts';
import type { ModelBot, ModelStatus, ModelWindow } from '../../bench/pollingModel.ts';
import { seededRandom } from '../../simulator/random.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

/** 2026-03-02 09:00:00 UTC, when every test begins. */
export const START = Date.UTC(2026, 2, 2, 9);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** A window of the computer, which can end without a farewell. */
export interface DeskWindow extends ModelWindow {
  /** What the window is told when another part of it got an answer from an API that was away. */
  tellBack(): void;
  /** From now on nothing of the window runs any more, and nothing was tidied up. */
  kill(): void;
}

/** A computer with windows, a simulated clock and a model of the API. */
export interface Desk {
  readonly clock: VirtualClock;
  readonly api: ModelApi;
  readonly files: MemoryFiles;
  readonly warnings: string[];
  /** Opens a window and starts its watcher. */
  open(): DeskWindow;
  /** Puts bots into the account. */
  addBots(...bots: readonly ModelBot[]): void;
  /** What the list of a window does with live bots: into the store, and followed. */
  see(window: ModelWindow, ...botIds: readonly string[]): Promise<void>;
  /** The requests made since the last call, as `kind id`. */
  newRequests(): string[];
  closeAll(): Promise<void>;
}

/** @param around takes the place of the files in memory */
export function setUpDesk(
  options: {
    readonly limits?: Partial<WatcherLimits>;
    readonly seed?: number;
    readonly around?: (files: MemoryFiles) => StateFileSystem;
    /** Turns of the event loop that the slowest thing between two timers takes. */
    readonly turns?: number;
  } = {},
): Desk {
  const clock = new VirtualClock(START, options.turns);
  const api = new ModelApi(clock);
  const files = new MemoryFiles();
  const warnings: string[] = [];
  const windows: DeskWindow[] = [];
  let told = 0;
  const computer = {
    api,
    random: seededRandom(options.seed ?? 1),
    files: options.around?.(files) ?? files,
    folder: '/state',
    log: collectingLog(warnings),
    ...(options.limits ? { limits: options.limits } : {}),
  };
  return {
    clock,
    api,
    files,
    warnings,
    open: () => {
      const power = { isOn: true };
      const signs = new ChangeSource<undefined>();
      const own = { ...computer, clock: switchable(clock, power), signs: signs.changes };
      const opened = openWindow(own, `window-${windows.length}`);
      opened.watcher.start();
      const window = {
        ...opened,
        tellBack: () => {
          signs.tell(undefined);
        },
        kill: () => {
          power.isOn = false;
        },
      };
      windows.push(window);
      return window;
    },
    addBots: (...bots) => {
      for (const bot of bots) api.bots.set(bot.id, bot);
    },
    see: async (window, ...botIds) => {
      for (const botId of botIds) {
        window.store.put([api.bot(botId)]);
        await window.watcher.follow(api.bot(botId));
      }
    },
    newRequests: () => {
      const fresh = api.requests.slice(told).map(({ kind, id }) => `${kind} ${id}`.trim());
      told = api.requests.length;
      return fresh;
    },
    closeAll: async () => {
      for (const { watcher } of windows) watcher.dispose();
      await clock.advance(0);
    },
  };
}

/** A bot that is live from the start: call ended, bot done and MP3 done so many seconds after it. */
export function meetingBot(id: string, seconds: { ended: number; done: number; mp3: number }): ModelBot {
  return {
    id,
    statuses: [
      status(-60, 'joining_call'),
      status(-40, 'in_call_recording'),
      status(seconds.ended, 'call_ended', 'call_ended_by_host'),
      status(seconds.done, 'done'),
    ],
    audioDoneAt: [START + seconds.mp3 * SECOND],
  };
}

/** A status that comes so many seconds after the start. */
export function status(second: number, code: string, subCode?: string): ModelStatus {
  return { at: START + second * SECOND, code, ...(subCode === undefined ? {} : { subCode }) };
}

function switchable(clock: Clock, power: { readonly isOn: boolean }): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    schedule: (ms, callback) =>
      clock.schedule(ms, () => {
        if (power.isOn) callback();
      }),
  };
}

function collectingLog(warnings: string[]): Log {
  const ignore = (): void => {
    // Only warnings are of interest to tests.
  };
  return {
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: (message) => warnings.push(message),
    error: (message) => warnings.push(message),
  };
}
