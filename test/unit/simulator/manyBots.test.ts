import assert from 'node:assert/strict';
import type { ManyBotsSpec } from '../../simulator/manyBots.ts';
import { connectSimulator } from '../../simulator/remote.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, simulatorPerTest } from './runningSimulator.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

interface BotAnswer {
  readonly id: string;
  readonly meeting_url: { readonly platform: string };
  readonly status_changes: readonly { readonly code: string; readonly created_at: string }[];
  readonly recordings: readonly {
    readonly started_at: string;
    readonly completed_at: string;
    readonly media_shortcuts: {
      readonly audio_mixed: { readonly format: string; readonly data: { readonly download_url: string } };
      readonly meeting_metadata: { readonly data: { readonly title: string | null } } | null;
      readonly participant_events: {
        readonly data: { readonly participants_download_url: string };
      } | null;
    };
  }[];
}

interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly results: readonly BotAnswer[];
}

async function readPage(simulator: Simulator, number: number): Promise<Page> {
  return (await callApi(simulator, `bot/?page=${number}`)).json as Page;
}

async function readAll(simulator: Simulator): Promise<readonly BotAnswer[]> {
  const bots: BotAnswer[] = [];
  for (let page = await readPage(simulator, 1); ;) {
    bots.push(...page.results);
    if (page.next === null) return bots;
    page = (await callApi(simulator, page.next)).json as Page;
  }
}

function startOf(bot: BotAnswer | undefined): number {
  return Date.parse(bot?.status_changes[0]?.created_at ?? '');
}

function titleOf(bot: BotAnswer | undefined): string | null | undefined {
  return bot?.recordings[0]?.media_shortcuts.meeting_metadata?.data.title;
}

/** Processor time that something takes in this process, in milliseconds; other load does not count. */
async function workOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('an account of many bots', () => {
  const running = simulatorPerTest();

  const accountOf = async (spec?: ManyBotsSpec): Promise<readonly BotAnswer[]> => {
    const simulator = await running.start();
    simulator.addManyBots(spec);
    const bots = await readAll(simulator);
    await simulator.close();
    return bots;
  };

  it('fills 35 pages, newest first, with meetings that ended, from today to months ago', async () => {
    const simulator = await running.start();
    const ids = simulator.addManyBots();
    const last = await readPage(simulator, 35);
    assert.deepEqual([last.count, last.results.length, last.next], [3_500, 100, null]);
    const bots = await readAll(simulator);
    assert.deepEqual(
      bots.map(({ id }) => id),
      ids,
    );
    const now = Date.parse(simulator.time());
    const starts = bots.map(startOf);
    assert.ok(starts.every((start, place) => start > (starts[place + 1] ?? 0)));
    assert.ok(now - startOf(bots[0]) < dayMs / 4);
    assert.ok(now - startOf(bots.at(-1)) > 200 * dayMs);
    for (const { status_changes, recordings } of bots) {
      const end = status_changes.at(-1);
      assert.equal(end?.code, 'done');
      assert.ok(Date.parse(end.created_at) < now);
      assert.equal(recordings[0]?.media_shortcuts.audio_mixed.format, 'mp3');
    }
  });

  it('is made without work, and so are its pages; an MP3 is there when somebody asks', async () => {
    const simulator = await running.start();
    let oldest = '';
    const making = await workOf(() => {
      oldest = simulator.addManyBots().at(-1) ?? '';
    });
    assert.ok(making < 1_000, `making them took ${making} ms`);
    let page: Page | undefined;
    const reading = await workOf(async () => {
      page = await readPage(simulator, 35);
    });
    assert.ok(reading < 500, `the last page took ${reading} ms`);
    const bot = page?.results.at(-1);
    assert.equal(bot?.id, oldest);
    const { status, body } = await rawRequest(
      bot.recordings[0]?.media_shortcuts.audio_mixed.data.download_url ?? '',
    );
    const audio = simulator.idsOf(oldest).recordings[0]?.audio[0] ?? '';
    assert.deepEqual([status, body.equals(simulator.mediaBytes(audio))], [200, true]);
  });

  it('has titles for about half, people for some, several platforms and lengths', async () => {
    const bots = await accountOf();
    const titles = bots.map(titleOf).filter((title) => typeof title === 'string');
    assert.ok(titles.length > 0.4 * bots.length && titles.length < 0.6 * bots.length);
    assert.ok(new Set(titles).size > 100);
    const withPeople = bots.filter(({ recordings }) => recordings[0]?.media_shortcuts.participant_events);
    assert.ok(withPeople.length > 0.2 * bots.length && withPeople.length < 0.6 * bots.length);
    assert.deepEqual([...new Set(bots.map(({ meeting_url }) => meeting_url.platform))].sort(), [
      'google_meet',
      'microsoft_teams',
      'microsoft_teams_live',
      'zoom',
    ]);
    const lengths = bots.map(({ recordings: [recording] }) => {
      return Date.parse(recording?.completed_at ?? '') - Date.parse(recording?.started_at ?? '');
    });
    assert.ok(new Set(lengths).size > 4);
    assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [15 * minuteMs, 60 * minuteMs]);
  });

  it('is the same each time', async () => {
    const known = (bot: BotAnswer): unknown => [bot.id, bot.meeting_url, titleOf(bot)];
    const [one, other] = [await accountOf({ count: 200 }), await accountOf({ count: 200 })];
    assert.deepEqual(one.map(known), other.map(known));
  });

  it('has particular meetings where it is told, by another process, too', async () => {
    const simulator = await running.start();
    const remote = connectSimulator(simulator.apiOrigin);
    const ids = await remote.addManyBots({
      recordings: {
        [0]: { title: 'The newest of them' },
        [-1]: { title: 'Opening of the aquarium', participants: [{ name: 'Zoltán' }] },
      },
    });
    assert.equal(titleOf((await readPage(simulator, 1)).results[0]), 'The newest of them');
    const found = (await readAll(simulator)).filter((bot) => titleOf(bot)?.includes('aquarium'));
    assert.deepEqual(
      found.map(({ id }) => id),
      [ids[3_499]],
    );
    const { body } = await rawRequest(
      found[0]?.recordings[0]?.media_shortcuts.participant_events?.data.participants_download_url ?? '',
    );
    assert.match(body.toString(), /"name":"Zoltán"/);
    await assert.rejects(remote.addManyBots({ count: 5, recordings: { 5: {} } }), /no place 5 among 5 bots/);
    await assert.rejects(remote.addManyBots({ count: 5, recordings: { [-6]: {} } }), /no place -6/);
  });

  it('can be smaller, and of fewer days', async () => {
    const bots = await accountOf({ count: 5, days: 10 });
    const daysBetween = bots
      .slice(1)
      .map((bot, place) => Math.round((startOf(bots[place]) - startOf(bot)) / dayMs));
    assert.equal(bots.length, 5);
    assert.ok(daysBetween.every((days) => days >= 1 && days <= 3));
  });
});
