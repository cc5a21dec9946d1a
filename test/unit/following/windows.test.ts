import assert from 'node:assert/strict';
import type { StateFileSystem } from '../../../src/state/stateFiles.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import type { MemoryFiles } from '../state/memoryFiles.ts';
import { HOUR, MINUTE, SECOND, START, meetingBot, setUpDesk, status } from './watcherSetup.ts';
import type { Desk, DeskWindow } from './watcherSetup.ts';

// Enough for the slow files of one round.
const TURNS = 80;

describe('BotWatcher in several windows', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = setUpDesk();
  });

  afterEach(async () => {
    await desk.closeAll();
  });

  async function openAndSee(count: number, ...botIds: readonly string[]): Promise<DeskWindow[]> {
    const windows = Array.from({ length: count }, () => desk.open());
    for (const window of windows) await desk.see(window, ...botIds);
    return windows;
  }

  const newest = (window: DeskWindow, botId: string): string | undefined =>
    window.store.get(botId)?.bot.statusChanges.at(-1)?.code;

  it('makes no more requests than in one, and every window sees what one found', async () => {
    desk.addBots(meetingBot('a', { ended: 3_000, done: 3_010, mp3: 3_020 }));
    const windows = await openAndSee(5, 'a');
    windows[2]?.watcher.setFocused(true);
    await desk.clock.advance(HOUR);
    const requests = desk.newRequests().length;
    assert.ok(requests > 250 && requests < 340, `${requests} requests`);
    assert.deepEqual(
      windows.flatMap(({ ready }) => ready),
      ['a'],
    );
    for (const window of windows) {
      assert.equal(newest(window, 'a'), 'done');
      assert.equal(window.store.get('a')?.record.announced, true);
      assert.equal(window.watcher.liveCount, 0);
    }
  });

  it('shows and follows in all windows a bot that was sent from one', async () => {
    desk.addBots(meetingBot('a', { ended: 600, done: 610, mp3: 620 }));
    const [sender, other] = [desk.open(), desk.open()];
    await desk.see(sender, 'a');
    await desk.clock.advance(2 * MINUTE);
    assert.equal(newest(other, 'a'), 'in_call_recording');
    assert.equal(other.watcher.liveCount, 1);
    assert.equal(other.store.get('a')?.record.following, true);
  });

  it('lets the window poll in which the user works, from the moment that it gets the focus', async () => {
    desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    const [first, second] = await openAndSee(2, 'a');
    assert.ok(first && second);
    first.watcher.setFocused(true);
    await desk.clock.advance(2 * MINUTE);
    first.watcher.setFocused(false);
    await desk.clock.advance(2 * MINUTE);
    desk.newRequests();
    second.watcher.setFocused(true);
    await desk.clock.advance(5 * MINUTE);
    const requests = desk.newRequests().length;
    assert.ok(requests >= 30 && requests <= 34, `${requests} requests`);
  });

  it('does not ask again at once when the focus moves between windows', async () => {
    desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    const windows = await openAndSee(3, 'a');
    await desk.clock.advance(MINUTE);
    desk.newRequests();
    for (let turn = 0; turn < 60; turn++) {
      windows.forEach((window, index) => {
        window.watcher.setFocused(index === turn % 3);
      });
      await desk.clock.advance(500);
    }
    assert.ok(desk.newRequests().length <= 5);
  });

  it('goes on in another window when the polling one is closed', async () => {
    desk.addBots(meetingBot('a', { ended: 120, done: 125, mp3: 130 }));
    const [first, second] = await openAndSee(2, 'a');
    first?.watcher.setFocused(true);
    await desk.clock.advance(30 * SECOND);
    first?.watcher.dispose();
    await desk.clock.advance(0);
    const lease = [...desk.files.texts].filter(([path]) => path.includes('lease.')).map(([, text]) => text);
    assert.match(lease.join(), /"released":true/);
    second?.watcher.setFocused(true);
    await desk.clock.advance(3 * MINUTE);
    assert.deepEqual(second?.ready, ['a']);
  });

  it('goes on in another window when the polling one is killed, even if nobody touches it', async () => {
    desk.addBots(
      meetingBot('a', { ended: 120, done: 125, mp3: 130 }),
      meetingBot('b', { ended: 900, done: 905, mp3: 910 }),
    );
    const [first, second] = await openAndSee(2, 'a', 'b');
    first?.watcher.setFocused(true);
    await desk.clock.advance(30 * SECOND);
    first?.kill();
    await desk.clock.advance(5 * MINUTE);
    assert.deepEqual(second?.ready, ['a']);
    await desk.clock.advance(15 * MINUTE);
    assert.deepEqual(second.ready, ['a', 'b']);
  });

  it('goes on in a window that never saw the bot when the only one that did is killed', async () => {
    desk.addBots(meetingBot('a', { ended: 1_200, done: 1_205, mp3: 1_210 }));
    const [first, second] = [desk.open(), desk.open()];
    await desk.see(first, 'a');
    await desk.clock.advance(5 * SECOND);
    first.kill();
    await desk.clock.advance(30 * MINUTE);
    assert.deepEqual(second.ready, ['a']);
  });

  it('drops the late answer of a window that lost the lease in its sleep', async () => {
    desk.addBots(meetingBot('a', { ended: 20, done: 25, mp3: 30 }));
    const [first, second] = await openAndSee(2, 'a');
    assert.ok(first && second);
    desk.api.latencyMs = 2 * MINUTE;
    first.watcher.setFocused(true);
    await desk.clock.advance(15 * SECOND);
    assert.equal(desk.newRequests().length, 1);
    desk.api.latencyMs = 0;
    second.watcher.setFocused(true);
    await desk.clock.advance(MINUTE);
    assert.deepEqual(second.ready, ['a']);
    await desk.clock.advance(10 * MINUTE);
    assert.deepEqual(first.ready, []);
    assert.equal(newest(first, 'a'), 'done');
  });

  it('asks no further in the middle of a round when another window polls now', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `bot-${index}`);
    desk.addBots(...ids.map((id) => meetingBot(id, { ended: 1, done: 2, mp3: 3 })));
    const [first, second] = await openAndSee(2, ...ids);
    desk.api.latencyMs = 2 * SECOND;
    first?.watcher.setFocused(true);
    await desk.clock.advance(20 * SECOND);
    second?.watcher.setFocused(true);
    await desk.clock.advance(2 * MINUTE);
    assert.equal([...(first?.ready ?? []), ...(second?.ready ?? [])].length, 12);
    const requests = desk.newRequests().length;
    assert.ok(requests <= 2 + 12 + 12 + 8, `${requests} requests`);
  });

  it('tells in every window that following fails, and that it works again', async () => {
    desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    const windows = await openAndSee(3, 'a');
    windows[0]?.watcher.setFocused(true);
    await desk.clock.advance(MINUTE);
    desk.api.fault = () => new RecallError('network', 'Recall cannot be reached.');
    await desk.clock.advance(10 * MINUTE);
    for (const { health } of windows)
      assert.deepEqual(
        health.map(({ kind }) => kind),
        ['failing'],
      );
    desk.api.fault = () => undefined;
    await desk.clock.advance(10 * MINUTE);
    for (const { health } of windows)
      assert.deepEqual(
        health.map(({ kind }) => kind),
        ['failing', 'ok'],
      );
  });

  it('obeys a Retry-After that another window was told', async () => {
    desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    const [first, second] = await openAndSee(2, 'a');
    first?.watcher.setFocused(true);
    await desk.clock.advance(5 * SECOND);
    desk.api.fault = () => new RecallError('rateLimited', 'Too many.', { retryAfterMs: 3 * MINUTE });
    await desk.clock.advance(10 * SECOND);
    desk.api.fault = () => undefined;
    desk.newRequests();
    first?.watcher.dispose();
    second?.watcher.setFocused(true);
    await desk.clock.advance(2 * MINUTE + 50 * SECOND);
    assert.deepEqual(desk.newRequests(), []);
    await desk.clock.advance(MINUTE);
    assert.ok(desk.newRequests().length > 0);
  });

  it('takes a cancelled bot from the list in every window', async () => {
    desk.addBots(
      { id: 's', joinAt: START + HOUR, statuses: [], deletedAt: START + MINUTE },
      meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_300 }),
    );
    const windows = await openAndSee(3, 's', 'a');
    windows[0]?.watcher.setFocused(true);
    await desk.clock.advance(HOUR + 2 * MINUTE);
    for (const { store } of windows) assert.equal(store.get('s'), undefined);
  });

  it('polls in one window only when a scheduled bot gets due in all at once', async () => {
    const joinAt = START + HOUR;
    desk.addBots({ id: 's', joinAt, statuses: [{ at: joinAt + SECOND, code: 'in_call_recording' }] });
    await openAndSee(5, 's');
    await desk.clock.advance(HOUR + 5 * MINUTE);
    const requests = desk.newRequests().length;
    assert.ok(requests >= 4 && requests <= 7, `${requests} requests`);
  });

  it('writes neither URLs nor secrets into the shared files', async () => {
    desk.addBots(meetingBot('a', { ended: 20, done: 25, mp3: 40 }), {
      id: 'b',
      statuses: [status(-9, 'in_waiting_room'), status(900, 'done')],
    });
    const [window] = await openAndSee(2, 'a', 'b');
    const secretive = {
      ...desk.api.bot('b'),
      metadata: { token: 'SECRET' },
      meeting: { url: 'https://zoom.us/j/1?pwd=SECRET', platform: undefined, meetingId: undefined },
    };
    window?.store.put([secretive]);
    window?.watcher.setFocused(true);
    for (let second = 0; second < 90; second++) {
      await desk.clock.advance(SECOND);
      for (const [path, text] of desk.files.texts) {
        assert.doesNotMatch(text, /https?:|Signature|SECRET|pwd/i, path);
      }
    }
  });

  it('leaves few files behind, and tidies up old ones', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `bot-${index}`);
    desk.addBots(...ids.map((id) => meetingBot(id, { ended: 20, done: 25, mp3: 30 })));
    const [window] = await openAndSee(1, ...ids);
    await desk.clock.advance(HOUR);
    assert.equal(window?.ready.length, 20);
    window.watcher.dispose();
    await desk.clock.advance(48 * HOUR);
    desk.open();
    await desk.clock.advance(MINUTE);
    const watchFiles = [...desk.files.texts.keys()].filter((path) => path.includes('/watch/'));
    assert.equal(watchFiles.length, 1, watchFiles.join('\n'));
  });

  it('survives files that others broke', async () => {
    desk.addBots(meetingBot('a', { ended: 200, done: 205, mp3: 210 }));
    const [window] = await openAndSee(1, 'a');
    window?.watcher.setFocused(true);
    await desk.clock.advance(30 * SECOND);
    for (const path of desk.files.texts.keys()) {
      if (path.includes('/watch/')) desk.files.texts.set(path, '{"half a');
    }
    desk.files.texts.set('/state/watch/us-west-2.recall.ai/bots/strange.json', 'not json');
    await desk.clock.advance(5 * MINUTE);
    assert.deepEqual(window?.ready, ['a']);
  });

  it('leaves the telling to another window when it is closed in the middle of it', async () => {
    for (let steps = TURNS; steps < 2 * TURNS; steps += 1) {
      desk = setUpDesk({ around: slowFiles, turns: TURNS });
      desk.addBots(meetingBot('a', { ended: -9, done: 3, mp3: 4 }));
      const [first] = await openAndSee(1, 'a');
      assert.ok(first);
      first.watcher.setFocused(true);
      const heard: string[] = [];
      const subscription = first.watcher.ready(({ botId }) => heard.push(botId));
      await desk.clock.advance(9 * SECOND);
      const end = desk.clock.advance(SECOND);
      for (let step = 0; step < steps; step++) await nextTurn();
      first.watcher.dispose();
      subscription.dispose();
      await end;
      await first.watcher.settled();
      const second = desk.open();
      await desk.clock.advance(2 * MINUTE);
      assert.deepEqual([...heard, ...second.ready], ['a'], `closed after ${steps} steps`);
      assert.equal((await second.records.get('a')).announced, true);
      await desk.closeAll();
    }
  });

  it('goes on when the disk was full for a while', async () => {
    let isFull = false;
    const full = <T>(work: () => Promise<T>): Promise<T> =>
      isFull ? Promise.reject(new Error('ENOSPC: no space left on device')) : work();
    desk = setUpDesk({
      around: (files) => ({
        list: (folder) => files.list(folder),
        read: (path) => files.read(path),
        remove: (path) => files.remove(path),
        exclusively: (folder, name, work) => files.exclusively(folder, name, work),
        create: (folder, name, text) => full(() => files.create(folder, name, text)),
        replace: (folder, name, text) => full(() => files.replace(folder, name, text)),
      }),
    });
    desk.addBots(meetingBot('a', { ended: 60, done: 65, mp3: 70 }));
    const [window] = await openAndSee(1, 'a');
    window?.watcher.setFocused(true);
    await desk.clock.advance(30 * SECOND);
    isFull = true;
    await desk.clock.advance(10 * MINUTE);
    assert.deepEqual(window?.ready, []);
    isFull = false;
    await desk.clock.advance(6 * MINUTE);
    assert.deepEqual(window.ready, ['a']);
    assert.match(desk.warnings.join('\n'), /no space left/);
  });
});

/** Files whose every call takes turns of the event loop, so that something else can happen in between. */
function slowFiles(files: MemoryFiles): StateFileSystem {
  return {
    list: (folder) => nextTurn().then(() => files.list(folder)),
    read: (path) => nextTurn().then(() => files.read(path)),
    remove: (path) => nextTurn().then(() => files.remove(path)),
    create: (folder, name, text) => nextTurn().then(() => files.create(folder, name, text)),
    replace: async (folder, name, text) => {
      await nextTurn();
      await files.replace(folder, name, text);
      await nextTurn();
    },
    exclusively: (folder, name, work) =>
      files.exclusively(folder, name, async () => {
        await nextTurn();
        return work();
      }),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
