import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecallError } from '../../../src/recall/errors.ts';
import { busiestMinute } from '../../bench/pollingModel.ts';
import type { ModelBot } from '../../bench/pollingModel.ts';
import { HOUR, MINUTE, SECOND, START, setUpDesk, status } from './watcherSetup.ts';
import type { DeskWindow } from './watcherSetup.ts';

interface PlannedBot {
  readonly startsAt: number;
  readonly lastsFor: number;
  readonly doneAfter: number;
  readonly mp3After: readonly number[];
  readonly outcome: 'recorded' | 'fatal' | 'failed';
  readonly isScheduled: boolean;
  readonly detour: boolean;
}

type Act =
  | { readonly kind: 'focus' | 'show' | 'hide' | 'see' | 'close' | 'kill'; readonly window: number }
  | { readonly kind: 'open' | 'blur' | 'online' | 'offline' | 'throttle' | 'sleep' | 'list' };

const plannedBot: fc.Arbitrary<PlannedBot> = fc.record({
  startsAt: fc.integer({ min: -60, max: 2_000 }),
  lastsFor: fc.integer({ min: 1, max: 1_500 }),
  doneAfter: fc.integer({ min: 0, max: 30 }),
  mp3After: fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 3 }),
  outcome: fc.constantFrom('recorded', 'recorded', 'recorded', 'fatal', 'failed'),
  isScheduled: fc.boolean(),
  detour: fc.boolean(),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('focus', 'focus', 'show', 'hide', 'see', 'close', 'kill'),
    window: fc.nat(4),
  }),
  fc.record({
    kind: fc.constantFrom('open', 'blur', 'online', 'online', 'offline', 'throttle', 'sleep', 'list'),
  }),
);

const steps = fc.array(fc.record({ act, seconds: fc.integer({ min: 0, max: 240 }) }), { maxLength: 40 });

describe('BotWatcher, whatever happens', () => {
  it('announces every followed bot exactly once, with few requests and one timer per window', async function () {
    const bots = fc.array(plannedBot, { minLength: 1, maxLength: 6 });
    const elsewhere = fc.array(plannedBot, { maxLength: 4 });
    const seed = fc.integer({ min: 1, max: 1_000_000 });
    await fc.assert(fc.asyncProperty(bots, elsewhere, steps, seed, checkRun), { numRuns: 60 });
  });
});

async function checkRun(
  plan: readonly PlannedBot[],
  elsewhere: readonly PlannedBot[],
  run: readonly { readonly act: Act; readonly seconds: number }[],
  seed: number,
): Promise<void> {
  const desk = setUpDesk({ seed });
  desk.api.latencyMs = seed % 3 === 0 ? 900 : 0;
  const bots = plan.map((planned, index) => modelBot(`bot-${index}`, planned));
  const others = elsewhere.map((planned, index) => ({
    ...modelBot(`other-${index}`, planned),
    sentFromHere: false,
  }));
  desk.addBots(...bots, ...others);
  const first = desk.open();
  const all: DeskWindow[] = [first];
  let open = [first];
  const ids = bots.map(({ id }) => id);
  // Whatever is over by now was never seen live.
  await desk.see(first, ...ids);
  const follow = new Set(ids.filter((id) => !isOverAt(bots, id, START)));

  for (const { act: next, seconds } of run) {
    const window = 'window' in next ? open[next.window % Math.max(1, open.length)] : undefined;
    if (next.kind === 'focus')
      open.forEach((each) => {
        each.watcher.setFocused(each === window);
      });
    if (next.kind === 'blur')
      open.forEach((each) => {
        each.watcher.setFocused(false);
      });
    if (next.kind === 'show' || next.kind === 'hide') window?.watcher.setViewVisible(next.kind === 'show');
    if (next.kind === 'see' && window) await desk.see(window, ...ids);
    if (next.kind === 'list')
      open.forEach(({ store }) => {
        store.put([...desk.api.bots.keys()].map((id) => desk.api.bot(id)));
      });
    if (next.kind === 'open' && open.length < 5) {
      const opened = desk.open();
      all.push(opened);
      open.push(opened);
    }
    if ((next.kind === 'close' || next.kind === 'kill') && window) {
      open = open.filter((each) => each !== window);
      // A window that is killed in the middle of telling would take what it tells along: it is killed while it waits.
      if (next.kind === 'kill' && desk.api.latencyMs === 0) window.kill();
      else window.watcher.dispose();
    }
    if (next.kind === 'online') desk.api.fault = () => undefined;
    if (next.kind === 'offline') desk.api.fault = () => new RecallError('network', 'Offline.');
    if (next.kind === 'throttle') {
      desk.api.fault = () => new RecallError('rateLimited', 'Too many.', { retryAfterMs: 20 * SECOND });
    }
    if (next.kind === 'sleep') desk.clock.jump(seconds * 10 * SECOND);
    await desk.clock.advance(seconds * SECOND);
    assert.ok(desk.clock.timerCount <= 2 * all.length, `${desk.clock.timerCount} timers`);
  }

  desk.api.fault = () => undefined;
  const last = desk.open();
  all.push(last);
  await desk.clock.advance(3 * HOUR);

  const told = all.flatMap(({ ready, ended }) => [...ready, ...ended.map(({ botId }) => botId)]);
  assert.deepEqual(told.toSorted(), [...follow].toSorted());
  for (const { id } of bots.filter((bot) => follow.has(bot.id))) {
    const isReady = all.some(({ ready }) => ready.includes(id));
    assert.equal(
      isReady,
      bots.find((bot) => bot.id === id)?.audioDoneAt !== undefined && !isFailed(bots, id),
    );
  }
  const minutes = (desk.clock.now() - START) / MINUTE;
  assert.ok(busiestMinute(desk.api.requests) <= 60);
  assert.ok(desk.api.requests.length <= 20 * minutes, `${desk.api.requests.length} in ${minutes} minutes`);
  desk.newRequests();
  await desk.clock.advance(6 * HOUR);
  assert.deepEqual(desk.newRequests(), [], 'asked when all was over');
  await desk.closeAll();
  assert.equal(desk.clock.timerCount, 0);
}

function modelBot(id: string, planned: PlannedBot): ModelBot {
  const { startsAt, lastsFor, doneAfter, outcome } = planned;
  const end = startsAt + lastsFor;
  const scheduled = planned.isScheduled && startsAt > 0 ? { joinAt: START + (startsAt - 1) * SECOND } : {};
  if (outcome === 'fatal') {
    return {
      id,
      ...scheduled,
      statuses: [status(startsAt, 'joining_call'), status(end, 'fatal', 'meeting_not_found')],
    };
  }
  return {
    id,
    ...scheduled,
    statuses: [
      status(startsAt, 'joining_call'),
      ...(planned.detour ? [status(startsAt, 'in_the_garden')] : []),
      status(startsAt, 'in_call_recording'),
      status(end, 'call_ended'),
      status(end + doneAfter, 'done'),
    ],
    audioDoneAt: planned.mp3After.map((second) => START + (end + doneAfter + second) * SECOND),
    ...(outcome === 'failed' ? { audioEndsAs: 'failed' } : {}),
  };
}

function isOverAt(bots: readonly ModelBot[], id: string, time: number): boolean {
  const statuses = bots.find((bot) => bot.id === id)?.statuses ?? [];
  return statuses.some(({ at, code }) => at <= time && (code === 'done' || code === 'fatal'));
}

function isFailed(bots: readonly ModelBot[], id: string): boolean {
  return bots.find((bot) => bot.id === id)?.audioEndsAs === 'failed';
}
