import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { type DownloadFileSystem, nodeFileSystem } from '../../../src/download/download.ts';
import { systemClock } from '../../../src/network/clock.ts';
import { makeAudio, md5Etag, withHandles, Workbench } from './workbench.ts';
import { type Play, resetAtOnce, serve, silence, status } from './mediaServer.ts';

const AUDIO = makeAudio(500_000, 11);
const WHOLE = serve(AUDIO);

describe('Cancelling a download', () => {
  let bench: Workbench;
  let controller: AbortController;
  beforeEach(async () => {
    bench = await Workbench.open();
    controller = new AbortController();
  });
  afterEach(() => bench.close());

  /** Cancels as soon as the server is asked, then gives the answer, or none. */
  const cancelThen = (play: Play): Play => {
    return async (socket, request, server) => {
      controller.abort();
      await play(socket, request, server);
    };
  };
  const run = (changes: Partial<Parameters<Workbench['download']>[0]> = {}, engine = bench.downloader) =>
    bench.download({ signal: controller.signal, ...changes }, engine);

  it('before it begins leaves nothing behind', async () => {
    controller.abort();
    await bench.assertFails('cancelled', run());
    assert.deepEqual(await bench.files(), []);
    assert.equal(bench.resolved, 0);
  });

  it('while the address is looked up does not wait for it', async () => {
    const resolveSource = (): Promise<string> => {
      queueMicrotask(() => {
        controller.abort();
      });
      return new Promise<string>(() => undefined);
    };
    await bench.assertFails('cancelled', run({ resolveSource }));
    assert.deepEqual(await bench.files(), []);
  });

  it('while the address is looked up is called cancelled, whatever the look-up says', async () => {
    const resolveSource = (signal: AbortSignal): Promise<string> => {
      controller.abort();
      assert.ok(signal.aborted);
      return Promise.reject(new Error('other words'));
    };
    await bench.assertFails('cancelled', run({ resolveSource }));
  });

  it('before the headers', async () => {
    bench.server.play(cancelThen(silence));
    await bench.assertFails('cancelled', run());
    assert.deepEqual(await bench.files(), []);
  });

  it('before the headers of a redirect', async () => {
    bench.server.play(status(302, '', { Location: '/moved' }), cancelThen(silence));
    await bench.assertFails('cancelled', run());
  });

  it('in the body of an error', async () => {
    bench.server.play(async (socket, request, server) => {
      socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n<Error>');
      await cancelThen(silence)(socket, request, server);
    });
    await bench.assertFails('cancelled', run());
  });

  it('in the body keeps what arrived, says so, and the next download goes on there', async () => {
    bench.server.play(serve(AUDIO, { bytes: 200_000, then: 'stall' }));
    const onProgress: Parameters<Workbench['download']>[0] = {
      onProgress: (report) => {
        if (report.receivedBytes === 200_000) controller.abort();
      },
    };
    const error = await bench.assertFails('cancelled', run(onProgress));
    assert.equal(error.keptBytes, 200_000);
    assert.equal(
      error.message,
      'The download was cancelled. 200 KB are kept, and the next download goes on from there.',
    );
    bench.server.play(WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.at(-1)?.start, 200_000);
  });

  it('while it waits for the next try ends the wait at once', async () => {
    bench.server.play(status(429, '', { 'Retry-After': '300' }));
    const engine = bench.engine({ clock: systemClock });
    const before = performance.now();
    const onProgress: Parameters<Workbench['download']>[0] = {
      onProgress: (report) => {
        if (report.kind === 'waiting') controller.abort();
      },
    };
    await bench.assertFails('cancelled', run(onProgress, engine));
    assert.ok(performance.now() - before < 10_000);
  });

  it('while it waits for the next try, with bytes on disk, keeps them', async () => {
    bench.server.play(serve(AUDIO, { bytes: 200_000, then: 'reset' }), resetAtOnce);
    const error = await bench.assertFails(
      'cancelled',
      run({
        onProgress: (report) => {
          if (report.kind === 'waiting') controller.abort();
        },
      }),
    );
    assert.equal(error.keptBytes, 200_000);
  });

  it('while the disk is slow', async () => {
    bench.server.play(WHOLE);
    const fs = withHandles((handle) => ({
      ...handle,
      writev: (buffers, position) => {
        controller.abort();
        return handle.writev(buffers, position);
      },
    }));
    const error = await bench.assertFails('cancelled', run({}, bench.engine({ fs })));
    assert.ok(error.keptBytes > 0);
    bench.server.play(WHOLE);
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.at(-1)?.start, error.keptBytes);
  });

  it('while a file of the same name is compared', async () => {
    await writeFile(bench.path('meeting (2).mp3'), 'other');
    bench.server.play(serve(AUDIO, { etag: md5Etag(AUDIO) }));
    await bench.download();
    const fs: DownloadFileSystem = {
      ...nodeFileSystem,
      open: (path, flags) => {
        if (path === bench.path()) controller.abort();
        return nodeFileSystem.open(path, flags);
      },
    };
    await assert.rejects(run({}, bench.engine({ fs })), { code: 'cancelled' });
    assert.deepEqual(await bench.files(), ['meeting (2).mp3', 'meeting.mp3']);
  });

  it('while the whole is checked keeps all of it, and the next download needs no request', async () => {
    bench.server.play(WHOLE);
    const fs = withHandles((handle) => ({
      ...handle,
      stat: () => {
        controller.abort();
        return handle.stat();
      },
    }));
    const error = await bench.assertFails('cancelled', run({}, bench.engine({ fs })));
    assert.equal(error.keptBytes, AUDIO.length);
    const before = bench.server.requests.length;
    await bench.download();
    await bench.assertOnly(AUDIO);
    assert.equal(bench.server.requests.length, before);
  });

  it('while the whole is flushed', async () => {
    bench.server.play(WHOLE);
    const fs = withHandles((handle) => ({
      ...handle,
      sync: () => {
        controller.abort();
        return handle.sync();
      },
    }));
    await bench.assertFails('cancelled', run({}, bench.engine({ fs })));
    await bench.download();
    await bench.assertOnly(AUDIO);
  });

  it('closes the connection', async () => {
    bench.server.play(serve(AUDIO, { bytes: 200_000, then: 'stall' }));
    await bench.assertFails(
      'cancelled',
      run({
        onProgress: () => {
          controller.abort();
        },
      }),
    );
    while (bench.server.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  });

  it('after the end changes nothing', async () => {
    bench.server.play(WHOLE);
    await run();
    controller.abort();
    await bench.assertOnly(AUDIO);
  });
});
