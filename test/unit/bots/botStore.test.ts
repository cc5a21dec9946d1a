import assert from 'node:assert/strict';
import { blankRecord } from '../../../src/bots/botRecords.ts';
import { BotStore, botGroup, botTime, isScheduled } from '../../../src/bots/botStore.ts';
import type { BotStoreChange } from '../../../src/bots/botStore.ts';
import { DONE, NINE, RECORDING, atSecond, botAnswer } from './botAnswers.ts';

describe('BotStore', () => {
  let store: BotStore;
  let changes: BotStoreChange[];

  beforeEach(() => {
    store = new BotStore();
    changes = [];
    store.changes((change) => changes.push(change));
  });

  const shown = (): string[] => store.list().map(({ bot }) => bot.id);

  it('shows live bots first, then scheduled ones by their time, then the rest, newest first', () => {
    store.put([
      botAnswer({ id: 'old', statuses: [['done', 1]] }),
      botAnswer({ id: 'new', statuses: [['done', 50]] }),
      botAnswer({ id: 'later', statuses: [], joinAt: atSecond(9_000) }),
      botAnswer({ id: 'sooner', statuses: [], joinAt: atSecond(8_000) }),
      botAnswer({ id: 'live', statuses: RECORDING }),
      botAnswer({ id: 'starting', statuses: [] }),
    ]);
    assert.deepEqual(shown(), ['live', 'starting', 'sooner', 'later', 'new', 'old']);
  });

  it('tells only what changed, and whether the order may be another', () => {
    const bot = botAnswer({ statuses: [['joining_call', 0]] });
    store.put([bot]);
    store.put([bot]);
    store.put([botAnswer({ statuses: RECORDING })]);
    store.put([botAnswer({ statuses: RECORDING })]);
    store.put([botAnswer({ statuses: DONE })]);
    assert.deepEqual(changes, [{ kind: 'list' }, { kind: 'bots', botIds: ['bot-1'] }, { kind: 'list' }]);
  });

  it('keeps no pre-signed URL', () => {
    store.put([botAnswer({ recordings: [{}] })]);
    const [recording] = store.get('bot-1')?.bot.recordings ?? [];
    assert.equal(recording?.media.audio_mixed?.status?.code, 'done');
    assert.doesNotMatch(JSON.stringify(store.list()), /https:|Signature/);
  });

  it('is not thrown back by an answer that was given earlier', () => {
    store.put([botAnswer({ statuses: DONE })]);
    store.put([botAnswer({ statuses: RECORDING })]);
    assert.equal(store.get('bot-1')?.bot.statusChanges.at(-1)?.code, 'done');
    assert.equal(changes.length, 1);
  });

  it('takes what changed about the media without a new status', () => {
    store.put([botAnswer({ statuses: DONE, recordings: [{ audio: { code: 'processing' } }] })]);
    store.put([botAnswer({ statuses: DONE, recordings: [{ audio: { code: 'deleted' } }] })]);
    assert.equal(store.get('bot-1')?.bot.recordings[0]?.media.audio_mixed?.status?.code, 'deleted');
  });

  for (const [name, cleared] of [
    ['null', null],
    ['an empty object', {}],
    ['an empty text', ''],
  ] as const) {
    it(`still knows the meeting when Recall clears its URL to ${name}`, () => {
      store.put([botAnswer({ meetingUrl: { platform: 'zoom', meeting_id: '123' } })]);
      store.put([botAnswer({ meetingUrl: cleared, statuses: DONE })]);
      const bot = store.get('bot-1')?.bot;
      assert.deepEqual([bot?.meeting.platform, bot?.meeting.meetingId], ['zoom', '123']);
      assert.equal(bot?.statusChanges.at(-1)?.code, 'done');
    });
  }

  it('takes a title that comes late, and still knows it when Recall tells it no more', () => {
    store.put([botAnswer({ statuses: DONE, recordings: [{}] })]);
    store.put([botAnswer({ statuses: DONE, recordings: [{ title: 'Weekly sync' }] })]);
    assert.deepEqual(changes.at(-1), { kind: 'bots', botIds: ['bot-1'] });
    store.put([botAnswer({ statuses: DONE, recordings: [{}, { title: 'Another' }] })]);
    assert.deepEqual(
      store.get('bot-1')?.bot.recordings.map(({ title }) => title),
      ['Weekly sync', 'Another'],
    );
  });

  it('keeps a record for a bot that is not known yet, and through later answers', () => {
    store.putRecord({ ...blankRecord('bot-1'), following: true });
    assert.deepEqual(changes, []);
    store.put([botAnswer()]);
    store.put([botAnswer({ statuses: DONE })]);
    assert.equal(store.get('bot-1')?.record.following, true);
    store.putRecord({ ...blankRecord('bot-1'), announced: true });
    assert.equal(store.get('bot-1')?.record.announced, true);
  });

  it('does not show what was taken off the list', () => {
    store.put([botAnswer({ id: 'a' }), botAnswer({ id: 'b' })]);
    store.putRecord({ ...blankRecord('a'), hidden: true });
    assert.deepEqual(shown(), ['b']);
    assert.deepEqual(changes.at(-1), { kind: 'list' });
    assert.ok(store.get('a'));
  });

  it('forgets single bots, and all', () => {
    store.put([botAnswer({ id: 'a' }), botAnswer({ id: 'b' })]);
    store.remove(['a', 'unknown']);
    assert.deepEqual(shown(), ['b']);
    changes.length = 0;
    store.remove(['unknown']);
    assert.deepEqual(changes, []);
    store.putRecord({ ...blankRecord('c'), hidden: true });
    store.clear();
    store.put([botAnswer({ id: 'c' })]);
    assert.deepEqual(shown(), ['c']);
  });

  it('shows a bot once that comes twice in one answer', () => {
    store.put([botAnswer(), botAnswer({ statuses: DONE })]);
    assert.deepEqual(shown(), ['bot-1']);
    assert.equal(store.get('bot-1')?.bot.statusChanges.length, DONE.length);
  });

  it('says so when only who took part was found out', () => {
    store.put([botAnswer({ id: 'a' })]);
    const people = [{ recordingId: 'recording-1', names: ['Ana'] }];
    store.putRecord({ ...blankRecord('a'), people });
    assert.deepEqual(changes.at(-1), { kind: 'people', botIds: ['a'] });
    store.putRecord({ ...blankRecord('a'), people: [], title: 'Plans' });
    assert.deepEqual(changes.at(-1), { kind: 'bots', botIds: ['a'] });
  });
});

describe('botGroup', () => {
  it('tells what goes on from what will and what is over', () => {
    assert.equal(botGroup(botAnswer({ statuses: RECORDING })), 'live');
    assert.equal(botGroup(botAnswer({ statuses: [] })), 'live');
    assert.equal(botGroup(botAnswer({ statuses: [['something_new', 0]] })), 'live');
    assert.equal(botGroup(botAnswer({ statuses: [], joinAt: atSecond(0) })), 'scheduled');
    assert.equal(botGroup(botAnswer({ statuses: [['ready', 0]], joinAt: atSecond(0) })), 'scheduled');
    assert.equal(botGroup(botAnswer({ statuses: [['joining_call', 0]], joinAt: atSecond(0) })), 'live');
    assert.equal(botGroup(botAnswer({ statuses: DONE })), 'over');
    assert.equal(botGroup(botAnswer({ statuses: [['fatal', 0]] })), 'over');
    assert.equal(botGroup(botAnswer({ statuses: [...DONE, ['media_expired', 999]] })), 'over');
    assert.equal(botGroup(botAnswer({ statuses: [...DONE, ['something_new', 999]] })), 'over');
  });

  it('knows scheduled bots by their time', () => {
    assert.equal(isScheduled(botAnswer({ statuses: [] })), false);
    assert.equal(isScheduled(botAnswer({ statuses: [], joinAt: atSecond(0) })), true);
  });
});

describe('botTime', () => {
  it('is the first time that is known', () => {
    const record = { ...blankRecord('bot-1'), sentAt: atSecond(7) };
    const of = (bot: ReturnType<typeof botAnswer>): number => botTime({ bot, record }) - NINE;
    assert.equal(of(botAnswer({ statuses: [['done', 3]], joinAt: atSecond(5) })), 3_000);
    assert.equal(of(botAnswer({ statuses: [], recordings: [{ startedAt: atSecond(4) }] })), 4_000);
    assert.equal(of(botAnswer({ statuses: [], joinAt: atSecond(5) })), 5_000);
    assert.equal(of(botAnswer({ statuses: [], joinAt: 'whenever' })), 7_000);
    assert.equal(of(botAnswer({ statuses: [['ready', 1]], joinAt: atSecond(5) })), 5_000);
    const begun = botAnswer({
      ...{ statuses: [['ready', 1] as const, ['joining_call', 6] as const], joinAt: atSecond(5) },
    });
    assert.equal(of(begun), 6_000);
    assert.equal(
      botTime({ bot: botAnswer({ statuses: [] }), record: blankRecord('bot-1') }),
      Number.NEGATIVE_INFINITY,
    );
  });
});
