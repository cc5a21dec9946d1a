import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type DownloadFileSystem, nodeFileSystem } from '../../../src/download/download.ts';
import type { DownloadFileHandle } from '../../../src/download/fileSystem.ts';
import { findUnfinished } from '../../../src/download/unfinished.ts';
import { makeAudio, withHandles, Workbench } from './workbench.ts';
import { type Play, serve, write } from './mediaServer.ts';

const AUDIO = makeAudio(800_000, 9);
const WHOLE = serve(AUDIO);

function fault(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code, syscall: 'write' });
}

/** A disk that takes `capacity` bytes and then only the first half of a write before it is full. */
function smallDisk(capacity: { bytes: number }, code = 'ENOSPC'): DownloadFileSystem {
  return withHandles((handle) => ({
    ...handle,
    writev: async (buffers, position) => {
      const wanted = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
      if (position + wanted <= capacity.bytes) return handle.writev(buffers, position);
      const room = capacity.bytes - position;
      if (room <= 0) throw fault(code);
      return handle.writev([Buffer.concat(buffers).subarray(0, room)], position);
    },
  }));
}

describe('A download and the disk', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  const starts = (): number[] => bench.server.requests.map((request) => request.start);

  for (const bytes of [0, 500_000]) {
    it(`tries all the same when the file system tells of ${bytes} free bytes: what writing says is what counts`, async () => {
      const fs = { ...nodeFileSystem, freeBytes: () => Promise.resolve(bytes) };
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs }));
      await bench.assertOnly(AUDIO);
      assert.ok(bench.logged.some((line) => line.includes('may be')));
    });
  }

  for (const free of ['does not say', 'fails']) {
    it(`tries all the same when the file system ${free} how much room there is`, async () => {
      const freeBytes = (): Promise<number | undefined> =>
        free === 'fails' ? Promise.reject(fault('ENOSYS')) : Promise.resolve(undefined);
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs: { ...nodeFileSystem, freeBytes } }));
      await bench.assertOnly(AUDIO);
    });
  }

  for (const code of ['ENOSPC', 'EDQUOT']) {
    it(`keeps what fits when the disk is full (${code}), does not try again, and goes on later`, async () => {
      const capacity = { bytes: 333_333 };
      const fs = { ...smallDisk(capacity, code), freeBytes: () => Promise.resolve(undefined) };
      bench.server.play(WHOLE);
      const engine = bench.engine({ fs });
      const error = await bench.assertFails('diskFull', bench.download({}, engine));
      assert.equal(error.missingBytes, AUDIO.length - 333_333);
      assert.equal(error.keptBytes, 333_333);
      assert.equal(bench.server.requests.length, 1);
      capacity.bytes = Infinity;
      await bench.download({}, engine);
      await bench.assertOnly(AUDIO);
      assert.deepEqual(starts(), [0, 333_333]);
    });
  }

  it('goes on later even when the disk is too full to note that it stopped', async () => {
    const capacity = { bytes: 333_333 };
    let isFull = false;
    const small = smallDisk(capacity);
    const fs: DownloadFileSystem = {
      ...small,
      freeBytes: () => Promise.resolve(undefined),
      open: (path, flags) => {
        if (isFull && path.endsWith('.next')) return Promise.reject(fault('ENOSPC'));
        return small.open(path, flags);
      },
    };
    bench.server.play(async (socket, request, server) => {
      isFull = true;
      await WHOLE(socket, request, server);
    });
    const engine = bench.engine({ fs });
    await bench.assertFails('diskFull', bench.download({}, engine));
    isFull = false;
    capacity.bytes = Infinity;
    bench.server.play(WHOLE);
    await bench.download({}, engine);
    await bench.assertOnly(AUDIO);
  });

  it('is full only when the data is flushed: says so', async () => {
    const fs = withHandles((handle) => ({
      ...handle,
      sync: () => Promise.reject(fault('ENOSPC')),
      datasync: () => Promise.reject(fault('ENOSPC')),
    }));
    bench.server.play(WHOLE);
    await bench.assertFails('diskFull', bench.download({}, bench.engine({ fs })));
  });

  it('fills a real small file system, says so, and goes on once there is room', async function () {
    const small = await mkdtemp(join(tmpdir(), 'small-'));
    try {
      // Only root may mount; elsewhere the injected faults above have to do.
      const isMounted = mount(small, '1m');
      if (!isMounted) return;
      try {
        const audio = makeAudio(2_000_000);
        bench.server.play(serve(audio, { chunked: true }));
        const error = await bench.assertFails('diskFull', bench.download({ folder: small }));
        assert.ok(error.keptBytes > 700_000, String(error.keptBytes));
        execFileSync('mount', ['-o', 'remount,size=8m', small]);
        bench.server.play(serve(audio));
        const outcome = await bench.download({ folder: small });
        assert.equal(outcome.bytes, audio.length);
        assert.equal(bench.server.requests.at(-1)?.start, error.keptBytes);
      } finally {
        execFileSync('umount', [small]);
      }
    } finally {
      await rm(small, { recursive: true });
    }
  });

  const refusals: readonly [string, 'noPermission' | 'readOnly' | 'fileSystem'][] = [
    ['EACCES', 'noPermission'],
    ['EPERM', 'noPermission'],
    ['EROFS', 'readOnly'],
    ['EIO', 'fileSystem'],
    ['EMFILE', 'fileSystem'],
  ];
  for (const [code, expected] of refusals) {
    it(`says so at once when nothing can be made in the folder (${code})`, async () => {
      const fs: DownloadFileSystem = {
        ...nodeFileSystem,
        open: (path, flags) =>
          flags === 'r' ? nodeFileSystem.open(path, flags) : Promise.reject(fault(code)),
      };
      bench.server.play(WHOLE);
      await bench.assertFails(expected, bench.download({}, bench.engine({ fs })));
      assert.equal(bench.server.requests.length, 0);
    });

    it(`says so and keeps what it has when writing fails in the middle (${code})`, async () => {
      let writes = 0;
      const failing = (handle: DownloadFileHandle): DownloadFileHandle => ({
        ...handle,
        writev: (buffers, position) => {
          writes += 1;
          return writes > 2 ? Promise.reject(fault(code)) : handle.writev(buffers, position);
        },
      });
      bench.server.play(WHOLE);
      const engine = bench.engine({ fs: withHandles(failing) });
      const error = await bench.assertFails(expected, bench.download({}, engine));
      assert.ok(error.keptBytes > 0);
      assert.equal(bench.server.requests.length, 1);
      bench.server.play(WHOLE);
      await bench.download();
      await bench.assertOnly(AUDIO);
      assert.equal(starts().at(-1), error.keptBytes);
    });
  }

  it('may not write to the folder: says so', async function () {
    await chmod(bench.folder, 0o500);
    bench.server.play(WHOLE);
    try {
      // The rights of a folder mean nothing to root.
      if (process.getuid?.() === 0) return;
      await bench.assertFails('noPermission', bench.download());
    } finally {
      await chmod(bench.folder, 0o700);
    }
  });

  it('makes the folder, and those above it', async () => {
    const folder = join(bench.folder, 'a', 'b');
    bench.server.play(WHOLE);
    assert.equal((await bench.download({ folder })).path, join(folder, 'meeting.mp3'));
  });

  it('has a file where the folder should be: says so', async () => {
    const folder = join(bench.folder, 'a');
    await writeFile(folder, '');
    await bench.assertFails('notAFolder', bench.download({ folder }));
    await bench.assertFails('notAFolder', bench.download({ folder: join(folder, 'b') }));
  });

  it('has a folder where the part file should be: takes the next name', async () => {
    await mkdir(bench.path('meeting.mp3.part'));
    bench.server.play(WHOLE);
    assert.equal((await bench.download()).path, bench.path('meeting (2).mp3'));
  });

  for (const code of ['EPERM', 'EACCES', 'EEXIST', 'EISDIR', 'EROFS', 'EBUSY']) {
    it(`takes a folder that is there for made, whatever making it says (${code})`, async () => {
      const fs = { ...nodeFileSystem, mkdir: () => Promise.reject(fault(code)) };
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs }));
      await bench.assertOnly(AUDIO);
      bench.server.play(WHOLE);
      const missing = join(bench.folder, 'missing');
      await assert.rejects(bench.download({ folder: missing }, bench.engine({ fs })));
    });
  }

  for (const code of ['ENOTSUP', 'EINVAL', 'ENOSYS', 'EOPNOTSUPP']) {
    it(`saves on a file system that cannot flush (${code}), and says so once in the log`, async () => {
      const fs = withHandles((handle) => ({
        ...handle,
        sync: () => Promise.reject(fault(code)),
        datasync: () => Promise.reject(fault(code)),
      }));
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs }));
      await bench.assertOnly(AUDIO);
      assert.equal(bench.logged.filter((line) => line.includes('cannot flush')).length, 1);
    });
  }

  it('does not take a flush that failed for one that is not possible', async () => {
    const fs = withHandles((handle) => ({ ...handle, sync: () => Promise.reject(fault('EIO')) }));
    bench.server.play(WHOLE);
    await bench.assertFails('fileSystem', bench.download({}, bench.engine({ fs })));
  });

  /** A disk on which another program holds the part file for some tries, or for good. */
  function heldOnRemoval(tries: number, code = 'EBUSY'): DownloadFileSystem {
    let left = tries;
    return {
      ...nodeFileSystem,
      unlink: (path) =>
        path.endsWith('.part') && left-- > 0 ? Promise.reject(fault(code)) : nodeFileSystem.unlink(path),
    };
  }

  for (const code of ['EBUSY', 'EPERM']) {
    it(`has saved when the part file is held for a moment (${code}) after the MP3 has its name`, async () => {
      bench.server.play(WHOLE);
      await bench.download({}, bench.engine({ fs: heldOnRemoval(1, code) }));
      await bench.assertOnly(AUDIO);
    });
  }

  it('has saved when the part file is held for good, and removes it the next time', async () => {
    bench.server.play(WHOLE);
    const outcome = await bench.download({}, bench.engine({ fs: heldOnRemoval(Infinity) }));
    assert.equal(outcome.kind, 'saved');
    await bench.assertContent(AUDIO);
    assert.deepEqual(await findUnfinished(bench.folder, nodeFileSystem), []);
    assert.equal((await bench.download({}, bench.engine())).path, bench.path());
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.length, 1);
  });

  for (const longest of [143, 100, 60]) {
    it(`takes a shorter name where a file system takes at most ${longest} bytes`, async () => {
      const tooLong = (path: string): boolean => Buffer.byteLength(basename(path)) > longest;
      const fs: DownloadFileSystem = {
        ...nodeFileSystem,
        open: (path, flags) =>
          tooLong(path) ? Promise.reject(fault('ENAMETOOLONG')) : nodeFileSystem.open(path, flags),
        lstat: (path) => (tooLong(path) ? Promise.reject(fault('ENAMETOOLONG')) : nodeFileSystem.lstat(path)),
      };
      bench.server.play(WHOLE);
      const name = `2026-03-02 09-00 ${'Ä'.repeat(90)} 5040dab3`;
      const { path } = await bench.download({ name }, bench.engine({ fs }));
      assert.match(basename(path), /^2026-03-02 09-00 Ä+ 5040dab3\.mp3$/);
      await bench.assertOnly(AUDIO, basename(path));
    });
  }

  it('saves without links, on a disk where the file is held while it gets its name', async () => {
    let left = 5;
    const fs: DownloadFileSystem = {
      ...nodeFileSystem,
      link: () => Promise.reject(fault('ENOTSUP')),
      rename: (from, to) =>
        from.endsWith('.part') && left-- > 0
          ? Promise.reject(fault('EPERM'))
          : nodeFileSystem.rename(from, to),
    };
    bench.server.play(WHOLE);
    await bench.download({}, bench.engine({ fs }));
    await bench.assertOnly(AUDIO);
  });

  it('loses its folder during the download: says so', async () => {
    const folder = join(bench.folder, 'a');
    const removing: Play = async (socket) => {
      await write(socket, `HTTP/1.1 200 OK\r\nETag: "e"\r\nContent-Length: ${AUDIO.length}\r\n\r\n`);
      await write(socket, AUDIO.subarray(0, 300_000));
      await rm(folder, { recursive: true });
      await write(socket, AUDIO.subarray(300_000));
    };
    bench.server.play(removing);
    await bench.assertFails('folderGone', bench.download({ folder }));
    bench.server.play(WHOLE);
    await bench.download({ folder });
  });

  it('loses its part file during the download: no half file comes of it', async () => {
    const removing: Play = async (socket) => {
      await write(socket, `HTTP/1.1 200 OK\r\nETag: "e"\r\nContent-Length: ${AUDIO.length}\r\n\r\n`);
      await write(socket, AUDIO.subarray(0, 300_000));
      await rm(bench.path('meeting.mp3.part'));
      await write(socket, AUDIO.subarray(300_000));
    };
    bench.server.play(removing);
    await bench.assertFails('folderGone', bench.download());
    bench.server.play(WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
  });

  it('has its part file cut by somebody else: it is fetched anew', async () => {
    const cutting: Play = async (socket) => {
      await write(socket, `HTTP/1.1 200 OK\r\nETag: "e"\r\nContent-Length: ${AUDIO.length}\r\n\r\n`);
      await write(socket, AUDIO.subarray(0, 300_000));
      await server.settled(300_000);
      const handle = await nodeFileSystem.open(bench.path('meeting.mp3.part'), 'r+');
      await handle.truncate(900_000);
      await handle.close();
      await write(socket, AUDIO.subarray(300_000));
    };
    const { server } = bench;
    bench.server.play(cutting, WHOLE);
    const outcome = await bench.download();
    assert.equal(outcome.bytes, AUDIO.length);
    await bench.assertOnly(AUDIO);
  });

  it('flushes the content before the file gets its name', async () => {
    const order: string[] = [];
    const handles = withHandles((handle) => ({
      ...handle,
      writev: async (buffers, position) => {
        const result = await handle.writev(buffers, position);
        order.push('write');
        return result;
      },
      sync: async () => {
        await handle.sync();
        order.push('sync');
      },
    }));
    const fs: DownloadFileSystem = {
      ...handles,
      link: async (existing, created) => {
        order.push('name');
        await nodeFileSystem.link(existing, created);
      },
    };
    bench.server.play(WHOLE);
    await bench.download({}, bench.engine({ fs }));
    assert.deepEqual(order.slice(-3), ['write', 'sync', 'name']);
  });

  it('closes every file it opened, however it ends', async () => {
    let open = 0;
    const fs: DownloadFileSystem = {
      ...nodeFileSystem,
      open: async (path, flags) => {
        const handle = await nodeFileSystem.open(path, flags);
        open += 1;
        const close = handle.close.bind(handle);
        return Object.assign(handle, {
          close: async () => {
            open -= 1;
            await close();
          },
        });
      },
    };
    const engine = bench.engine({ fs });
    bench.server.play(serve(AUDIO, { bytes: 300_000, then: 'reset' }), WHOLE);
    await bench.download({}, engine);
    await bench.download({}, engine);
    await writeFile(bench.path(), 'mine');
    bench.server.play(serve(Buffer.from('<html>')));
    await assert.rejects(bench.download({}, engine));
    assert.equal(open, 0);
  });
});

/** Mounts a small file system. @returns whether this machine lets us */
function mount(folder: string, size: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    // A container without the right to mount.
    return false;
  }
}
