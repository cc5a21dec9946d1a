import assert from 'node:assert/strict';
import { BotRecords } from '../../../src/bots/botRecords.ts';
import { BotStore } from '../../../src/bots/botStore.ts';
import { WatchedBots, snapshotName } from '../../../src/following/watchedBots.ts';
import { FollowedBots } from '../../../src/following/followed.ts';
import { DONE, NINE, RECORDING, botAnswer } from '../bots/botAnswers.ts';
import { MemoryFiles } from '../state/memoryFiles.ts';
import { quietLog } from '../bots/quietLog.ts';
import { VirtualClock } from '../bots/virtualClock.ts';

interface Side {
  readonly followed: FollowedBots;
  readonly store: BotStore;
  readonly records: BotRecords;
  readonly snapshots: WatchedBots;
}

describe('FollowedBots', () => {
  let files: MemoryFiles;

  beforeEach(() => {
    files = new MemoryFiles();
  });

  function open(): Side {
    const log = quietLog();
    const origin = 'https://us-west-2.recall.ai';
    const store = new BotStore();
    const records = new BotRecords('/state', origin, files, log);
    const watchedBots = new WatchedBots('/state', origin, files, log);
    const clock = new VirtualClock(NINE);
    const followed = new FollowedBots({ store, records, watchedBots, clock, log });
    return { followed, store, records, snapshots: watchedBots };
  }

  async function follow(side: Side): Promise<void> {
    side.store.put([botAnswer({ statuses: RECORDING })]);
    await side.followed.follow(botAnswer({ statuses: RECORDING }));
  }

  it('lets one window tell the end, even if two see it at the same time', async () => {
    const sides = [open(), open(), open()];
    for (const side of sides) await follow(side);
    let told = 0;
    const ends = sides.flatMap(({ followed }) =>
      followed.all().map((watched) =>
        followed.conclude(watched, () => {
          told++;
        }),
      ),
    );
    assert.equal(ends.length, 3);
    await Promise.all(ends);
    assert.equal(told, 1);
  });

  it('does not begin anew for a late snapshot of a bot whose end was told', async () => {
    const [first, second] = [open(), open()];
    await follow(first);
    const [watched] = first.followed.all();
    assert.ok(watched);
    await first.followed.conclude(watched, () => undefined);
    await first.snapshots.write({
      bot: botAnswer({ statuses: RECORDING }),
      seenAt: NINE,
      closedAt: undefined,
    });
    await second.followed.readOthers(1);
    assert.deepEqual(second.followed.all(), []);
  });

  it('tells the store nothing more when it is closed, as when the account changed', async () => {
    const [first, second] = [open(), open()];
    await follow(first);
    second.followed.close();
    await second.followed.load();
    await second.followed.readOthers(1);
    assert.deepEqual(second.store.list(), []);
  });

  it('leaves the telling to others when it is closed', async () => {
    const [first, second] = [open(), open()];
    await follow(first);
    await second.followed.load();
    const [mine] = first.followed.all();
    const [theirs] = second.followed.all();
    assert.ok(mine && theirs);
    const told: string[] = [];
    first.followed.close();
    await first.followed.conclude(mine, () => told.push('first'));
    await second.followed.conclude(theirs, () => told.push('second'));
    assert.deepEqual(told, ['second']);
  });

  it('takes news from another window, and passes its own on only when there is any', async () => {
    const [first, second] = [open(), open()];
    await follow(first);
    await second.followed.readOthers(first.followed.revision);
    const [watched] = first.followed.all();
    assert.ok(watched);
    const before = first.followed.revision;
    await first.followed.found(watched, botAnswer({ statuses: RECORDING }));
    assert.equal(first.followed.revision, before);
    await first.followed.found(watched, botAnswer({ statuses: DONE }));
    assert.equal(first.followed.revision, before + 1);
    await second.followed.readOthers(first.followed.revision);
    assert.equal(second.store.get('bot-1')?.bot.statusChanges.at(-1)?.code, 'done');
  });

  it('reads again only what may have changed', async () => {
    const [first, second] = [open(), open()];
    await follow(first);
    await second.followed.readOthers(1);
    const read: string[] = [];
    const original = files.read.bind(files);
    files.read = (path) => {
      read.push(path);
      return original(path);
    };
    await second.followed.readOthers(1);
    assert.equal(read.length, 0);
    await second.followed.readOthers(2);
    assert.ok(read.some((path) => path.endsWith(snapshotName('bot-1'))));
  });
});
