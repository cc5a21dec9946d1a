import assert from 'node:assert/strict';
import { link, mkdir, readFile, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import { type DownloadOutcome, nodeFileSystem } from '../../../src/download/download.ts';
import { DownloadError } from '../../../src/download/errors.ts';
import { failureOf, IDENTITY, makeAudio, md5Etag, Workbench } from './workbench.ts';
import { type Play, serve, status } from './mediaServer.ts';

const AUDIO = makeAudio(300_000, 5);
const OTHER = makeAudio(300_000, 6);
const WHOLE = serve(AUDIO);
const OTHER_IDENTITY = { ...IDENTITY, artifactId: 'a0d10000-0000-4000-8000-000000000002' };

describe('A download among other files', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  describe('whose name is taken', () => {
    it('gets the next number, and leaves the other file alone', async () => {
      await writeFile(bench.path(), 'mine');
      bench.server.play(WHOLE);
      const outcome = await bench.download();
      assert.equal(outcome.path, bench.path('meeting (2).mp3'));
      assert.deepEqual(await bench.files(), ['meeting (2).mp3', 'meeting.mp3']);
      await bench.assertContent(AUDIO, 'meeting (2).mp3');
      assert.equal(await readFile(bench.path(), 'utf8'), 'mine');
    });

    it('gets the first number that is free', async () => {
      for (const name of ['meeting.mp3', 'meeting (2).mp3', 'meeting (3).mp3']) {
        await writeFile(bench.path(name), name);
      }
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).path, bench.path('meeting (4).mp3'));
    });

    it('by a folder gets the next number', async () => {
      await mkdir(bench.path());
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
    });

    it('by a part file that is not ours gets the next number', async () => {
      await writeFile(bench.path('meeting.mp3.part'), 'from another program');
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
      assert.equal(await readFile(bench.path('meeting.mp3.part'), 'utf8'), 'from another program');
    });

    it('by a link gets the next number, and nothing is written through the link', async () => {
      await writeFile(bench.path('precious'), 'precious');
      await symlink(bench.path('precious'), bench.path());
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
      assert.equal(await readFile(bench.path('precious'), 'utf8'), 'precious');
    });

    it('by the unfinished download of other audio gets the next number, and both can be finished', async () => {
      bench.server.play(serve(OTHER, { bytes: 100_000, then: 'reset' }), status(418));
      await bench.assertFails('refused', bench.download({ identity: OTHER_IDENTITY }));
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
      bench.server.play(serve(OTHER));
      assert.equal((await bench.download({ identity: OTHER_IDENTITY })).path, bench.path());
      assert.equal(bench.server.requests.at(-1)?.start, 100_000);
      await bench.assertContent(OTHER);
      await bench.assertContent(AUDIO, 'meeting (2).mp3');
    });

    it('meanwhile, by a file that somebody makes during the download, gets the next number', async () => {
      const meanwhile: Play = async (socket, request, server) => {
        await writeFile(bench.path(), 'mine');
        await WHOLE(socket, request, server);
      };
      bench.server.play(meanwhile);
      const outcome = await bench.download();
      assert.equal(outcome.path, bench.path('meeting (2).mp3'));
      assert.equal(await readFile(bench.path(), 'utf8'), 'mine');
    });

    it('meanwhile, at the very last moment, gets the next number', async () => {
      const fs = {
        ...nodeFileSystem,
        link: async (existing: string, created: string) => {
          if (created === bench.path()) await writeFile(created, 'mine');
          await nodeFileSystem.link(existing, created);
        },
      };
      bench.server.play(WHOLE);
      const outcome = await bench.download({}, bench.engine({ fs }));
      assert.equal(outcome.path, bench.path('meeting (2).mp3'));
      assert.equal(await readFile(bench.path(), 'utf8'), 'mine');
      assert.deepEqual(await bench.files(), ['meeting (2).mp3', 'meeting.mp3']);
    });

    it('meanwhile, by the same content: that file is the result', async () => {
      const fs = {
        ...nodeFileSystem,
        link: async (existing: string, created: string) => {
          if (created === bench.path()) await writeFile(created, AUDIO);
          await nodeFileSystem.link(existing, created);
        },
      };
      bench.server.play(WHOLE);
      const outcome = await bench.download({}, bench.engine({ fs }));
      assert.deepEqual(outcome, { kind: 'alreadyThere', path: bench.path(), bytes: AUDIO.length });
      await bench.assertOnly(AUDIO);
    });
  });

  describe('of which one has the same content', () => {
    it('is found by its MD5 without downloading', async () => {
      await writeFile(bench.path(), AUDIO);
      bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO), bytes: 1000, then: 'stall' }));
      const outcome = await bench.download();
      assert.deepEqual(outcome, { kind: 'alreadyThere', path: bench.path(), bytes: AUDIO.length });
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests.length, 1);
      while (bench.server.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    });

    it('is found under a number, too', async () => {
      await writeFile(bench.path(), 'mine');
      await writeFile(bench.path('meeting (2).mp3'), AUDIO);
      bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO), bytes: 1000, then: 'stall' }));
      const outcome = await bench.download();
      assert.equal(outcome.kind, 'alreadyThere');
      assert.equal(outcome.path, bench.path('meeting (2).mp3'));
    });

    it('is compared after the download when there is no MD5', async () => {
      await writeFile(bench.path(), AUDIO);
      bench.server.play(WHOLE);
      const outcome = await bench.download();
      assert.deepEqual(outcome, { kind: 'alreadyThere', path: bench.path(), bytes: AUDIO.length });
      await bench.assertOnly(AUDIO);
    });

    it('is not taken for the same when only the length is', async () => {
      await writeFile(bench.path(), OTHER);
      bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO) }));
      const outcome = await bench.download();
      assert.deepEqual(outcome, { kind: 'saved', path: bench.path('meeting (2).mp3'), bytes: AUDIO.length });
      await bench.assertContent(OTHER);
    });

    it('is not taken for the same when the last byte differs', async () => {
      const audio = makeAudio(2_500_000);
      const nearly = Buffer.from(audio);
      nearly[nearly.length - 1] = (nearly.at(-1) ?? 0) ^ 1;
      await writeFile(bench.path(), nearly);
      bench.server.play(serve(audio));
      assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
    });

    it('says so the second time the same bot is downloaded', async () => {
      bench.server.play(WHOLE);
      assert.equal((await bench.download()).kind, 'saved');
      assert.equal((await bench.download()).kind, 'alreadyThere');
      await bench.assertOnly(AUDIO);
    });
  });

  describe('two at once', () => {
    /** One has saved it; the other was told that it is under way or, had that been quick, that it is there. */
    function assertOneDownload(results: readonly PromiseSettledResult<DownloadOutcome>[]): void {
      const told = results.map((result) =>
        result.status === 'fulfilled' ? result.value.kind : (result.reason as DownloadError).code,
      );
      assert.equal(told.filter((word) => word === 'saved').length, 1, told.join());
      assert.ok(
        told.every((word) => ['saved', 'busyElsewhere', 'alreadyThere'].includes(word)),
        told.join(),
      );
    }

    it('for the same audio in one window: one download', async () => {
      bench.server.play(WHOLE);
      assertOneDownload(await Promise.allSettled([bench.download(), bench.download()]));
      await bench.assertOnly(AUDIO);
    });

    it('for the same audio in five windows: one download', async () => {
      bench.server.play(WHOLE);
      const engines = Array.from({ length: 5 }, () => bench.engine());
      assertOneDownload(await Promise.allSettled(engines.map((engine) => bench.download({}, engine))));
      await bench.assertOnly(AUDIO);
    });

    it('for the same audio, while the first is under way: busy, and the first is not disturbed', async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const slow: Play = async (socket, request, server) => {
        await held;
        await WHOLE(socket, request, server);
      };
      bench.server.play(slow, WHOLE);
      const engine = bench.engine({ limits: { headerTimeoutMs: 10_000 } });
      const first = bench.download({}, engine);
      while (bench.server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      const error = await failureOf(bench.download({ name: 'other' }, bench.engine()));
      assert.ok(error instanceof DownloadError);
      assert.equal(error.code, 'busyElsewhere');
      assert.match(error.message, /another window/);
      release();
      await first;
      await bench.assertOnly(AUDIO);
    });

    it('for other audio under the same name: two files, no mixture', async () => {
      const byUrl: Play = (socket, request, server) =>
        (request.url.startsWith('/other') ? serve(OTHER) : WHOLE)(socket, request, server);
      bench.server.play(byUrl);
      const [one, two] = await Promise.all([
        bench.download(),
        bench.download(
          {
            identity: OTHER_IDENTITY,
            resolveSource: () => Promise.resolve(`${bench.server.origin}/other`),
          },
          bench.engine(),
        ),
      ]);
      assert.notEqual(one.path, two.path);
      assert.deepEqual(await bench.files(), ['meeting (2).mp3', 'meeting.mp3']);
      assert.ok((await readFile(one.path)).equals(AUDIO));
      assert.ok((await readFile(two.path)).equals(OTHER));
    });

    it('ten of them under one name: ten files', async () => {
      bench.server.play(WHOLE);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, number) =>
          bench
            .download({ identity: { ...IDENTITY, artifactId: String(number) } }, bench.engine())
            .catch((error: unknown) => error),
        ),
      );
      assert.ok(
        outcomes.every((outcome) => !(outcome instanceof Error)),
        String(outcomes),
      );
      const files = await bench.files();
      assert.ok(
        files.every((name) => name.endsWith('.mp3')),
        files.join(),
      );
      for (const name of files) await bench.assertContent(AUDIO, name);
    });
  });

  describe('on a file system without links', () => {
    const withoutLinks = {
      ...nodeFileSystem,
      link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' })),
    };

    it('is renamed onto a place that was taken exclusively', async () => {
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs: withoutLinks }));
      await bench.assertOnly(AUDIO);
    });

    it('does not replace a file there either', async () => {
      const fs = {
        ...withoutLinks,
        link: async (_: string, created: string) => {
          if (created === bench.path()) await writeFile(created, 'mine');
          return withoutLinks.link();
        },
      };
      bench.server.play(WHOLE);
      assert.equal((await bench.download({}, bench.engine({ fs }))).path, bench.path('meeting (2).mp3'));
      assert.equal(await readFile(bench.path(), 'utf8'), 'mine');
    });

    it('leaves no empty file when the rename fails', async () => {
      const fs = {
        ...withoutLinks,
        rename: (from: string, to: string) =>
          to.endsWith('.mp3')
            ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'rename' }))
            : nodeFileSystem.rename(from, to),
      };
      bench.server.play(WHOLE);
      const error = await bench.assertFails('fileSystem', bench.download({}, bench.engine({ fs })));
      assert.equal(error.keptBytes, AUDIO.length);
      bench.server.play(status(418));
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('waits for a virus scanner that holds the file for a moment', async () => {
      let refusals = 3;
      const fs = {
        ...withoutLinks,
        rename: (from: string, to: string) => {
          const isHeld = to.endsWith('.mp3') && refusals-- > 0;
          return isHeld
            ? Promise.reject(Object.assign(new Error('EBUSY'), { code: 'EBUSY', syscall: 'rename' }))
            : nodeFileSystem.rename(from, to);
        },
      };
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs }));
      await bench.assertOnly(AUDIO);
    });
  });

  describe('after a process was killed while it gave the file its name', () => {
    /** Leaves what a process leaves that had everything and is killed. */
    async function leaveComplete(): Promise<void> {
      const fs = {
        ...nodeFileSystem,
        link: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'link' })),
      };
      bench.server.play(WHOLE);
      await bench.assertFails('fileSystem', bench.download({}, bench.engine({ fs })));
      bench.server.play(status(418));
    }

    it('before the name was given: it is given now, without a request', async () => {
      await leaveComplete();
      const before = bench.server.requests.length;
      assert.equal((await bench.download()).kind, 'saved');
      await bench.assertOnly(AUDIO);
      assert.equal(bench.server.requests.length, before);
    });

    it('while the file had both names: the old one goes', async () => {
      await leaveComplete();
      await link(bench.path('meeting.mp3.part'), bench.path());
      assert.deepEqual(await bench.download(), { kind: 'saved', path: bench.path(), bytes: AUDIO.length });
      await bench.assertOnly(AUDIO);
    });

    it('after the part file was gone: the state file goes, too', async () => {
      await leaveComplete();
      await rename(bench.path('meeting.mp3.part'), bench.path());
      assert.deepEqual(await bench.download(), { kind: 'saved', path: bench.path(), bytes: AUDIO.length });
      await bench.assertOnly(AUDIO);
    });

    it('and the finished file was deleted since: it is fetched anew', async () => {
      await leaveComplete();
      await unlink(bench.path('meeting.mp3.part'));
      bench.server.play(WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
    });

    it('while an empty file kept its place: the place is used', async () => {
      await leaveComplete();
      const state = JSON.parse(await readFile(bench.path('meeting.mp3.part.json'), 'utf8')) as object;
      await writeFile(bench.path('meeting.mp3.part.json'), JSON.stringify({ ...state, placeHeld: true }));
      await writeFile(bench.path(), '');
      await bench.download();
      await bench.assertOnly(AUDIO);
    });
  });
});
