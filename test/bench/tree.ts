import { describeBot } from '../../src/descriptions/botDescription.ts';
import { BotList } from '../../src/bots/botList.ts';
import { BotStore } from '../../src/bots/botStore.ts';
import { systemClock } from '../../src/network/clock.ts';
import { readBot } from '../../src/recall/bot.ts';
import type { Bot, Page } from '../../src/recall/bot.ts';
import type { MediaKind } from '../../src/media/kinds.ts';

const BOTS = 10_000;
const PAGE = 100;
const CHANGES = 1_000;
/** One change of a bot has to be on its way to the screen within this time, in ms. */
const CHANGE_GOAL_MS = 1;

const account = Array.from({ length: BOTS }, (_, index) => makeBot(index));
let requests = 0;
const client = {
  listBots: (_filter: unknown, next: string | undefined): Promise<Page<Bot>> => {
    requests += 1;
    const start = next === undefined ? 0 : Number(next);
    const following = start + PAGE < BOTS ? `${start + PAGE}` : undefined;
    return Promise.resolve({ items: account.slice(start, start + PAGE), next: following, total: BOTS });
  },
};
const store = new BotStore();
const list = new BotList({ client, store, clock: systemClock });

const paintedIn = await timed(async () => {
  await list.refresh();
  drawAll();
});
const requestsToPaint = requests;

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
while (list.state.hasMore) await list.loadMore();
globalThis.gc?.();
const memory = process.memoryUsage().heapUsed - before;
const sortedIn = await timed(() => {
  drawAll();
  return Promise.resolve();
});

const drawn: number[] = [];
store.changes((change) => {
  const ids = change.kind === 'bots' ? change.botIds : store.list().map(({ bot }) => bot.id);
  drawn.push(ids.length);
  for (const id of ids) draw(id);
});
const times: number[] = [];
for (let change = 0; change < CHANGES; change++) {
  const bot = account[(change * 7919) % BOTS];
  if (!bot) throw new Error('There is no such bot');
  const changed = { ...bot, name: `Changed ${change}` };
  const startedAt = performance.now();
  store.put([changed]);
  times.push(performance.now() - startedAt);
}
times.sort((a, b) => a - b);
const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
const worst = times[Math.floor(times.length * 0.99)] ?? Number.NaN;

console.log(`${BOTS} bots in the account, ${PAGE} a page.`);
console.table([
  { what: 'requests until the first paint', value: requestsToPaint },
  { what: 'first paint, without the network (ms)', value: round(paintedIn) },
  { what: `memory for all ${BOTS} bots (MiB)`, value: round(memory / 2 ** 20) },
  { what: `drawing all ${BOTS} anew (ms)`, value: round(sortedIn) },
  { what: 'one change: nodes drawn', value: Math.max(...drawn) },
  { what: 'one change, median (ms)', value: round(median) },
  { what: 'one change, 99 of 100 (ms)', value: round(worst) },
]);
const isReached = requestsToPaint === 1 && median < CHANGE_GOAL_MS && drawn.every((count) => count === 1);
console.log(isReached ? 'Goal reached.' : 'Goal missed.');
process.exitCode = isReached ? 0 : 1;

function drawAll(): void {
  for (const { bot } of store.list()) draw(bot.id);
}

/** What the tree does for a node, without VS Code. */
function draw(botId: string): void {
  const known = store.get(botId);
  if (!known) return;
  const around = {
    now: Date.now(),
    download: undefined,
    onDisk: [],
    othersOnDisk: new Set<MediaKind>(),
    paused: undefined,
    defaultName: '',
  };
  describeBot(known, around);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function makeBot(index: number): Bot {
  const at = (second: number): string =>
    new Date(Date.UTC(2026, 0, 1) + (index * 600 + second) * 1000).toISOString();
  const id = `b0700000-0000-4000-8000-${`${index}`.padStart(12, '0')}`;
  const bot = readBot({
    id,
    meeting_url: { platform: 'zoom', meeting_id: `9${index}` },
    bot_name: `Meeting ${index}`,
    recording_config: { audio_mixed_mp3: {} },
    status_changes: ['joining_call', 'in_waiting_room', 'in_call_recording', 'call_ended', 'done'].map(
      (code, step) => ({
        code,
        created_at: at(step * 60),
      }),
    ),
    recordings: [
      {
        id: `rec-${index}`,
        created_at: at(60),
        completed_at: at(200),
        status: { code: 'done' },
        media_shortcuts: { audio_mixed: { id: `audio-${index}`, status: { code: 'done' }, format: 'mp3' } },
      },
    ],
  });
  if (!bot) throw new Error('The bench made an unreadable bot');
  return bot;
}
