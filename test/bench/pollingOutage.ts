import type { Attention } from '../../src/following/pace.ts';
import { RecallError } from '../../src/recall/errors.ts';
import { meetingBot, setUpDesk } from '../unit/following/watcherSetup.ts';

/** What an outage of the API came to, over several runs. Times in ms of simulated time. */
export interface OutageResult {
  /** The most requests that were made in vain while the API was away. */
  readonly requestsInVain: number;
  /** From the API's return to the news of a bot that ended meanwhile. */
  readonly worstBackMs: number;
}

const RUNS = 20;
const SECOND_MS = 1_000;
const LONGEST_BACK_MS = 10 * 60 * SECOND_MS;

/** Lets a window follow a bot that ends while the API is away, and measures how soon after its return that is known. */
export async function followThroughOutage(attention: Attention, outageMs: number): Promise<OutageResult> {
  const runs: OutageResult[] = [];
  for (let seed = 1; seed <= RUNS; seed++) runs.push(await runOnce(attention, outageMs, seed));
  return {
    requestsInVain: Math.max(...runs.map(({ requestsInVain }) => requestsInVain)),
    worstBackMs: Math.max(...runs.map(({ worstBackMs }) => worstBackMs)),
  };
}

async function runOnce(attention: Attention, outageMs: number, seed: number): Promise<OutageResult> {
  const desk = setUpDesk({ seed });
  // The outage begins at another moment of the pauses in each run.
  const awayAt = 100 + 3 * seed;
  const endsAt = awayAt + outageMs / SECOND_MS / 2;
  desk.addBots(meetingBot('bot', { ended: endsAt - 3, done: endsAt - 2, mp3: endsAt }));
  const window = desk.open();
  window.watcher.setFocused(attention === 'focused');
  window.watcher.setViewVisible(attention === 'visible');
  await desk.see(window, 'bot');
  await desk.clock.advance(awayAt * SECOND_MS);
  desk.newRequests();
  desk.api.fault = () => new RecallError('network', 'Recall cannot be reached.');
  await desk.clock.advance(outageMs);
  const requestsInVain = desk.newRequests().length;
  desk.api.fault = () => undefined;
  const backAt = desk.clock.now();
  while (window.ready.length === 0 && desk.clock.now() - backAt < LONGEST_BACK_MS) {
    await desk.clock.advance(SECOND_MS / 10);
  }
  const worstBackMs = desk.clock.now() - backAt;
  await desk.closeAll();
  return { requestsInVain, worstBackMs };
}
