import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { livingAmong } from '../vscode/processTree.ts';
import { signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

describe('An extension host that is killed in the middle of a download', () => {
  const session = useSession();

  it('loses nothing: the next window offers to go on, and the file is whole', async () => {
    const { workbench, simulator, recordings } = session();
    await signIn(session());
    const bot = simulator.addBot({ name: 'All hands', recordings: [{ audio: [{ sizeBytes: 3_000_000 }] }] });
    simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 100_000, times: 'always' });
    await workbench.runCommand('Recall: Download MP3');
    await workbench.expectQuickInput(/Download/);
    await workbench.answer(bot.id);

    const { pid, partName } = await waitFor('a part of the file on disk', () => partUnderWay(recordings));
    process.kill(pid, 'SIGKILL');
    await waitFor('the end of the extension host', () =>
      Promise.resolve(livingAmong(new Set([pid])).length === 0 ? true : undefined),
    );
    const keptBytes = (await stat(join(recordings, partName))).size;
    assert.ok(keptBytes > 0 && keptBytes < 3_000_000, `${keptBytes} bytes are kept`);
    assert.deepEqual(await mp3s(recordings), []);

    simulator.clearFaults();
    simulator.clearRequests();
    await workbench.reload();
    await workbench.clickNotificationButton(/was interrupted at \d+%/, 'Resume');
    await workbench.expectNotification(/^Saved .*All hands/);

    const [name = '', ...others] = await mp3s(recordings);
    assert.deepEqual(others, []);
    const artifactId = bot.recordings[0]?.audio[0] ?? '';
    assert.deepEqual(await readFile(join(recordings, name)), simulator.mediaBytes(artifactId));
    const asked = simulator.recordedRequests().find(({ origin }) => origin === 'media')?.headers.range;
    assert.match(asked ?? '', /^bytes=[1-9]\d*-$/);
    assert.deepEqual(await readdir(recordings), [name]);
  });
});

/** The process that is downloading into a folder, once some of the file is there. */
async function partUnderWay(folder: string): Promise<{ pid: number; partName: string } | undefined> {
  const names = await readdir(folder).catch(() => []);
  const partName = names.find((name) => name.endsWith('.mp3.part'));
  if (partName === undefined || (await stat(join(folder, partName))).size === 0) return undefined;
  const state: unknown = JSON.parse(await readFile(join(folder, `${partName}.json`), 'utf8'));
  const pid = /"pid":(\d+)/.exec(JSON.stringify(state))?.[1];
  assert.ok(pid);
  return { pid: Number(pid), partName };
}

async function mp3s(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.mp3'));
}
