import { describeWithoutLooking } from '../../src/descriptions/botDescription.ts';
import { BotLines } from '../../src/views/botLines.ts';
import { BotNode, DayNode } from '../../src/views/treeNodes.ts';
import type { TreeNode } from '../../src/views/treeNodes.ts';
import { BotList } from '../../src/bots/botList.ts';
import { BotStore } from '../../src/bots/botStore.ts';
import { systemClock } from '../../src/network/clock.ts';
import { readBot } from '../../src/recall/bot.ts';
import type { Bot, Page } from '../../src/recall/bot.ts';

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
const lines = new BotLines({
  store,
  list,
  clock: systemClock,
  byDayChosen: () => undefined,
  defaultBotName: () => '',
});
/** How many lines were drawn since somebody looked. */
let drawnLines = 0;

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

const filteredIn = await timed(() => {
  lines.setFilter('meeting 77 zoom');
  drawAll();
  return Promise.resolve();
});
const filteredAgainIn = await timed(() => {
  lines.setFilter('meeting 78 zoom');
  drawAll();
  return Promise.resolve();
});
lines.setFilter('');
drawAll();

const drawn: number[] = [];
// As `BotsTree` does.
store.changes((change) => {
  drawnLines = 0;
  if (change.kind === 'list' || lines.movesAny(change.botIds)) {
    lines.changed();
    drawAll();
  } else for (const { botId } of lines.drawn(change.botIds)) drawBot(botId);
  drawn.push(drawnLines);
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
  { what: `drawing all ${BOTS} anew, all days open (ms)`, value: round(sortedIn) },
  { what: 'a filter over all of them, the first time (ms)', value: round(filteredIn) },
  { what: 'another filter (ms)', value: round(filteredAgainIn) },
  { what: 'one change: lines drawn', value: Math.max(...drawn) },
  { what: 'one change, median (ms)', value: round(median) },
  { what: 'one change, 99 of 100 (ms)', value: round(worst) },
]);
const isReached = requestsToPaint === 1 && median < CHANGE_GOAL_MS && drawn.every((count) => count === 1);
console.log(isReached ? 'Goal reached.' : 'Goal missed.');
process.exitCode = isReached ? 0 : 1;

/** What the tree does without VS Code, as if every day were open. */
function drawAll(): void {
  lines.changed();
  for (const node of lines.top()) draw(node);
}

function draw(node: TreeNode): void {
  if (node instanceof BotNode) {
    drawBot(node.botId);
    return;
  }
  drawnLines += 1;
  if (node instanceof DayNode) for (const below of lines.below(node)) draw(below);
}

function drawBot(botId: string): void {
  drawnLines += 1;
  const known = store.get(botId);
  if (known) describeWithoutLooking(known, { now: Date.now(), defaultName: '' });
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
