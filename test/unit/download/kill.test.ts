import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAudio, md5Etag, Workbench } from './workbench.ts';
import { type Play, serve } from './mediaServer.ts';

const FILES = 100;
const KILLS = 100;
const BATCH_BYTES = 512 * 1024;

describe('A download whose process is killed', function () {
  this.timeout(300_000);

  it(`comes out whole after ${KILLS} kills at any moment, at the cost of a batch each`, async () => {
    const bench = await Workbench.open();
    const counterFile = `${bench.folder}.counter`;
    const contents = Array.from({ length: FILES }, (_, number) =>
      makeAudio(300_000 + ((number * 7_919) % 30) * 60_000, number + 1),
    );
    const plays = contents.map((content) => serve(content, { etag: md5Etag(content), pauseMs: 4 }));
    /** How many bytes each request asked for again. */
    const repeated: number[] = [];
    let arrived = new Float64Array(FILES);
    const answer: Play = async (socket, request, server) => {
      const number = Number(request.url.slice(1));
      repeated.push((arrived[number] ?? 0) - request.start);
      arrived[number] = 0;
      await plays[number]?.(socket, request, server);
    };
    bench.server.play(answer);
    try {
      let longestLifeMs = 40;
      let killedAtWork = 0;
      for (let life = 1; life <= KILLS + 1; life++) {
        await writeFile(counterFile, new Uint8Array(FILES * 8));
        // Every life may finish one file more, so that there is one to be killed over in each.
        const child = startChild(bench, Math.min(life, FILES), counterFile);
        const isDone = await live(child, life <= KILLS ? Math.random() * longestLifeMs : Infinity);
        if (!isDone) killedAtWork += 1;
        // As long as one file takes on this machine, more or less.
        longestLifeMs *= isDone ? 0.8 : 1.2;
        arrived = new Float64Array(new Uint8Array(await readFile(counterFile)).buffer);
      }
      assert.deepEqual(await bench.files(), contents.map((_, number) => `file ${number}.mp3`).sort());
      for (const [number, content] of contents.entries()) {
        await bench.assertContent(content, `file ${number}.mp3`);
      }
      assert.ok(killedAtWork > KILLS / 4, `only ${killedAtWork} were killed at work`);
      assert.ok(Math.max(...repeated) <= BATCH_BYTES, `${Math.max(...repeated)} bytes were asked for again`);
    } finally {
      await bench.close();
      await rm(counterFile, { force: true });
    }
  });
});

function startChild(bench: Workbench, files: number, counterFile: string): ChildProcess {
  const script = join(import.meta.dirname, 'killedDownload.ts');
  const args = [script, bench.server.origin, bench.folder, String(files), counterFile, String(BATCH_BYTES)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Lets a child work for so long, then kills it. @returns whether it had nothing left to do */
async function live(child: ChildProcess, ms: number): Promise<boolean> {
  const closed = once(child, 'close');
  assert.ok(child.stdout);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'ready');
  const done = lines.next().then(({ value }) => value === 'done');
  const isDone = await Promise.race(ms === Infinity ? [done] : [done, sleep(ms, false)]);
  child.kill('SIGKILL');
  const [code, signal] = (await closed) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', `ended by itself with ${String(code)}`);
  return isDone;
}
