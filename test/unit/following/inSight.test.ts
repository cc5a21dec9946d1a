import assert from 'node:assert/strict';
import { RecallError } from '../../../src/recall/errors.ts';
import { busiestMinute } from '../../bench/pollingModel.ts';
import type { ModelBot } from '../../bench/pollingModel.ts';
import { HOUR, MINUTE, SECOND, START, meetingBot, setUpDesk, status } from './watcherSetup.ts';
import type { Desk, DeskWindow } from './watcherSetup.ts';

const LATER = { ended: 1e6, done: 1e6, mp3: 1e6 };
const FOCUSED_MS = 11 * SECOND;
const VISIBLE_MS = 31 * SECOND;
/** So often a window looks at what another one found. */
const READ_MS = 11 * SECOND;

describe('BotWatcher with live bots that were sent elsewhere', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = setUpDesk();
  });

  afterEach(async () => {
    await desk.closeAll();
    assert.equal(desk.clock.timerCount, 0, 'timers are left');
  });

  function elsewhere(id: string, seconds = LATER): ModelBot {
    return { ...meetingBot(id, seconds), sentFromHere: false };
  }

  /** Opens a window with its list loaded, looked at in this way. */
  async function openWithList(look: 'focused' | 'visible' | 'hidden'): Promise<DeskWindow> {
    const window = desk.open();
    window.watcher.setFocused(look === 'focused');
    window.watcher.setViewVisible(look !== 'hidden');
    await window.list.refresh();
    await desk.clock.advance(0);
    desk.newRequests();
    return window;
  }

  const newest = (window: DeskWindow | undefined, botId: string): string | undefined =>
    window?.store.get(botId)?.bot.statusChanges.at(-1)?.code;

  it('keeps all lines fresh by one request for all, and says nothing when they end', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `bot-${index}`);
    desk.addBots(
      ...ids.map((id, index) => elsewhere(id, { ended: 65 + index, done: 300 + 10 * index, mp3: 600 })),
    );
    const window = await openWithList('focused');
    await desk.clock.advance(MINUTE);
    const requests = desk.newRequests();
    assert.deepEqual([...new Set(requests)], ['list']);
    assert.ok(requests.length <= 7, `${requests.length} requests`);

    await desk.clock.advance(25 * SECOND + FOCUSED_MS);
    assert.deepEqual([...new Set(ids.map((id) => newest(window, id)))], ['call_ended']);
    await desk.clock.advance(205 * SECOND + FOCUSED_MS);
    desk.newRequests();
    await desk.clock.advance(200 * SECOND);
    assert.deepEqual([...new Set(ids.map((id) => newest(window, id)))], ['done']);
    assert.deepEqual([window.ready, window.ended], [[], []]);
    for (const id of ids) assert.equal((await window.records.get(id)).following, false);
    // One more for each that ended, and nothing when all have.
    const atTheEnd = desk.newRequests();
    assert.ok(atTheEnd.filter((request) => request !== 'list').length <= 20);
    await desk.clock.advance(HOUR);
    assert.deepEqual(desk.newRequests(), []);
  });

  it('keeps the pace of a window that is visible only, and asks nothing while the view is hidden', async () => {
    desk.addBots(elsewhere('a', { ended: 1_000, done: 1_010, mp3: 1_020 }));
    const window = await openWithList('visible');
    await desk.clock.advance(10 * MINUTE);
    const requests = desk.newRequests().length;
    assert.ok(requests >= 19 && requests <= 22, `${requests} requests`);
    window.watcher.setViewVisible(false);
    await desk.clock.advance(0);
    desk.newRequests();
    window.watcher.setFocused(true);
    await desk.clock.advance(10 * MINUTE);
    assert.deepEqual(desk.newRequests(), []);
    window.watcher.setViewVisible(true);
    await desk.clock.advance(0);
    assert.equal(newest(window, 'a'), 'done');
  });

  it('asks nothing for the sake of bots that are over or far ahead', async () => {
    desk.addBots(elsewhere('old', { ended: -30, done: -20, mp3: -10 }), {
      id: 'later',
      joinAt: START + 5 * HOUR,
      statuses: [],
      sentFromHere: false,
    });
    await openWithList('focused');
    await desk.clock.advance(4 * HOUR);
    assert.deepEqual(desk.newRequests(), []);
  });

  it('shows a scheduled one that begins, in time, also when the computer slept before it', async () => {
    for (const sleeps of [false, true]) {
      desk = setUpDesk();
      const joinAt = START + HOUR;
      desk.addBots({ id: 's', joinAt, statuses: [status(3_602, 'joining_call')], sentFromHere: false });
      const window = await openWithList('focused');
      if (sleeps) desk.clock.jump(HOUR - MINUTE);
      else await desk.clock.advance(HOUR - MINUTE);
      await desk.clock.advance(MINUTE + 2 * SECOND + MINUTE);
      assert.equal(newest(window, 's'), 'joining_call', `slept: ${sleeps}`);
      assert.ok(desk.newRequests().length <= 14);
      await desk.closeAll();
    }
  });

  it('asks about many that are late to begin at most once a minute each', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `late-${index}`);
    desk.addBots(
      elsewhere('live'),
      ...ids.map((id) => ({ id, joinAt: START + MINUTE, statuses: [], sentFromHere: false })),
    );
    await openWithList('focused');
    await desk.clock.advance(MINUTE);
    desk.newRequests();
    await desk.clock.advance(5 * MINUTE);
    const alone = desk.newRequests().filter((request) => request !== 'list').length;
    assert.ok(alone >= 40 && alone <= 60, `${alone} requests for single bots`);
  });

  it('shows live ones that come along where they belong into the list', async () => {
    for (const onlyFromHere of [false, true]) {
      desk = setUpDesk();
      desk.addBots({ ...meetingBot('colleague', LATER), sentFromHere: true });
      const window = desk.open();
      window.list.reset({ sentFromHere: onlyFromHere });
      window.watcher.setFocused(true);
      window.watcher.setViewVisible(true);
      await window.list.refresh();
      await desk.clock.advance(15 * SECOND);
      desk.addBots(elsewhere('dashboard'), { ...meetingBot('second', LATER), sentFromHere: true });
      // One that is not ours is in the list of all live bots as soon as one of those shown is not ours, too.
      if (!onlyFromHere) window.store.put([desk.api.bot('dashboard')]);
      desk.addBots(elsewhere('third'));
      await desk.clock.advance(FOCUSED_MS);
      const shown = window.store.live().map(({ bot }) => bot.id);
      const wanted = onlyFromHere ? ['colleague', 'second'] : ['colleague', 'dashboard', 'second', 'third'];
      assert.deepEqual(shown.toSorted(), wanted);
      await desk.closeAll();
    }
  });

  it('takes one that does not exist any more from the list', async () => {
    const cancelled = { id: 's', joinAt: START + 70 * SECOND, statuses: [], sentFromHere: false };
    desk.addBots(
      { ...elsewhere('a'), deletedAt: START + MINUTE },
      { ...cancelled, deletedAt: START + MINUTE },
      elsewhere('b'),
    );
    const window = await openWithList('focused');
    await desk.clock.advance(2 * MINUTE);
    assert.deepEqual([window.store.get('a'), window.store.get('s')], [undefined, undefined]);
    assert.equal(newest(window, 'b'), 'in_call_recording');
  });

  it('is back within a minute when the API was away', async () => {
    desk.addBots(elsewhere('a', { ended: 300, done: 310, mp3: 320 }), elsewhere('b'));
    const window = await openWithList('visible');
    desk.api.fault = () => new RecallError('serverError', 'Trouble.', { status: 503 });
    await desk.clock.advance(10 * MINUTE);
    assert.equal(window.watcher.health.kind, 'failing');
    desk.api.fault = () => undefined;
    await desk.clock.advance(MINUTE);
    assert.equal(newest(window, 'a'), 'done');
    assert.equal(window.watcher.health.kind, 'ok');
  });

  it('does not go on saying that it fails when nothing is left to ask about', async () => {
    desk.addBots(elsewhere('a', { ended: 100, done: 105, mp3: 110 }));
    const window = await openWithList('focused');
    desk.api.fault = () => new RecallError('network', 'Recall cannot be reached.');
    await desk.clock.advance(2 * MINUTE);
    assert.equal(window.watcher.health.kind, 'failing');
    desk.api.fault = () => undefined;
    await window.list.refresh();
    await desk.clock.advance(0);
    assert.equal(newest(window, 'a'), 'done');
    await desk.clock.advance(MINUTE);
    assert.equal(window.watcher.health.kind, 'ok');
  });

  it('keeps to the requests of a minute with hundreds of live ones, and followed bots come first', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `bot-${String(index)}`);
    desk.addBots(
      ...ids.map((id) => elsewhere(id, { ended: 120, done: 125, mp3: 130 })),
      meetingBot('mine', { ended: 120, done: 125, mp3: 160 }),
    );
    const window = await openWithList('focused');
    await desk.see(window, 'mine');
    while (window.list.state.hasMore) await window.list.loadMore();
    desk.newRequests();
    await desk.clock.advance(170 * SECOND);
    assert.deepEqual(window.ready, ['mine']);
    assert.equal(
      desk.newRequests().find((request) => request !== 'list'),
      'bot mine',
    );
    await desk.clock.advance(20 * MINUTE);
    assert.ok(busiestMinute(desk.api.requests.slice(10)) <= 50);
    assert.deepEqual(window.store.live(), []);
  });

  it('tells nothing to the list of another account, however late', async () => {
    desk.addBots(elsewhere('a', { ended: 20, done: 25, mp3: 30 }), elsewhere('b'));
    const [first, second] = [await openWithList('focused'), await openWithList('visible')];
    await desk.clock.advance(15 * SECOND);
    desk.api.latencyMs = 5 * SECOND;
    await desk.clock.advance(12 * SECOND);
    for (const window of [first, second]) {
      window.watcher.dispose();
      window.list.reset();
    }
    await desk.clock.advance(MINUTE);
    assert.deepEqual([first.store.list(), second.store.list()], [[], []]);
  });

  it('tells nothing to it either of what another window found', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const isClosing = { of: false };
    desk = setUpDesk({
      around: (files) => ({
        list: (folder) => files.list(folder),
        remove: (path) => files.remove(path),
        exclusively: (folder, name, work) => files.exclusively(folder, name, work),
        create: (folder, name, text) => files.create(folder, name, text),
        replace: (folder, name, text) => files.replace(folder, name, text),
        read: async (path) => {
          if (isClosing.of && path.endsWith('news.json')) await gate;
          return files.read(path);
        },
      }),
    });
    desk.addBots(elsewhere('a'), elsewhere('b'));
    await openWithList('focused');
    const second = await openWithList('visible');
    await desk.clock.advance(MINUTE);
    isClosing.of = true;
    desk.addBots(elsewhere('c'));
    await desk.clock.advance(25 * SECOND);
    second.watcher.dispose();
    second.list.reset();
    open();
    await second.watcher.settled();
    assert.deepEqual(second.store.list(), []);
  });

  describe('in several windows', () => {
    it('asks in one for all that show them', async () => {
      desk.addBots(...['a', 'b', 'c'].map((id) => elsewhere(id, { ended: 600, done: 605, mp3: 610 })));
      const windows = [await openWithList('focused')];
      while (windows.length < 5) windows.push(await openWithList('visible'));
      await desk.clock.advance(9 * MINUTE);
      const requests = desk.newRequests().length;
      assert.ok(requests <= 60, `${requests} requests in nine minutes`);
      await desk.clock.advance(MINUTE + 5 * SECOND + FOCUSED_MS + READ_MS);
      for (const window of windows) {
        assert.deepEqual([...new Set(['a', 'b', 'c'].map((id) => newest(window, id)))], ['done']);
      }
    });

    it('asks in the window that has the focus for one that shows them, and only as long as it does', async () => {
      desk.addBots(
        meetingBot('mine', LATER),
        elsewhere('a', { ended: 100, done: 105, mp3: 110 }),
        elsewhere('b'),
        ...['f1', 'f2'].map((id) => ({ ...elsewhere(id), joinAt: START + 5 * HOUR, statuses: [] })),
        { ...elsewhere('s'), joinAt: START + 40 * SECOND, statuses: [], deletedAt: START + 30 * SECOND },
      );
      const front = await openWithList('hidden');
      front.watcher.setFocused(true);
      await desk.see(front, 'mine');
      front.store.remove(['a', 'b', 's', 'f1', 'f2']);
      const beside = await openWithList('visible');
      await desk.clock.advance(MINUTE);
      desk.addBots(elsewhere('new'));
      await desk.clock.advance(45 * SECOND + VISIBLE_MS + READ_MS);
      assert.equal(newest(beside, 'a'), 'done');
      assert.equal(newest(beside, 'b'), 'in_call_recording');
      assert.equal(newest(beside, 'new'), 'in_call_recording');
      assert.equal(beside.store.get('s'), undefined);
      assert.ok(!desk.newRequests().some((request) => request.startsWith('bot f')));
      const { requests } = desk.api;
      assert.ok(busiestMinute(requests.slice(10)) <= 12, `${busiestMinute(requests)} in a minute`);
      assert.deepEqual(
        ['a', 'b'].filter((id) => front.store.get(id)),
        [],
        'the list of the window in front is its own',
      );
      for (const [path, text] of desk.files.texts) assert.doesNotMatch(text, /https?:|Signature/, path);

      beside.watcher.setViewVisible(false);
      await desk.clock.advance(20 * SECOND);
      desk.newRequests();
      await desk.clock.advance(5 * MINUTE);
      assert.deepEqual([...new Set(desk.newRequests())], ['bot mine']);
    });

    it('keeps the pace of the window that is looked at, and each list to what belongs into it', async () => {
      const colleague = { ...meetingBot('colleague', LATER), sentFromHere: true };
      desk.addBots(meetingBot('mine', LATER), colleague, elsewhere('a', { ...LATER, ended: 300 }));
      const back = desk.open();
      await desk.see(back, 'mine');
      back.list.reset({ sentFromHere: true });
      await back.list.refresh();
      await desk.clock.advance(SECOND);
      const beside = await openWithList('visible');
      await desk.clock.advance(2 * MINUTE);
      desk.newRequests();
      await desk.clock.advance(10 * MINUTE);
      const requests = desk.newRequests().length;
      assert.ok(requests >= 19 && requests <= 22, `${requests} requests`);
      assert.equal(newest(beside, 'a'), 'call_ended');

      // Now the other one shows its list as well.
      back.watcher.setViewVisible(true);
      await desk.clock.advance(3 * MINUTE);
      assert.equal(back.store.get('a'), undefined);
      beside.watcher.setFocused(true);
      await desk.clock.advance(3 * MINUTE);
      assert.equal(back.store.get('a'), undefined);
      assert.equal(newest(back, 'colleague'), 'in_call_recording');
    });

    it('does not ask again at once when the focus moves between them', async () => {
      desk.addBots(elsewhere('a'), elsewhere('b'));
      const windows = [await openWithList('visible'), await openWithList('visible')];
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      for (let turn = 0; turn < 20; turn++) {
        windows.forEach((window, index) => {
          window.watcher.setFocused(index === turn % 2);
        });
        await desk.clock.advance(3 * SECOND);
      }
      const requests = desk.newRequests().length;
      assert.ok(requests <= 8, `${requests} requests`);
    });

    it('forgets what a killed window showed, and goes on when the asking one is killed', async () => {
      desk.addBots(
        meetingBot('mine', LATER),
        elsewhere('a', { ended: 300, done: 305, mp3: 310 }),
        elsewhere('b'),
      );
      const front = await openWithList('hidden');
      front.watcher.setFocused(true);
      await desk.see(front, 'mine');
      const [left, killed] = [await openWithList('visible'), await openWithList('visible')];
      await desk.clock.advance(MINUTE);
      killed.kill();
      front.kill();
      await desk.clock.advance(6 * MINUTE);
      assert.equal(newest(left, 'a'), 'done');
      left.watcher.setViewVisible(false);
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      await desk.clock.advance(5 * MINUTE);
      assert.deepEqual([...new Set(desk.newRequests())], ['bot mine']);
    });

    it('leaves no files behind', async () => {
      desk.addBots(meetingBot('mine', LATER), elsewhere('a'));
      const front = await openWithList('focused');
      await desk.see(front, 'mine');
      const beside = await openWithList('visible');
      await desk.clock.advance(2 * MINUTE);
      const wishes = (): string[] => [...desk.files.texts.keys()].filter((path) => path.includes('wish'));
      assert.equal(wishes().length, 1);
      beside.watcher.dispose();
      await desk.clock.advance(0);
      assert.deepEqual(wishes(), []);
    });

    it('goes on when the files cannot be written', async () => {
      const isFull = { of: false };
      desk = setUpDesk({
        around: (files) => ({
          list: (folder) => files.list(folder),
          read: (path) => files.read(path),
          remove: (path) => files.remove(path),
          exclusively: (folder, name, work) => files.exclusively(folder, name, work),
          create: (folder, name, text) => files.create(folder, name, text),
          replace: (folder, name, text) =>
            isFull.of && folder.endsWith('sight')
              ? Promise.reject(new Error('ENOSPC: no space left on device'))
              : files.replace(folder, name, text),
        }),
      });
      desk.addBots(meetingBot('mine', { ended: 60, done: 65, mp3: 70 }), elsewhere('a'));
      isFull.of = true;
      const [front, beside] = [await openWithList('focused'), await openWithList('visible')];
      await desk.see(front, 'mine');
      await desk.clock.advance(2 * MINUTE);
      assert.deepEqual([front.ready, front.watcher.health.kind], [['mine'], 'ok']);
      isFull.of = false;
      await desk.clock.advance(MINUTE);
      assert.equal(beside.watcher.health.kind, 'ok');
      assert.match(desk.warnings.join('\n'), /no space left/);
    });
  });
});
