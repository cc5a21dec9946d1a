import assert from 'node:assert/strict';
import { RequestBudget } from '../../../src/network/requestBudget.ts';
import { DEFAULT_WATCHER_LIMITS, newWatchedBot } from '../../../src/following/pace.ts';
import type { WatchedBot } from '../../../src/following/pace.ts';
import { WatcherRounds } from '../../../src/following/rounds.ts';
import { ModelApi } from '../../bench/pollingModel.ts';
import type { BotFilter } from '../../../src/recall/client.ts';
import { NINE, RECORDING, botAnswer } from '../bots/botAnswers.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

describe('a round of requests', () => {
  it('comes to the followed bots first, and to those that are only looked at while there are requests to spare', async () => {
    const clock = new VirtualClock(NINE);
    const api = new ModelApi(clock);
    const limits = { ...DEFAULT_WATCHER_LIMITS, maxRequestsPerMinute: 20 };
    const ignore = (): Promise<void> => Promise.resolve();
    const rounds = new WatcherRounds({
      ...{ client: api.client(), clock, limits, log: quietLog() },
      budget: new RequestBudget(limits.maxRequestsPerMinute),
      mayAsk: () => Promise.resolve(true),
      found: ignore,
      cameAlong: () => undefined,
      gone: ignore,
      concluded: ignore,
    });
    const watch = (botId: string, isFollowed: boolean): WatchedBot => {
      api.bots.set(botId, { id: botId, statuses: [{ at: NINE - 1, code: 'done' }] });
      const bot = botAnswer({ id: botId, statuses: RECORDING });
      return newWatchedBot({ botId, isFollowed, bot, since: NINE, askedAt: isFollowed ? NINE : 0 });
    };
    const looked = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6'].map((botId) => watch(botId, false));
    const followed = watch('followed', true);
    followed.triedAt = NINE;

    // One request is for the list of live bots, and fifteen of twenty are kept for followed ones.
    await rounds.ask([...looked, followed], () => true, new AbortController().signal);
    const asked = api.requests.filter(({ kind }) => kind === 'bot').map(({ id }) => id);
    assert.deepEqual(asked, ['followed', 'l1', 'l2', 'l3']);
  });

  it('asks the list for every status of a bot on its way that the API filters by', async () => {
    const clock = new VirtualClock(NINE);
    const api = new ModelApi(clock).client();
    const filters: BotFilter[] = [];
    const ignore = (): Promise<void> => Promise.resolve();
    const rounds = new WatcherRounds({
      client: {
        ...api,
        listBots: (filter, ...rest) => {
          filters.push(filter);
          return api.listBots(filter, ...rest);
        },
      },
      ...{ clock, limits: DEFAULT_WATCHER_LIMITS, log: quietLog(), budget: new RequestBudget(20) },
      ...{ mayAsk: () => Promise.resolve(true), found: ignore, cameAlong: () => undefined },
      ...{ gone: ignore, concluded: ignore },
    });
    const bots = ['b1', 'b2'].map((botId) => {
      const bot = botAnswer({ id: botId, statuses: RECORDING });
      return newWatchedBot({ botId, isFollowed: true, bot, since: NINE, askedAt: 0 });
    });
    await rounds.ask(bots, () => true, new AbortController().signal).catch(() => undefined);
    assert.deepEqual(
      filters.map(({ statuses }) => statuses),
      [
        [
          ...['joining_call', 'in_waiting_room', 'participant_in_waiting_room', 'in_call_not_recording'],
          ...['recording_permission_allowed', 'recording_permission_denied', 'in_call_recording'],
          ...['recording_done', 'call_ended'],
        ],
      ],
    );
  });
});
