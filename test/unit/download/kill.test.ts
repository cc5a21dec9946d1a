import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAudio, md5Etag, Workbench } from './workbench.ts';
import { type Play, serve } from './mediaServer.ts';

/** Processes that work, and are killed, beside each other, each with a folder of its own. */
const CHAINS = 4;
const KILLS_EACH = 25;
const BATCH_BYTES = 512 * 1024;

/** What came of killing one process after the other. */
interface Killed {
  /** How many were killed with work left. */
  readonly atWork: number;
  /** The most bytes that a request asked for again. */
  readonly mostRepeated: number;
}

describe('A download whose process is killed', function () {
  it(`comes out whole after ${CHAINS * KILLS_EACH} kills at any moment, at the cost of a batch each`, async () => {
    const chains = await Promise.all(Array.from({ length: CHAINS }, () => killOneAfterTheOther(KILLS_EACH)));
    const atWork = chains.reduce((sum, chain) => sum + chain.atWork, 0);
    assert.ok(atWork > (CHAINS * KILLS_EACH) / 4, `only ${atWork} were killed at work`);
    const mostRepeated = Math.max(...chains.map((chain) => chain.mostRepeated));
    assert.ok(mostRepeated <= BATCH_BYTES, `${mostRepeated} bytes were asked for again`);
  });
});

/** Has as many files downloaded as processes are killed, and holds the files against what was sent. */
async function killOneAfterTheOther(kills: number): Promise<Killed> {
  const files = kills;
  const bench = await Workbench.open();
  const counterFile = `${bench.folder}.counter`;
  const contents = Array.from({ length: files }, (_, number) =>
    makeAudio(300_000 + ((number * 7_919) % 30) * 60_000, number + 1),
  );
  const plays = contents.map((content) => serve(content, { etag: md5Etag(content), pauseMs: 4 }));
  /** How many bytes each request asked for again. */
  const repeated: number[] = [];
  let arrived = new Float64Array(files);
  const answer: Play = async (socket, request, server) => {
    const number = Number(request.url.slice(1));
    repeated.push((arrived[number] ?? 0) - request.start);
    arrived[number] = 0;
    await plays[number]?.(socket, request, server);
  };
  bench.server.play(answer);
  try {
    let longestLifeMs = 40;
    let atWork = 0;
    for (let life = 1; life <= kills + 1; life++) {
      await writeFile(counterFile, new Uint8Array(files * 8));
      // Every life may finish one file more, so that there is one to be killed over in each.
      const child = startChild(bench, Math.min(life, files), counterFile);
      const isDone = await live(child, life <= kills ? Math.random() * longestLifeMs : Infinity);
      if (!isDone) atWork += 1;
      // As long as one file takes on this machine, more or less.
      longestLifeMs *= isDone ? 0.8 : 1.2;
      arrived = new Float64Array(new Uint8Array(await readFile(counterFile)).buffer);
    }
    assert.deepEqual(await bench.files(), contents.map((_, number) => `file ${number}.mp3`).sort());
    for (const [number, content] of contents.entries()) {
      await bench.assertContent(content, `file ${number}.mp3`);
    }
    return { atWork, mostRepeated: Math.max(...repeated) };
  } finally {
    await bench.close();
    await rm(counterFile, { force: true });
  }
}

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
