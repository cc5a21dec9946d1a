import assert from 'node:assert/strict';
import { join } from 'node:path';
import { BotStore } from '../../../src/bots/botStore.ts';
import { SightFiles } from '../../../src/following/sightFiles.ts';
import { BotsInSight } from '../../../src/following/inSight.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { DONE, NINE, RECORDING, botAnswer } from '../bots/botAnswers.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

const FOLDER = '/state';
const ORIGIN = 'https://us-west-2.recall.ai';
const SIGHT = join(FOLDER, 'watch', 'us-west-2.recall.ai', 'sight');
const MINUTE_MS = 60_000;

describe('bots in sight of several windows', () => {
  let files: MemoryFiles;
  let clock: VirtualClock;

  beforeEach(() => {
    files = new MemoryFiles();
    clock = new VirtualClock(NINE);
  });

  function filesOf(windowId: string): SightFiles {
    return new SightFiles({ folder: FOLDER, origin: ORIGIN, windowId, files, clock });
  }

  /** A window that shows one live bot, which was sent elsewhere. */
  function open(windowId: string): { inSight: BotsInSight; store: BotStore } {
    const store = new BotStore();
    const inSight = new BotsInSight({
      ...{ store, files: filesOf(windowId), clock, log: quietLog() },
      isFollowed: () => false,
      isListVisible: () => true,
      belongsIntoList: () => true,
    });
    store.put([botAnswer({ id: 'live', statuses: RECORDING })]);
    inSight.look();
    return { inSight, store };
  }

  it('are taken from the polling window: what is known or has begun, and not what is over and was not known', async () => {
    const { inSight, store } = open('window');
    const bots = [
      botAnswer({ id: 'live', statuses: DONE }),
      botAnswer({ id: 'new', statuses: RECORDING }),
      botAnswer({ id: 'old', statuses: DONE }),
    ];
    await filesOf('polling').tell({ bots, gone: [] });
    await inSight.readOthers();
    const shown = store.list().map(({ bot }) => [bot.id, bot.statusChanges.at(-1)?.code]);
    assert.deepEqual(shown, [
      ['new', 'in_call_recording'],
      ['live', 'done'],
    ]);
  });

  it('are not taken from what a window found that has polled long ago', async () => {
    const { inSight, store } = open('window');
    await filesOf('polling').tell({ bots: [botAnswer({ id: 'new', statuses: RECORDING })], gone: ['live'] });
    await clock.advance(MINUTE_MS);
    await inSight.readOthers();
    assert.deepEqual(
      store.list().map(({ bot }) => bot.id),
      ['live'],
    );
  });

  it('are asked about as long as the window that shows them says so', async () => {
    const [polling, other] = [open('polling'), filesOf('other')];
    await other.wish(['shown there']);
    await polling.inSight.takeWishes();
    assert.deepEqual(
      polling.inSight.all().map(({ botId }) => botId),
      ['live', 'shown there'],
    );
    assert.ok(polling.inSight.isWished);

    await clock.advance(MINUTE_MS);
    await polling.inSight.takeWishes();
    assert.deepEqual(
      polling.inSight.all().map(({ botId }) => botId),
      ['live'],
    );
    assert.deepEqual([...files.texts.keys()], [], 'the files of a killed window are removed');

    await other.wish(['shown there']);
    assert.deepEqual([...files.texts.keys()], [join(SIGHT, 'wish.other.json')]);
    await other.wish([]);
    assert.deepEqual([...files.texts.keys()], []);
  });

  it('are told nothing of when nobody looks any more', async () => {
    const { inSight, store } = open('window');
    await filesOf('polling').tell({ bots: [botAnswer({ id: 'new', statuses: RECORDING })], gone: [] });
    const reading = inSight.readOthers();
    inSight.close();
    store.clear();
    await reading;
    assert.deepEqual(store.list(), []);
  });
});
