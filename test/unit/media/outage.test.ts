import assert from 'node:assert/strict';
import { FOLDER, OutageWorld, TROUBLES } from './outageWorld.ts';
import type { Outage } from './outageWorld.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BOT = 'bot-1';

/** Undisturbed, the simulated store takes a minute for an MP3. */
const WHOLE_MS = 60 * SECOND;

describe('a download that nobody stands before', () => {
  let world: OutageWorld;

  beforeEach(() => {
    world = new OutageWorld();
  });

  function away(of: Outage['of'], from: number, lasts: number, as = TROUBLES.closed): Outage {
    return { of, from, to: from + lasts, as };
  }

  /** Begins a download under these outages. @returns how long after the last of them the MP3 was there, in ms */
  async function untilSavedAfter(outages: readonly Outage[]): Promise<number> {
    world.outages = outages;
    const end = Math.max(...outages.map(({ to }) => to));
    const saving = world.openWindow().begin(BOT);
    const savedAt = await world.untilSaved(BOT, end + HOUR);
    assert.ok(world.isSaved(BOT), 'the MP3 never came');
    const { saved } = await saving;
    assert.equal(saved.length, 1);
    assert.deepEqual(world.disk.names(FOLDER), [`${BOT}.mp3`]);
    return savedAt - end;
  }

  for (const [how, as] of Object.entries(TROUBLES)) {
    for (const side of ['api', 'store'] as const) {
      it(`goes on within a minute when the ${side} was ${how} for four minutes`, async () => {
        const after = await untilSavedAfter([away(side, 0, 4 * MINUTE, as)]);
        assert.ok(after <= MINUTE + WHOLE_MS, `${after / SECOND} s`);
      });
    }
  }

  for (const lasts of [10 * SECOND, 90 * SECOND, 4 * MINUTE, 30 * MINUTE]) {
    it(`goes on within a minute of an outage of ${lasts / SECOND} s of either side or both`, async () => {
      for (const sides of [['api'], ['store'], ['api', 'store']] as const) {
        world = new OutageWorld();
        const after = await untilSavedAfter(sides.map((of) => away(of, 0, lasts)));
        assert.ok(after <= MINUTE + WHOLE_MS, `${sides.join(' and ')}: ${after / SECOND} s`);
      }
    });
  }

  it('goes on within two minutes of an outage of ten hours, with a link that has expired meanwhile', async () => {
    const after = await untilSavedAfter([
      away('api', 30 * SECOND, 10 * HOUR),
      away('store', 30 * SECOND, 10 * HOUR),
    ]);
    assert.ok(after <= 2 * MINUTE + WHOLE_MS, `${after / SECOND} s`);
  });

  it('goes on from where it was when the store goes away in the middle', async () => {
    const after = await untilSavedAfter([away('store', 35 * SECOND, 4 * MINUTE)]);
    assert.ok(after <= MINUTE + WHOLE_MS / 2, `${after / SECOND} s`);
  });

  it('says what it waits for', async () => {
    world.outages = [away('store', 0, 4 * MINUTE)];
    const window = world.openWindow();
    const saving = window.begin(BOT);
    await world.untilSaved(BOT, HOUR);
    await saving;
    assert.deepEqual(window.seen, ['queued', 'waiting', 'loading']);
  });

  it('asks the API for nothing while only the store is away', async () => {
    world.outages = [away('store', 0, HOUR)];
    const saving = world.openWindow().begin(BOT);
    await world.clock.advance(HOUR);
    // The bot, its list, and a link.
    assert.equal(world.asked.api.length, 3);
    await world.untilSaved(BOT, 2 * HOUR);
    await saving;
  });

  it('asks hardly more often with twenty downloads than with one, and all go on soon', async () => {
    world.outages = [away('api', 0, 30 * MINUTE)];
    const window = world.openWindow();
    const bots = Array.from({ length: 20 }, (_, index) => `bot-${index}`);
    const saving = Promise.all(bots.map((bot) => window.begin(bot)));
    await world.clock.advance(30 * MINUTE);
    const busiest = Math.max(
      ...world.asked.api
        .filter((at) => at > 5 * MINUTE)
        .map((at) => world.asked.api.filter((other) => other >= at && other < at + MINUTE).length),
    );
    assert.ok(busiest <= 50, `${busiest} requests in a minute`);
    const answered = world.asked.api.length;
    await world.clock.advance(2 * MINUTE);
    assert.ok(world.asked.api.length >= answered + 20 * 2, 'not all came back');
    await world.clock.advance(HOUR);
    assert.equal((await saving).length, 20);
  });

  it('goes on at once when somebody turns to the window', async () => {
    world.outages = [away('store', 0, 10 * HOUR)];
    const window = world.openWindow();
    const saving = window.begin(BOT);
    await world.clock.advance(2 * HOUR);
    world.outages = [];
    const before = world.asked.store.length;
    window.focus.tell(undefined);
    await world.clock.advance(SECOND);
    assert.equal(world.asked.store.length, before + 1);
    await world.untilSaved(BOT, 3 * HOUR);
    await saving;
  });

  it('goes on within seconds when the computer wakes', async () => {
    world.outages = [away('api', 0, 3 * HOUR), away('store', 0, 3 * HOUR)];
    const saving = world.openWindow().begin(BOT);
    await world.clock.advance(40 * MINUTE);
    world.clock.jump(8 * HOUR);
    const wokeAt = world.at;
    const savedAt = await world.untilSaved(BOT, wokeAt + HOUR);
    assert.ok(savedAt - wokeAt <= 15 * SECOND + WHOLE_MS, `${(savedAt - wokeAt) / SECOND} s`);
    await saving;
  });

  it('is ended by whoever cancels it, and does not come back', async () => {
    world.outages = [away('store', 25 * SECOND, HOUR)];
    const window = world.openWindow();
    const saving = window.begin(BOT);
    await world.clock.advance(10 * MINUTE);
    window.downloads.cancel(BOT);
    await assert.rejects(saving);
    assert.equal(window.downloads.progressOf(BOT), undefined);
    await window.close();
    assert.equal(await world.openWindow().goOn(), 0);
    assert.equal(world.clock.timerCount, 0);
  });

  it('is ended by what does not pass', async () => {
    world.outages = [
      { of: 'store', from: 0, to: HOUR, as: () => Promise.resolve(new Response('', { status: 404 })) },
    ];
    const window = world.openWindow();
    const saving = window.begin(BOT);
    const failed = assert.rejects(saving, { code: 'gone' });
    await world.clock.advance(5 * MINUTE);
    await failed;
    await window.close();
    assert.equal(await world.openWindow().goOn(), 0);
  });

  for (const [when, outages] of [
    ['before anything was loaded', [away('api', 0, HOUR), away('store', 0, HOUR)]],
    ['in the middle of the file', [away('store', 25 * SECOND, HOUR)]],
  ] as const) {
    it(`is gone on with by the next window when its own was closed ${when}`, async () => {
      world.outages = outages;
      const first = world.openWindow();
      const saving = first.begin(BOT);
      const ended = assert.rejects(saving);
      await world.clock.advance(10 * MINUTE);
      await first.close();
      await ended;
      const [second, third] = [world.openWindow(), world.openWindow()];
      const taken = await Promise.all([second.goOn(), third.goOn()]);
      assert.deepEqual(taken.toSorted(), [0, 1]);
      const savedAt = await world.untilSaved(BOT, 2 * HOUR);
      assert.ok(savedAt - HOUR <= 2 * MINUTE + WHOLE_MS, `${(savedAt - HOUR) / SECOND} s`);
      await world.clock.advance(MINUTE);
      assert.equal(await world.openWindow().goOn(), 0);
    });
  }

  it('is left to the window that sees to it', async () => {
    world.outages = [away('store', 0, HOUR)];
    const saving = world.openWindow().begin(BOT);
    await world.clock.advance(MINUTE);
    assert.equal(await world.openWindow().goOn(), 0);
    await world.untilSaved(BOT, 2 * HOUR);
    await saving;
  });
});
