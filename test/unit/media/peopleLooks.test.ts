import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { peopleOf } from '../../../src/bots/people.ts';
import { PeopleLooks } from '../../../src/media/peopleLooks.ts';
import { readBot } from '../../../src/recall/bot.ts';
import type { Bot } from '../../../src/recall/bot.ts';
import { DownloadError } from '../../../src/download/errors.ts';
import { nodeStateFiles } from '../../../src/state/stateFiles.ts';
import { DONE, RECORDING, atSecond } from '../bots/botAnswers.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

const URL = 'https://us-west-2.recall.ai/api/v1/download/participants?token=secret';
const MINUTE_MS = 60_000;

describe('looking for people', () => {
  let folder: string;
  let records: BotRecords;
  let store: BotStore;
  let clock: VirtualClock;
  let asked: string[];
  let answer: string;
  let failure: Error | undefined;
  /** The only URL that fails; undefined when all do. */
  let failsFor: string | undefined;
  let told: Bot;
  let people: PeopleLooks;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'people-'));
    records = new BotRecords(folder, 'https://us-west-2.recall.ai', nodeStateFiles, quietLog());
    store = new BotStore();
    clock = new VirtualClock(0);
    asked = [];
    answer = JSON.stringify([{ name: 'Ana', email: 'ana@example.com' }, { name: 'Ben' }]);
    failure = undefined;
    failsFor = undefined;
    tell([{ code: 'done', url: URL }]);
    people = looks();
  });

  afterEach(async () => {
    people.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** As another window, or the next start, would make it. */
  function looks(ownStore = store): PeopleLooks {
    return new PeopleLooks({
      client: {
        getBot: (botId) => {
          asked.push(botId);
          return Promise.resolve(told);
        },
      },
      read: (url) => {
        asked.push(url);
        if (failure && (failsFor === undefined || url === failsFor)) return Promise.reject(failure);
        return Promise.resolve(answer);
      },
      ...{ store: ownStore, clock },
      records: () => records,
      log: quietLog(),
    });
  }

  function tell(
    recordings: readonly ({ readonly code: string; readonly url: string | null } | null)[],
    statuses: readonly (readonly [string, number, string?])[] = DONE,
  ): void {
    const bot = readBot({
      id: 'bot-1',
      bot_name: 'Notetaker',
      status_changes: statuses.map(([code, second]) => ({ code, created_at: atSecond(second) })),
      recordings: recordings.map((events, index) => ({
        id: `recording-${index + 1}`,
        media_shortcuts: {
          meeting_metadata: { id: `title-${index + 1}`, data: { title: 'Weekly sync' } },
          participant_events: events && {
            id: `people-${index + 1}`,
            status: { code: events.code },
            data: { participants_download_url: events.url },
          },
        },
      })),
    });
    assert.ok(bot);
    told = bot;
    store.put([bot]);
  }

  function names(): string[] {
    const known = store.get('bot-1');
    return known ? peopleOf(known) : [];
  }

  it('asks once, keeps the names, and never asks again, in no window', async () => {
    await Promise.all([people.look('bot-1'), people.look('bot-1')]);
    assert.deepEqual(names(), ['Ana', 'Ben']);
    assert.deepEqual(asked, ['bot-1', URL]);
    const kept = await records.get('bot-1');
    assert.deepEqual(kept.people, [{ recordingId: 'recording-1', names: ['Ana', 'Ben'] }]);
    assert.equal(kept.toldTitle, 'Weekly sync');
    assert.doesNotMatch(JSON.stringify(kept), /example\.com|secret/);

    await people.look('bot-1');
    await looks().look('bot-1');
    assert.equal(asked.length, 2);
  });

  it('knows the names in a window that was open when another one asked, and asks nothing', async () => {
    const otherStore = new BotStore();
    otherStore.put([told]);
    await people.look('bot-1');
    asked.length = 0;
    const other = looks(otherStore);
    await other.look('bot-1');
    const known = otherStore.get('bot-1');
    assert.deepEqual(known && peopleOf(known), ['Ana', 'Ben']);
    await other.look('bot-1');
    assert.deepEqual(asked, []);
  });

  it('keeps no link in the store', () => {
    assert.equal(store.get('bot-1')?.bot.recordings[0]?.participantsUrl, undefined);
    assert.equal(told.recordings[0]?.participantsUrl, URL);
  });

  it('asks for what is new only', async () => {
    await people.look('bot-1');
    tell([
      { code: 'done', url: URL },
      { code: 'done', url: `${URL}2` },
    ]);
    answer = JSON.stringify([{ name: 'Cy' }]);
    await people.look('bot-1');
    assert.deepEqual(asked, ['bot-1', URL, 'bot-1', `${URL}2`]);
    assert.deepEqual(names(), ['Ana', 'Ben', 'Cy']);
  });

  for (const [what, prepare] of [
    [
      'a bot that is not known',
      () => {
        store.clear();
      },
    ],
    [
      'a bot that still records',
      () => {
        store.clear();
        tell([{ code: 'done', url: URL }], RECORDING);
      },
    ],
    [
      'a recording whose list is being made',
      () => {
        tell([{ code: 'processing', url: null }]);
      },
    ],
    [
      'a recording without such a list',
      () => {
        tell([null]);
      },
    ],
  ] as const) {
    it(`asks nothing about ${what}`, async () => {
      prepare();
      await people.look('bot-1');
      assert.deepEqual(asked, []);
    });
  }

  it('takes a list that is gone for none, for good', async () => {
    failure = new DownloadError('gone', 'It is gone.');
    await people.look('bot-1');
    await people.look('bot-1');
    assert.equal(asked.length, 2);
    assert.deepEqual((await records.get('bot-1')).people, [{ recordingId: 'recording-1', names: [] }]);
  });

  it('asks again some minutes after a failure, and not before', async () => {
    failure = new Error('away');
    await people.look('bot-1');
    await people.look('bot-1');
    assert.equal(asked.length, 2);
    failure = undefined;
    await clock.advance(5 * MINUTE_MS);
    await people.look('bot-1');
    assert.deepEqual(names(), ['Ana', 'Ben']);
  });

  it('reads the others when one of several cannot be read', async () => {
    tell([
      { code: 'done', url: URL },
      { code: 'done', url: `${URL}2` },
    ]);
    failure = new Error('refused');
    failsFor = URL;
    await people.look('bot-1');
    assert.deepEqual(names(), ['Ana', 'Ben']);
    assert.equal((await records.get('bot-1')).people[0]?.recordingId, 'recording-2');
  });

  it('asks again later where there is no link yet', async () => {
    tell([{ code: 'done', url: null }]);
    await people.look('bot-1');
    await people.look('bot-1');
    assert.deepEqual(asked, ['bot-1']);
    tell([{ code: 'done', url: URL }]);
    await clock.advance(5 * MINUTE_MS);
    await people.look('bot-1');
    assert.deepEqual(names(), ['Ana', 'Ben']);
  });

  it('asks no more for what Recall tells nothing of any more', async () => {
    const listed = told;
    tell([null]);
    store.clear();
    store.put([listed]);
    await people.look('bot-1');
    await people.look('bot-1');
    assert.deepEqual(asked, ['bot-1']);
  });

  it('is waited for briefly by whoever wants something else, too', async () => {
    let arrive: (text: string) => void = () => undefined;
    const arriving = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    const slow = new PeopleLooks({
      client: { getBot: () => Promise.resolve(told) },
      read: () => arriving,
      ...{ store, clock },
      records: () => records,
      log: quietLog(),
    });
    const waiting = slow.lookBriefly('bot-1');
    await clock.advance(2_000);
    assert.equal(await waiting, false);
    arrive('[{"name":"Ana"}]');
    await slow.look('bot-1');
    assert.deepEqual(names(), ['Ana']);
    assert.equal(await slow.lookBriefly('bot-1'), true);
    assert.equal(clock.timerCount, 0);
  });

  it('takes an answer that is no list for a failure', async () => {
    answer = '<html>';
    await people.look('bot-1');
    assert.deepEqual((await records.get('bot-1')).people, []);
  });
});
