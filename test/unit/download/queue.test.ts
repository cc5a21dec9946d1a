import assert from 'node:assert/strict';
import { DownloadQueue } from '../../../src/download/queue.ts';
import { failureOf } from './workbench.ts';

/** Work that ends when the test says so. */
class Work {
  started = false;
  signal: AbortSignal | undefined;
  end: (value: string) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  readonly start = (signal: AbortSignal): Promise<string> => {
    this.started = true;
    this.signal = signal;
    return new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
      signal.addEventListener('abort', () => {
        reject(new Error('put away'));
      });
    });
  };
}

const never = new AbortController().signal;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('DownloadQueue', () => {
  it('runs two at once and the others in their order', async () => {
    const queue = new DownloadQueue();
    const works = Array.from({ length: 4 }, () => new Work());
    const results = works.map((work, index) => queue.run(String(index), never, work.start));
    await settle();
    assert.deepEqual(
      works.map((work) => work.started),
      [true, true, false, false],
    );
    works[1]?.end('second');
    assert.equal(await results[1], 'second');
    await settle();
    assert.deepEqual(
      works.map((work) => work.started),
      [true, true, true, false],
    );
    works[0]?.fail(new Error('broken'));
    assert.equal(String(await failureOf(results[0] ?? Promise.resolve())), 'Error: broken');
    await settle();
    assert.deepEqual(
      works.map((work) => work.started),
      [true, true, true, true],
    );
    works[2]?.end('third');
    works[3]?.end('fourth');
    assert.deepEqual(await Promise.all(results.slice(2)), ['third', 'fourth']);
  });

  it('runs as many at once as it was made for', async () => {
    const queue = new DownloadQueue(1);
    const [one, two] = [new Work(), new Work()];
    const first = queue.run('1', never, one.start);
    const second = queue.run('2', never, two.start);
    await settle();
    assert.ok(!two.started);
    one.end('');
    await first;
    await settle();
    two.end('');
    await second;
  });

  it('joins one that is under way instead of starting a second', async () => {
    const queue = new DownloadQueue();
    const [one, two] = [new Work(), new Work()];
    const first = queue.run('same', never, one.start);
    const second = queue.run('same', never, two.start);
    await settle();
    one.end('both');
    assert.deepEqual(await Promise.all([first, second]), ['both', 'both']);
    assert.ok(!two.started);
  });

  it('joins one that still waits for its turn', async () => {
    const queue = new DownloadQueue(1);
    const [busy, one, two] = [new Work(), new Work(), new Work()];
    const before = queue.run('busy', never, busy.start);
    const first = queue.run('same', never, one.start);
    const second = queue.run('same', never, two.start);
    busy.end('');
    await before;
    await settle();
    one.end('both');
    assert.deepEqual(await Promise.all([first, second]), ['both', 'both']);
  });

  it('starts anew once the one before has ended', async () => {
    const queue = new DownloadQueue();
    const [one, two] = [new Work(), new Work()];
    const first = queue.run('same', never, one.start);
    await settle();
    one.end('one');
    assert.equal(await first, 'one');
    const second = queue.run('same', never, two.start);
    await settle();
    two.end('two');
    assert.equal(await second, 'two');
  });

  it('lets one who joined go without disturbing the other', async () => {
    const queue = new DownloadQueue();
    const work = new Work();
    const controller = new AbortController();
    const first = queue.run('same', never, work.start);
    const second = queue.run('same', controller.signal, work.start);
    controller.abort();
    assert.equal(((await failureOf(second)) as { code?: string }).code, 'cancelled');
    assert.equal(work.signal?.aborted, false);
    work.end('kept');
    assert.equal(await first, 'kept');
  });

  it('stops the work when the last one lets go, and passes on what it says', async () => {
    const queue = new DownloadQueue();
    const work = new Work();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = queue.run('same', one.signal, work.start);
    const second = queue.run('same', two.signal, work.start);
    one.abort();
    await failureOf(first);
    two.abort();
    assert.equal(String(await failureOf(second)), 'Error: put away');
    assert.ok(work.signal?.aborted);
  });

  it('starts one anew while the cancelled one before it puts its things away', async () => {
    const queue = new DownloadQueue();
    let putAway: () => void = () => undefined;
    const slow = (signal: AbortSignal): Promise<string> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          putAway = () => {
            reject(new Error('put away'));
          };
        });
      });
    const controller = new AbortController();
    const first = queue.run('same', controller.signal, slow);
    await settle();
    controller.abort();
    const next = new Work();
    const second = queue.run('same', never, next.start);
    await settle();
    assert.ok(!next.started, 'it began before the other was through');
    putAway();
    await failureOf(first);
    await settle();
    next.end('again');
    assert.equal(await second, 'again');
  });

  it('cancels one that waits for its turn, and the ones behind it move up', async () => {
    const queue = new DownloadQueue(1);
    const [busy, waiting, behind] = [new Work(), new Work(), new Work()];
    const controller = new AbortController();
    const first = queue.run('1', never, busy.start);
    const second = queue.run('2', controller.signal, waiting.start);
    const third = queue.run('3', never, behind.start);
    await settle();
    controller.abort();
    assert.equal(((await failureOf(second)) as { code?: string }).code, 'cancelled');
    busy.end('');
    await first;
    await settle();
    assert.ok(!waiting.started);
    assert.ok(behind.started);
    behind.end('');
    await third;
  });

  it('refuses one that is cancelled already', async () => {
    const work = new Work();
    const outcome = new DownloadQueue().run('1', AbortSignal.abort(), work.start);
    assert.equal(((await failureOf(outcome)) as { code?: string }).code, 'cancelled');
    assert.ok(!work.started);
  });
});
