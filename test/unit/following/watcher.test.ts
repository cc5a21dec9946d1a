import assert from 'node:assert/strict';
import { RecallError } from '../../../src/recall/errors.ts';
import { busiestMinute } from '../../bench/pollingModel.ts';
import { HOUR, MINUTE, SECOND, START, meetingBot, setUpDesk, status } from './watcherSetup.ts';
import type { Desk } from './watcherSetup.ts';

describe('BotWatcher', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = setUpDesk();
  });

  afterEach(async () => {
    await desk.closeAll();
    assert.equal(desk.clock.timerCount, 0, 'timers are left');
  });

  describe('with nothing to follow', () => {
    it('asks nothing, all day long, with a single timer', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      window.watcher.setViewVisible(true);
      for (let hour = 0; hour < 24; hour++) {
        await desk.clock.advance(HOUR);
        assert.equal(desk.clock.timerCount, 1);
      }
      assert.deepEqual(desk.newRequests(), []);
    });

    it('does not follow bots that were over when first seen', async () => {
      desk.addBots(meetingBot('old', { ended: -30, done: -20, mp3: -10 }));
      const window = desk.open();
      await desk.see(window, 'old');
      await desk.clock.advance(HOUR);
      assert.deepEqual(desk.newRequests(), []);
      assert.deepEqual([window.ready, window.ended], [[], []]);
      assert.equal((await window.records.get('old')).following, false);
    });
  });

  describe('with one live bot', () => {
    beforeEach(() => {
      desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    });

    const cases = [
      { name: 'focused', focused: true, visible: false, least: 36, most: 40 },
      { name: 'in the background with its view visible', focused: false, visible: true, least: 12, most: 14 },
      { name: 'in the background', focused: false, visible: false, least: 6, most: 7 },
    ];
    for (const { name, focused, visible, least, most } of cases) {
      it(`asks for that bot alone, at the pace of a window that is ${name}`, async () => {
        const window = desk.open();
        window.watcher.setFocused(focused);
        window.watcher.setViewVisible(visible);
        await desk.see(window, 'a');
        await desk.clock.advance(6 * MINUTE);
        const requests = desk.newRequests();
        assert.ok(requests.length >= least && requests.length <= most, `${requests.length} requests`);
        assert.deepEqual([...new Set(requests)], ['bot a']);
        assert.equal(window.watcher.liveCount, 1);
      });
    }

    it('catches up at once when the window gets the focus and a look is overdue', async () => {
      const window = desk.open();
      await desk.see(window, 'a');
      await desk.clock.advance(58 * SECOND);
      desk.newRequests();
      window.watcher.setFocused(true);
      await desk.clock.advance(0);
      assert.deepEqual(desk.newRequests(), ['bot a']);
    });

    it('asks once, however often the focus comes and goes within seconds', async () => {
      const window = desk.open();
      await desk.see(window, 'a');
      await desk.clock.advance(58 * SECOND);
      desk.newRequests();
      for (let time = 0; time < 30; time++) {
        window.watcher.setFocused(true);
        window.watcher.setViewVisible(true);
        await desk.clock.advance(100);
        window.watcher.setFocused(false);
        window.watcher.setViewVisible(false);
        await desk.clock.advance(100);
      }
      assert.deepEqual(desk.newRequests(), ['bot a']);
    });

    it('keeps one timer, beside the look at the clock, and one round, however often it is woken', async () => {
      desk.api.latencyMs = 700;
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      for (let second = 0; second < 120; second++) {
        window.watcher.setViewVisible(second % 2 === 0);
        window.watcher.start();
        await desk.see(window, 'a');
        await desk.clock.advance(SECOND);
        assert.ok(desk.clock.timerCount <= 2, `${desk.clock.timerCount} timers`);
      }
      assert.ok(desk.newRequests().length <= 13);
    });

    it('does not keep step with other computers', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(5 * MINUTE);
      const times = desk.api.requests.map(({ at }) => at);
      const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      assert.ok(new Set(pauses).size > pauses.length / 2, pauses.join());
      assert.ok(Math.max(...pauses) <= 10 * SECOND && Math.min(...pauses) >= 9 * SECOND, pauses.join());
    });

    it('leaves nothing behind when it is disposed, and takes no answer that comes later', async () => {
      desk.api.latencyMs = 5 * SECOND;
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(12 * SECOND);
      assert.equal(desk.newRequests().length, 1);
      const changes: unknown[] = [];
      window.store.changes((change) => changes.push(change));
      window.watcher.dispose();
      window.watcher.dispose();
      await desk.clock.advance(0);
      assert.equal(desk.clock.timerCount, 0);
      await window.watcher.settled();
      await desk.clock.advance(HOUR);
      window.watcher.setFocused(false);
      window.watcher.setFocused(true);
      await window.watcher.follow(desk.api.bot('a'));
      await desk.clock.advance(HOUR);
      assert.deepEqual(changes, []);
      assert.deepEqual(desk.newRequests(), []);
    });
  });

  describe('with several live bots', () => {
    it('asks for one page of live bots, whatever their number', async () => {
      const ids = Array.from({ length: 40 }, (_, index) => `bot-${index}`);
      desk.addBots(...ids.map((id) => meetingBot(id, { ended: 7_200, done: 7_210, mp3: 7_220 })));
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, ...ids);
      await desk.clock.advance(60 * SECOND);
      const requests = desk.newRequests();
      assert.deepEqual([...new Set(requests)], ['list']);
      assert.ok(requests.length >= 6 && requests.length <= 7, `${requests.length} requests`);
      assert.equal(window.watcher.liveCount, 40);
    });

    it('asks for a bot that left the live ones, then for its MP3 until that is made, then whether there is more', async () => {
      desk.addBots(
        meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }),
        meetingBot('b', { ended: 7_200, done: 7_210, mp3: 7_220 }),
        meetingBot('c', { ended: 25, done: 31, mp3: 43 }),
      );
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a', 'b', 'c');
      await desk.clock.advance(41 * SECOND);
      assert.equal(window.store.get('c')?.bot.statusChanges.at(-1)?.code, 'done');
      assert.deepEqual(window.ready, [], 'told before the MP3 was made');
      await desk.clock.advance(10 * SECOND);
      assert.deepEqual(window.ready, ['c']);
      const alone = desk.newRequests().filter((request) => request !== 'list');
      assert.equal(alone[0], 'bot c');
      assert.equal(alone.at(-1), 'audioList recording-c');
      assert.deepEqual([...new Set(alone.slice(1, -1))], ['audio audio-0-c']);
      assert.equal(window.store.get('c')?.bot.recordings[0]?.media.audio_mixed?.status?.code, 'done');
      assert.equal(window.watcher.liveCount, 2);
    });

    it('follows the pages of the live ones, and asks less often the more there are', async () => {
      const ids = Array.from({ length: 450 }, (_, index) => `bot-${index}`);
      desk.addBots(...ids.map((id) => meetingBot(id, { ended: 7_200, done: 7_210, mp3: 7_220 })));
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, ...ids);
      await desk.clock.advance(5 * MINUTE);
      const requests = desk.newRequests();
      assert.deepEqual([...new Set(requests)], ['list']);
      assert.ok(requests.length >= 5 * 5 && requests.length <= 25 * 5, `${requests.length} requests`);
    });

    it('asks for few followed bots one by one where the account has very many live ones', async () => {
      const others = Array.from({ length: 950 }, (_, index) => ({
        ...meetingBot(`other-${index}`, { ended: 7_200, done: 7_210, mp3: 7_220 }),
        sentFromHere: false,
      }));
      const mine = ['m1', 'm2', 'm3'].map((id) => ({
        ...meetingBot(id, { ended: 7_200, done: 7_210, mp3: 7_220 }),
        sentFromHere: false,
      }));
      desk.addBots(...others, ...mine);
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'm1', 'm2', 'm3');
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      await desk.clock.advance(5 * MINUTE);
      const requests = desk.newRequests();
      assert.ok(!requests.includes('list'));
      assert.ok(requests.length > 60 && requests.length < 120, `${requests.length} requests`);
    });

    it('leaves out what others sent to the account when all followed bots were sent from here', async () => {
      const others = Array.from({ length: 950 }, (_, index) => ({
        ...meetingBot(`other-${index}`, { ended: 7_200, done: 7_210, mp3: 7_220 }),
        sentFromHere: false,
      }));
      desk.addBots(
        ...others,
        ...['m1', 'm2'].map((id) => meetingBot(id, { ended: 7_200, done: 7_210, mp3: 7_220 })),
      );
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'm1', 'm2');
      await desk.clock.advance(MINUTE);
      assert.ok(desk.newRequests().length <= 7);
      assert.equal(window.store.list().length, 2);
    });

    it('never makes more than 60 requests a minute, even when 200 bots end in the same second', async () => {
      const ids = Array.from({ length: 200 }, (_, index) => `bot-${index}`);
      desk.addBots(...ids.map((id) => meetingBot(id, { ended: 60, done: 65, mp3: 70 })));
      const windows = [desk.open(), desk.open(), desk.open()];
      for (const window of windows) await desk.see(window, ...ids);
      for (let minute = 0; minute < 20; minute++) {
        // The focus wanders, so that each window polls in turn.
        windows.forEach((window, index) => {
          window.watcher.setFocused(index === minute % 3);
        });
        await desk.clock.advance(MINUTE);
      }
      assert.ok(busiestMinute(desk.api.requests) <= 60, `${busiestMinute(desk.api.requests)} in a minute`);
      assert.deepEqual(windows.flatMap(({ ready }) => ready).toSorted(), ids.toSorted());
    });
  });

  describe('at the end of a bot', () => {
    it('waits for every part of the recording', async () => {
      desk.addBots({
        ...meetingBot('a', { ended: 5, done: 8, mp3: 10 }),
        audioDoneAt: [START + 10 * SECOND, START + 60 * SECOND],
      });
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(59 * SECOND);
      assert.deepEqual(window.ready, []);
      await desk.clock.advance(10 * SECOND);
      assert.deepEqual(window.ready, ['a']);
    });

    it('finds MP3s that are told in their own list only', async () => {
      desk.addBots({ ...meetingBot('a', { ended: 5, done: 8, mp3: 30 }), withoutShortcut: true });
      const window = desk.open();
      await desk.see(window, 'a');
      await desk.clock.advance(2 * MINUTE);
      assert.deepEqual([window.ready, window.ended], [['a'], []]);
    });

    it('tells why there is nothing to download', async () => {
      desk.addBots(
        {
          id: 'lobby',
          statuses: [status(-9, 'in_waiting_room'), status(20, 'call_ended'), status(25, 'done')],
        },
        { id: 'crash', statuses: [status(-9, 'joining_call'), status(20, 'fatal', 'meeting_not_found')] },
        { ...meetingBot('broken', { ended: 20, done: 25, mp3: 40 }), audioEndsAs: 'failed' },
      );
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'lobby', 'crash', 'broken');
      await desk.clock.advance(2 * MINUTE);
      assert.deepEqual(window.ready, []);
      assert.deepEqual(
        window.ended.toSorted((a, b) => (a.botId < b.botId ? -1 : 1)),
        [
          { botId: 'broken', code: 'failed' },
          { botId: 'crash', code: 'nothingRecorded' },
          { botId: 'lobby', code: 'nothingRecorded' },
        ],
      );
      await desk.clock.advance(HOUR);
      assert.equal(window.ended.length, 3);
    });

    it('gives up an MP3 that is not made within an hour, after ever fewer looks', async () => {
      desk.addBots({ ...meetingBot('a', { ended: 5, done: 8, mp3: 1e9 }) });
      const window = desk.open();
      await desk.see(window, 'a');
      await desk.clock.advance(2 * HOUR);
      assert.deepEqual(window.ended, [{ botId: 'a', code: 'stillProcessing' }]);
      assert.ok(desk.newRequests().length < 120);
    });

    it('stops asking when all ended', async () => {
      desk.addBots(meetingBot('a', { ended: 5, done: 8, mp3: 10 }));
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      await desk.see(window, 'a');
      await desk.clock.advance(24 * HOUR);
      assert.deepEqual(desk.newRequests(), []);
      assert.deepEqual(window.ready, ['a']);
    });

    it('goes on when a listener fails', async () => {
      desk.addBots(
        meetingBot('a', { ended: 5, done: 8, mp3: 10 }),
        meetingBot('b', { ended: 50, done: 58, mp3: 60 }),
      );
      const window = desk.open();
      window.watcher.setFocused(true);
      const fail = (): never => {
        throw new Error('a listener fails');
      };
      for (const changes of [window.watcher.ready, window.watcher.changes, window.store.changes])
        changes(fail);
      const after: string[] = [];
      window.watcher.ready(({ botId }) => after.push(botId));
      await assert.rejects(desk.see(window, 'a'));
      for (const botId of ['a', 'b']) await window.watcher.follow(desk.api.bot(botId));
      await desk.clock.advance(45 * SECOND);
      desk.api.fault = () => new RecallError('network', 'Recall cannot be reached.');
      await desk.clock.advance(MINUTE);
      desk.api.fault = () => undefined;
      await desk.clock.advance(10 * MINUTE);
      assert.deepEqual(after, ['a', 'b']);
    });
  });

  describe('with a bot that ended while all windows were closed', () => {
    it('tells it at the next start, once', async () => {
      desk.addBots(meetingBot('a', { ended: 1_000, done: 1_010, mp3: 1_020 }));
      const first = desk.open();
      await desk.see(first, 'a');
      await desk.clock.advance(5 * MINUTE);
      first.watcher.dispose();
      await desk.clock.advance(10 * HOUR);
      desk.newRequests();

      const second = desk.open();
      await desk.clock.advance(SECOND);
      assert.deepEqual(second.ready, ['a']);
      assert.ok(desk.newRequests().length <= 2);
      second.watcher.dispose();

      const third = desk.open();
      await desk.clock.advance(HOUR);
      assert.deepEqual(third.ready, []);
      assert.deepEqual(desk.newRequests(), []);
    });

    it('does so even when nothing but the record is left', async () => {
      desk.addBots(
        meetingBot('a', { ended: -30, done: -20, mp3: -10 }),
        meetingBot('b', { ended: 900, done: 910, mp3: 920 }),
      );
      const before = desk.open();
      for (const botId of ['a', 'b']) await before.records.change(botId, () => ({ following: true }));
      before.watcher.dispose();
      await desk.clock.advance(0);
      const window = desk.open();
      await desk.clock.advance(SECOND);
      assert.deepEqual(window.ready, ['a']);
      assert.equal(window.watcher.liveCount, 1);
      await desk.clock.advance(HOUR);
      assert.deepEqual(window.ready, ['a', 'b']);
    });
  });

  describe('with a scheduled bot', () => {
    const joinAt = START + 5 * HOUR;
    const scheduled = {
      id: 's',
      joinAt,
      statuses: [
        { at: joinAt + 3 * SECOND, code: 'joining_call' },
        { at: joinAt + 20 * SECOND, code: 'in_call_recording' },
        { at: joinAt + 600 * SECOND, code: 'call_ended' },
        { at: joinAt + 605 * SECOND, code: 'done' },
      ],
      audioDoneAt: [joinAt + 610 * SECOND],
    };

    it('sleeps until its time, then follows it', async () => {
      desk.addBots(scheduled);
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 's');
      await desk.clock.advance(5 * HOUR - SECOND);
      assert.deepEqual(desk.newRequests(), []);
      assert.equal(window.watcher.liveCount, 0);
      await desk.clock.advance(15 * SECOND);
      assert.equal(window.store.get('s')?.bot.statusChanges.at(-1)?.code, 'joining_call');
      assert.equal(window.watcher.liveCount, 1);
      await desk.clock.advance(11 * MINUTE);
      assert.deepEqual(window.ready, ['s']);
    });

    it('is there in time when the laptop slept over it', async () => {
      desk.addBots(scheduled);
      const window = desk.open();
      await desk.see(window, 's');
      await desk.clock.advance(HOUR);
      desk.clock.jump(4 * HOUR + 30 * SECOND);
      window.watcher.setFocused(true);
      await desk.clock.advance(0);
      assert.equal(window.store.get('s')?.bot.statusChanges.at(-1)?.code, 'in_call_recording');
    });

    it('notices an earlier time that the list tells', async () => {
      desk.addBots(scheduled);
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 's');
      await desk.clock.advance(HOUR);
      const earlier = START + 2 * HOUR;
      desk.addBots({
        id: 's',
        joinAt: earlier,
        statuses: [{ at: earlier + SECOND, code: 'in_call_recording' }],
      });
      window.store.put([desk.api.bot('s')]);
      await desk.clock.advance(HOUR + 20 * SECOND);
      assert.equal(window.watcher.liveCount, 1);
    });

    it('forgets it without a word when it was cancelled', async () => {
      desk.addBots({ ...scheduled, deletedAt: START + HOUR });
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 's');
      await desk.clock.advance(6 * HOUR);
      assert.equal(window.store.get('s'), undefined);
      assert.equal((await window.records.get('s')).following, false);
      assert.deepEqual([window.ready, window.ended], [[], []]);
      assert.ok(desk.newRequests().length <= 5);
    });

    it('asks ever less for one that never starts', async () => {
      desk.addBots({ ...scheduled, statuses: [] });
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 's');
      await desk.clock.advance(29 * HOUR);
      const requests = desk.newRequests().length;
      assert.ok(requests < 60 + 15 + 120 + 12 * 24, `${requests} requests`);
    });
  });

  describe('with odd answers', () => {
    it('does not believe a single "no such bot"', async () => {
      desk.addBots(meetingBot('a', { ended: 60, done: 65, mp3: 70 }));
      let left = 2;
      desk.api.fault = () => (left-- > 0 ? new RecallError('notFound', 'No such bot.') : undefined);
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(3 * MINUTE);
      assert.deepEqual(window.ready, ['a']);
    });

    it('follows a bot through statuses that are not known', async () => {
      desk.addBots(
        {
          id: 'a',
          statuses: [
            status(-9, 'teleporting'),
            status(60, 'levitating'),
            status(120, 'in_call_recording'),
            status(200, 'done'),
          ],
          audioDoneAt: [START + 210 * SECOND],
        },
        meetingBot('b', { ended: 7_200, done: 7_205, mp3: 7_300 }),
      );
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a', 'b');
      await desk.clock.advance(75 * SECOND);
      assert.equal(window.store.get('a')?.bot.statusChanges.at(-1)?.code, 'levitating');
      await desk.clock.advance(4 * MINUTE);
      assert.deepEqual(window.ready, ['a']);
    });

    it('is not thrown back by an answer that is older than the one before', async () => {
      const whole = meetingBot('a', { ended: 60, done: 65, mp3: 600 });
      desk.addBots(whole);
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(80 * SECOND);
      assert.equal(window.store.get('a')?.bot.statusChanges.at(-1)?.code, 'done');
      desk.addBots({ ...whole, statuses: whole.statuses.slice(0, 2) });
      await desk.clock.advance(2 * MINUTE);
      assert.equal(window.store.get('a')?.bot.statusChanges.at(-1)?.code, 'done');
      desk.addBots(whole);
      await desk.clock.advance(20 * MINUTE);
      assert.deepEqual(window.ready, ['a']);
    });

    it('does not believe it sooner because it asks seldom', async () => {
      desk.addBots(meetingBot('a', { ended: 600, done: 605, mp3: 610 }));
      let left = 2;
      desk.api.fault = () => (left-- > 0 ? new RecallError('notFound', 'No such bot.') : undefined);
      const window = desk.open();
      await desk.see(window, 'a');
      await desk.clock.advance(20 * MINUTE);
      assert.deepEqual(window.ready, ['a']);
    });

    it('asks for the bot where the MP3 cannot be asked for by itself', async () => {
      desk.addBots(meetingBot('a', { ended: 20, done: 25, mp3: 50 }));
      desk.api.fault = ({ kind }) =>
        kind === 'audio' ? new RecallError('notFound', 'No such item.') : undefined;
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(75 * SECOND);
      assert.deepEqual(window.ready, ['a']);
    });

    it('keeps the failure of one bot from the others', async () => {
      desk.addBots(
        meetingBot('good', { ended: 60, done: 65, mp3: 70 }),
        meetingBot('bad', { ended: 60, done: 65, mp3: 70 }),
      );
      desk.api.fault = ({ id }) =>
        id.endsWith('bad') ? new RecallError('unexpectedAnswer', 'Unreadable.') : undefined;
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'good', 'bad');
      await desk.clock.advance(30 * MINUTE);
      assert.deepEqual(window.ready, ['good']);
      assert.ok(desk.newRequests().filter((request) => request.includes('bad')).length < 50);
      desk.api.fault = () => undefined;
      await desk.clock.advance(10 * MINUTE);
      assert.deepEqual(window.ready, ['good', 'bad']);
    });
  });

  describe('when asking fails', () => {
    beforeEach(() => {
      desk.addBots(meetingBot('a', { ended: 7_200, done: 7_210, mp3: 7_220 }));
    });

    it('waits as long as the API orders, whatever the focus does', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      desk.api.fault = () =>
        new RecallError('rateLimited', 'Too many requests.', { retryAfterMs: 5 * MINUTE });
      await desk.clock.advance(11 * SECOND);
      assert.equal(desk.newRequests().length, 1);
      desk.api.fault = () => undefined;
      for (let second = 0; second < 299; second++) {
        window.watcher.setFocused(second % 2 === 0);
        await desk.clock.advance(SECOND);
      }
      assert.deepEqual(desk.newRequests(), []);
      window.watcher.setFocused(true);
      await desk.clock.advance(40 * SECOND);
      assert.ok(desk.newRequests().length >= 1);
    });

    it('gets slower with every 429, then slowly fast again', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      let count = 0;
      desk.api.fault = () =>
        count++ % 2 === 0 ? new RecallError('rateLimited', 'Too many.', { retryAfterMs: SECOND }) : undefined;
      await desk.clock.advance(HOUR);
      const stormy = desk.newRequests().length;
      assert.ok(stormy < 180, `${stormy} requests in a storm`);
      desk.api.fault = () => undefined;
      await desk.clock.advance(5 * MINUTE);
      desk.newRequests();
      await desk.clock.advance(5 * MINUTE);
      assert.ok(desk.newRequests().length >= 29);
    });

    it('asks seldom while offline for an hour, says so once, and catches up when the window is used again', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      const lastSuccessAt = desk.api.requests.at(-1)?.at;
      desk.api.fault = () => new RecallError('network', 'Recall cannot be reached.');
      await desk.clock.advance(HOUR);
      const offline = desk.newRequests().length;
      assert.ok(offline >= 60 && offline <= 100, `${offline} requests while offline`);
      assert.equal(window.health.length, 1);
      const [failing] = window.health;
      assert.ok(failing?.kind === 'failing');
      assert.equal(failing.lastSuccessAt, lastSuccessAt);

      desk.api.fault = () => undefined;
      window.watcher.setFocused(false);
      await desk.clock.advance(9 * SECOND);
      window.watcher.setFocused(true);
      await desk.clock.advance(9 * SECOND);
      assert.equal(window.health.at(-1)?.kind, 'ok');
      assert.equal(window.watcher.health.kind, 'ok');
    });

    for (const code of ['keyRefused', 'noKey'] as const) {
      it(`stops when the key is of no use (${code}), says so once, and goes on with another key`, async () => {
        const window = desk.open();
        window.watcher.setFocused(true);
        await desk.see(window, 'a');
        desk.api.fault = () => new RecallError(code, 'The key is of no use.');
        await desk.clock.advance(10 * HOUR);
        window.watcher.setFocused(false);
        window.watcher.setFocused(true);
        await desk.clock.advance(MINUTE);
        assert.equal(desk.newRequests().length, 1);
        assert.deepEqual(
          window.health.map(({ kind }) => kind),
          ['failing'],
        );

        desk.api.fault = () => undefined;
        window.watcher.keyChanged();
        await desk.clock.advance(MINUTE);
        assert.deepEqual(window.ready, ['a']);
        assert.equal(window.health.at(-1)?.kind, 'ok');
      });
    }

    it('drops an answer to the old key that comes after the change', async () => {
      desk.api.latencyMs = 8 * SECOND;
      desk.api.ignoresAbort = true;
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      desk.addBots({ id: 'a', statuses: [status(5, 'in_waiting_room')] });
      await desk.clock.advance(10 * SECOND);
      assert.equal(desk.newRequests().length, 1);
      window.watcher.keyChanged();
      const changes: unknown[] = [];
      window.store.changes((change) => changes.push(change));
      await desk.clock.advance(8 * SECOND);
      assert.deepEqual([window.health, changes], [[], []]);
      await desk.clock.advance(30 * SECOND);
      assert.ok(desk.newRequests().length >= 1);
      assert.ok(desk.clock.timerCount <= 2, `${desk.clock.timerCount} timers`);
    });
  });

  describe('when the clock jumps', () => {
    beforeEach(() => {
      desk.addBots(meetingBot('a', { ended: 600, done: 610, mp3: 620 }));
    });

    it('sees the end soon after a laptop slept over it', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      desk.clock.jump(8 * HOUR);
      await desk.clock.advance(10 * SECOND);
      assert.deepEqual(window.ready, ['a']);
      assert.ok(desk.newRequests().length <= 3);
    });

    it('asks about a bot that has not begun yet when the clock is put back', async () => {
      desk.addBots({ id: 'fresh', statuses: [] });
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'fresh');
      desk.clock.jump(-3 * HOUR);
      await desk.clock.advance(MINUTE);
      assert.ok(desk.newRequests().length >= 3);
    });

    it('gives an MP3 up in the same time when the clock is put back', async () => {
      desk.addBots({ ...meetingBot('late', { ended: 5, done: 8, mp3: 1e9 }) });
      const window = desk.open();
      await desk.see(window, 'late');
      await desk.clock.advance(10 * MINUTE);
      desk.clock.jump(-3 * HOUR);
      await desk.clock.advance(70 * MINUTE);
      assert.deepEqual(window.ended, [{ botId: 'late', code: 'stillProcessing' }]);
    });

    it('goes on when the clock is put back', async () => {
      const window = desk.open();
      window.watcher.setFocused(true);
      await desk.see(window, 'a');
      await desk.clock.advance(MINUTE);
      desk.newRequests();
      desk.clock.jump(-3 * HOUR);
      await desk.clock.advance(MINUTE);
      assert.ok(desk.newRequests().length >= 3);
      await desk.clock.advance(4 * HOUR);
      assert.deepEqual(window.ready, ['a']);
    });
  });
});
