import assert from 'node:assert/strict';
import { RecallError } from '../../../src/recall/errors.ts';
import { busiestMinute } from '../../bench/pollingModel.ts';
import type { ModelBot } from '../../bench/pollingModel.ts';
import { HOUR, MINUTE, SECOND, START, meetingBot, setUpDesk, status } from './watcherSetup.ts';
import type { Desk, DeskWindow } from './watcherSetup.ts';

/** Following is to be back so soon after the API is. */
const BACK_WITHIN_MS = MINUTE;
/** When the outages begin, after the start. */
const AWAY_AT_S = 100;

/** Ways in which an API can be away. */
const WAYS = {
  refused: () => new RecallError('network', 'Recall cannot be reached.'),
  'in trouble': () => new RecallError('serverError', 'Trouble.', { status: 503 }),
  'too busy': () => new RecallError('rateLimited', 'Too many requests.', { status: 429 }),
  'behind a sign-in page': () => new RecallError('unexpectedAnswer', 'No JSON.', { status: 200 }),
} as const;

const OUTAGES = [
  { length: '10 s', ms: 10 * SECOND },
  { length: '90 s', ms: 90 * SECOND },
  { length: '4 min', ms: 4 * MINUTE },
  { length: '30 min', ms: 30 * MINUTE },
  { length: '10 h', ms: 10 * HOUR },
];

const ATTENTIONS = {
  focused: (window: DeskWindow) => {
    window.watcher.setFocused(true);
  },
  visible: (window: DeskWindow) => {
    window.watcher.setViewVisible(true);
  },
  'in the background': () => {
    // Nobody looks at it.
  },
};

describe('BotWatcher while the API is away', function () {
  let desk: Desk;
  let windows: DeskWindow[];

  beforeEach(() => {
    desk = setUpDesk();
  });

  afterEach(async () => {
    await desk.closeAll();
    assert.equal(desk.clock.timerCount, 0, 'timers are left');
  });

  async function begin(count: number, ...bots: readonly ModelBot[]): Promise<void> {
    desk.addBots(...bots);
    windows = Array.from({ length: count }, () => desk.open());
    for (const window of windows) await desk.see(window, ...bots.map(({ id }) => id));
    await desk.clock.advance(AWAY_AT_S * SECOND);
  }

  const told = (): string[] => windows.flatMap(({ ready }) => ready);
  const shown = (botId: string): (string | undefined)[] =>
    windows.map(({ store }) => store.get(botId)?.bot.statusChanges.at(-1)?.code);

  for (const { length, ms } of OUTAGES) {
    const during = AWAY_AT_S + ms / SECOND / 2;
    const bots: Record<string, ModelBot> = {
      live: {
        id: 'live',
        statuses: [status(-60, 'in_call_recording'), status(during, 'in_call_not_recording')],
      },
      'live, and ends': meetingBot('ends', { ended: during - 3, done: during - 2, mp3: during }),
      'in the making': meetingBot('making', { ended: 20, done: 30, mp3: during }),
      scheduled: {
        id: 'scheduled',
        joinAt: START + (during - 2) * SECOND,
        statuses: [status(during, 'joining_call')],
      },
    };
    for (const [stage, bot] of Object.entries(bots)) {
      for (const [attention, look] of Object.entries(ATTENTIONS)) {
        for (const count of [1, 5]) {
          it(`for ${length}, is back within a minute with a bot that is ${stage}, in ${count} windows, one of them ${attention}`, async () => {
            const wayNumber = (count + length.length + stage.length) % Object.keys(WAYS).length;
            const fault = Object.values(WAYS)[wayNumber];
            await begin(count, bot);
            const [first] = windows;
            assert.ok(first && fault);
            look(first);
            desk.newRequests();
            desk.api.fault = fault;
            await desk.clock.advance(ms);
            const asked = desk.newRequests().length;
            assert.ok(asked <= 8 + (110 * ms) / HOUR, `${asked} requests while it was away`);

            desk.api.fault = () => undefined;
            await desk.clock.advance(BACK_WITHIN_MS);
            const newest = desk.api.bot(bot.id).statusChanges.at(-1)?.code;
            assert.deepEqual([...new Set(shown(bot.id))], [newest]);
            assert.deepEqual(told(), bot.audioDoneAt ? [bot.id] : []);
            assert.deepEqual([...new Set(windows.map(({ watcher }) => watcher.health.kind))], ['ok']);
            assert.ok(busiestMinute(desk.api.requests) <= 50);
          });
        }
      }
    }
  }

  it('is back within a minute although every request hung until its time-out', async () => {
    const hang = async (_request: unknown, signal: AbortSignal | undefined): Promise<Error> => {
      await desk.clock.sleep(30 * SECOND, signal);
      return new RecallError('timeout', 'No answer.');
    };
    for (let seed = 1; seed <= 10; seed++) {
      desk = setUpDesk({ seed });
      await begin(1, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
      desk.api.fault = hang;
      await desk.clock.advance(10 * MINUTE);
      // The API returns when a try has just begun, which hangs on all the same.
      desk.newRequests();
      while (desk.newRequests().length === 0) await desk.clock.advance(SECOND);
      desk.api.fault = () => undefined;
      await desk.clock.advance(BACK_WITHIN_MS);
      assert.deepEqual(told(), ['a']);
      await desk.closeAll();
    }
  });

  it('is back within a minute when the computer slept in the middle of it, and the API came back later', async () => {
    for (const [attention, look] of Object.entries(ATTENTIONS)) {
      desk = setUpDesk();
      await begin(5, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
      if (windows[0]) look(windows[0]);
      desk.api.fault = WAYS.refused;
      await desk.clock.advance(2 * MINUTE);
      desk.clock.jump(8 * HOUR);
      await desk.clock.advance(4 * MINUTE);
      desk.api.fault = () => undefined;
      await desk.clock.advance(BACK_WITHIN_MS);
      assert.deepEqual(told(), ['a'], attention);
      await desk.closeAll();
    }
  });

  it('is back within a minute in a window that was opened meanwhile', async () => {
    await begin(1, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
    windows[0]?.watcher.dispose();
    desk.api.fault = WAYS['in trouble'];
    windows = [desk.open()];
    await desk.clock.advance(3 * HOUR);
    desk.api.fault = () => undefined;
    await desk.clock.advance(BACK_WITHIN_MS);
    assert.deepEqual(told(), ['a']);
  });

  it('asks no more for many bots than for one, and is back with all of them within a minute', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `bot-${index}`);
    await begin(1, ...ids.map((id) => meetingBot(id, { ended: 20, done: 30, mp3: 300 })));
    desk.api.fault = WAYS['in trouble'];
    desk.newRequests();
    await desk.clock.advance(2 * HOUR);
    const asked = desk.newRequests().length;
    assert.ok(asked <= 2 * 220, `${asked} requests while it was away`);
    desk.api.fault = () => undefined;
    await desk.clock.advance(BACK_WITHIN_MS);
    assert.deepEqual(told().toSorted(), ids.toSorted());
  });

  it('is back within a minute where only single bots could not be asked for', async () => {
    for (let minutes = 28; minutes < 34; minutes++) {
      desk = setUpDesk();
      await begin(
        1,
        meetingBot('a', { ended: 200, done: 210, mp3: 220 }),
        meetingBot('b', { ended: 1e6, done: 1e6, mp3: 1e6 }),
        meetingBot('c', { ended: 1e6, done: 1e6, mp3: 1e6 }),
      );
      desk.api.fault = ({ kind }) => (kind === 'list' ? undefined : WAYS['in trouble']());
      await desk.clock.advance(minutes * MINUTE);
      desk.api.fault = () => undefined;
      await desk.clock.advance(BACK_WITHIN_MS);
      assert.deepEqual(told(), ['a']);
      await desk.closeAll();
    }
  });

  it('is back within a minute where only MP3s could not be asked for', async () => {
    for (let minutes = 28; minutes < 34; minutes++) {
      desk = setUpDesk();
      await begin(
        1,
        meetingBot('a', { ended: 20, done: 30, mp3: 220 }),
        meetingBot('b', { ended: 1e6, done: 1e6, mp3: 1e6 }),
        meetingBot('c', { ended: 1e6, done: 1e6, mp3: 1e6 }),
      );
      desk.api.fault = ({ kind }) => (kind === 'audio' ? WAYS['in trouble']() : undefined);
      await desk.clock.advance(minutes * MINUTE);
      desk.api.fault = () => undefined;
      await desk.clock.advance(BACK_WITHIN_MS);
      assert.deepEqual(told(), ['a']);
      await desk.closeAll();
    }
  });

  it('asks at once in another window that gets the focus, also about an MP3 that takes long', async () => {
    await begin(2, meetingBot('a', { ended: 20, done: 30, mp3: 1_000 }));
    await desk.clock.advance(14 * MINUTE);
    desk.api.fault = WAYS.refused;
    await desk.clock.advance(10 * MINUTE);
    desk.api.fault = () => undefined;
    windows[1]?.watcher.setFocused(true);
    // Two requests in a row are some seconds apart, whichever window makes them.
    await desk.clock.advance(2 * SECOND);
    assert.deepEqual(windows[1]?.ready, ['a']);
  });

  it('comes to the bots that can be asked for, however many cannot', async () => {
    const bad = ['bad-1', 'bad-2', 'bad-3'];
    const seconds = { ended: 20, done: 30, mp3: 600 };
    await begin(1, ...[...bad, 'good'].map((id) => meetingBot(id, seconds)));
    desk.api.fault = ({ id }) => (id.includes('bad') ? WAYS['in trouble']() : undefined);
    await desk.clock.advance(11 * MINUTE);
    assert.deepEqual(told(), ['good']);
  });

  it('does not hold the time in which nobody could look against an MP3', async () => {
    for (const sleeps of [false, true]) {
      desk = setUpDesk();
      await begin(1, meetingBot('a', { ended: 20, done: 30, mp3: 5 * 3_600 }));
      if (sleeps) desk.clock.jump(5 * HOUR - 3 * MINUTE);
      else {
        desk.api.fault = WAYS.refused;
        await desk.clock.advance(5 * HOUR - 3 * MINUTE);
        desk.api.fault = () => undefined;
      }
      await desk.clock.advance(3 * MINUTE);
      assert.deepEqual([told(), windows[0]?.ended], [['a'], []]);
      await desk.closeAll();
    }
  });

  it('goes on within a minute where the asking window is killed meanwhile', async () => {
    await begin(2, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
    windows[0]?.watcher.setFocused(true);
    desk.api.fault = WAYS.refused;
    await desk.clock.advance(10 * MINUTE);
    windows[0]?.kill();
    desk.api.fault = () => undefined;
    await desk.clock.advance(BACK_WITHIN_MS);
    assert.deepEqual(windows[1]?.ready, ['a']);
  });

  describe('and something tells that it may be back', () => {
    beforeEach(async () => {
      await begin(1, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
      desk.api.fault = WAYS.refused;
      await desk.clock.advance(20 * MINUTE);
      // The next try is far away.
      desk.newRequests();
      while (desk.newRequests().length === 0) await desk.clock.advance(SECOND);
      await desk.clock.advance(3 * SECOND);
      desk.api.fault = () => undefined;
    });

    it('asks at once when another part of the window gets an answer', async () => {
      windows[0]?.tellBack();
      await desk.clock.advance(0);
      assert.deepEqual(told(), ['a']);
    });

    it('asks at once when the window gets the focus', async () => {
      windows[0]?.watcher.setFocused(true);
      await desk.clock.advance(0);
      assert.deepEqual(told(), ['a']);
    });

    it('asks within seconds when the computer woke up', async () => {
      desk.clock.jump(6 * HOUR);
      await desk.clock.advance(5 * SECOND);
      assert.deepEqual(told(), ['a']);
    });

    it('asks again soon when the computer woke up before its network did', async () => {
      desk.api.fault = WAYS.refused;
      desk.clock.jump(6 * HOUR);
      await desk.clock.advance(8 * SECOND);
      desk.api.fault = () => undefined;
      await desk.clock.advance(20 * SECOND);
      assert.deepEqual(told(), ['a']);
    });

    it('asks within a minute when the clock was put back', async () => {
      desk.clock.jump(-15 * MINUTE);
      await desk.clock.advance(BACK_WITHIN_MS);
      assert.deepEqual(told(), ['a']);
    });
  });

  it('tries no more often than a focused window does, however many signs there are', async () => {
    await begin(1, meetingBot('a', { ended: 1e6, done: 1e6, mp3: 1e6 }));
    desk.api.fault = WAYS.refused;
    await desk.clock.advance(MINUTE);
    desk.newRequests();
    for (let second = 0; second < 120; second++) {
      windows[0]?.tellBack();
      windows[0]?.watcher.setFocused(second % 2 === 0);
      await desk.clock.advance(SECOND);
    }
    const asked = desk.newRequests().length;
    assert.ok(asked <= 16, `${asked} requests in two minutes`);
  });

  it('does not wait for the time-out of what it asked before the computer slept', async () => {
    await begin(1, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
    windows[0]?.watcher.setFocused(true);
    desk.api.latencyMs = 30 * SECOND;
    await desk.clock.advance(12 * SECOND);
    desk.clock.jump(HOUR);
    desk.api.latencyMs = 0;
    await desk.clock.advance(8 * SECOND);
    assert.deepEqual(told(), ['a']);
  });

  it('obeys an order to wait, that of an API in trouble for five minutes at most', async () => {
    const orders = [
      { code: 'serverError', ordered: 5 * MINUTE, least: 5 * MINUTE, most: 6.5 * MINUTE },
      { code: 'serverError', ordered: 3 * HOUR, least: 5 * MINUTE, most: 6.5 * MINUTE },
      { code: 'rateLimited', ordered: 20 * MINUTE, least: 20 * MINUTE, most: 23 * MINUTE },
    ] as const;
    for (const { code, ordered, least, most } of orders) {
      desk = setUpDesk();
      await begin(1, meetingBot('a', { ended: 200, done: 210, mp3: 220 }));
      desk.api.fault = () => new RecallError(code, 'Wait.', { retryAfterMs: ordered });
      desk.newRequests();
      while (desk.newRequests().length === 0) await desk.clock.advance(SECOND);
      desk.api.fault = () => undefined;
      windows[0]?.tellBack();
      await desk.clock.advance(least - 2 * SECOND);
      assert.deepEqual(desk.newRequests(), []);
      await desk.clock.advance(most - least);
      assert.deepEqual(told(), ['a']);
      await desk.closeAll();
    }
  });

  it('does not wait longer than ordered when the clock is put back meanwhile', async () => {
    await begin(1, meetingBot('a', { ended: 1e6, done: 1e6, mp3: 1e6 }));
    windows[0]?.watcher.setFocused(true);
    desk.api.fault = () => new RecallError('rateLimited', 'Wait.', { retryAfterMs: 2 * MINUTE });
    await desk.clock.advance(12 * SECOND);
    desk.api.fault = () => undefined;
    desk.newRequests();
    desk.clock.jump(-3 * HOUR);
    await desk.clock.advance(3 * MINUTE);
    assert.ok(desk.newRequests().length > 0);
  });
});
