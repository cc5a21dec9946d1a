import { createInterface } from 'node:readline';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import type { Log } from '../../../src/network/log.ts';
import { systemClock } from '../../../src/network/clock.ts';
import { ModelApi, openWindow } from '../../bench/pollingModel.ts';

// A window in a process of its own, for tests that let several share a folder or kill one. Talks by lines of JSON. A
// line with a time, in ms since the epoch, lets the bots end from then on; the end of the input closes the window.

const [folder = '', windowId = '', botCountText = ''] = process.argv.slice(2);
const botIds = Array.from({ length: Number(botCountText) }, (_, index) => `bot-${index}`);

const say = (message: unknown): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};
const ignore = (): void => {
  // The parent is told by lines, not by a log.
};
const log: Log = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

const api = new ModelApi(systemClock);
const live = { at: Date.now() - 60_000, code: 'in_call_recording' };
for (const id of botIds) api.bots.set(id, { id, statuses: [live] });

function endBots(from: number): void {
  for (const [index, id] of botIds.entries()) {
    const end = from + index * 100;
    api.bots.set(id, { id, statuses: [live, { at: end, code: 'done' }], audioDoneAt: [end + 50] });
  }
}

const window = openWindow(
  {
    api,
    clock: systemClock,
    random: Math.random,
    files: nodeStateFiles,
    folder,
    log,
    limits: {
      focusedMs: 60,
      backgroundMs: 60,
      processingMs: 40,
      readMs: 30,
      idleMs: 50,
      renewMs: 50,
      leastGapMs: 10,
      maxRequestsPerMinute: 100_000,
    },
    staleAfterMs: 1_000,
  },
  windowId,
);
window.watcher.ready(({ botId }) => {
  say({ ready: botId });
});
const requestsBefore = { count: 0 };
const reporter = setInterval(() => {
  if (api.requests.length > requestsBefore.count) say({ asked: api.requests.length });
  requestsBefore.count = api.requests.length;
}, 20);
window.watcher.start();
for (const id of botIds) await window.watcher.follow(api.bot(id));
say({ started: windowId });

createInterface({ input: process.stdin })
  .on('line', (line) => {
    endBots(Number(line));
  })
  .on('close', () => {
    clearInterval(reporter);
    window.watcher.dispose();
  });
