import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { signIn, useSession } from './useSession.ts';

const partEnd = '.mp3.part';

describe('When something goes wrong', () => {
  const session = useSession({ simulator: { timeScale: 0 } });

  before(async () => {
    await signIn(session());
  });

  beforeEach(async () => {
    const { workbench, simulator } = session();
    simulator.clearFaults();
    simulator.clearRequests();
    await workbench.clearNotifications();
  });

  it('shows a failing command of the palette once, without a dialog, with the log one click away', async () => {
    const { workbench, simulator } = session();
    const before = await workbench.notificationsSoFar();
    simulator.failNext({
      status: 402,
      body: { detail: 'Insufficient credits' },
      path: '/bot/',
      times: 'always',
    });

    await workbench.runCommand('Recall: Refresh Bots');
    await workbench.expectNotifications([{ severity: 'error', text: /credit/, buttons: ['Show Log'] }]);

    const told = (await workbench.notificationsSoFar()).slice(before.length);
    assert.equal(told.length, 1, told.join('\n'));
    assert.equal(await workbench.dialog(), undefined);
    assert.equal((await workbench.viewMessage()).includes('Offline'), false);
    await workbench.clickNotificationButton(/credit/, 'Show Log');
    await workbench.expectOutputLine(/\[error\] \[command\] recall\.refreshBots/);
    await workbench.runCommand('View: Hide Panel');
  });

  it('opens the log by Show Log', async () => {
    const { workbench } = session();
    assert.deepEqual(await workbench.outputLines(), []);

    await workbench.runCommand('Recall: Show Log');

    await workbench.expectOutputLine(/\[info\] \[start\] Recall Meeting Audio \d+\.\d+\.\d+, VS Code/);
    await workbench.runCommand('View: Hide Panel');
  });

  it('keeps what a cancelled download has loaded, says so, and finishes it the next time', async () => {
    const { workbench, simulator, recordings } = session();
    const bot = simulator.addBot({ name: 'All hands', recordings: [{ audio: [{ sizeBytes: 6_000_000 }] }] });
    // Far slower than any page is.
    simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 60_000, times: 'always' });
    await workbench.runCommand('Recall: Refresh Bots');
    await workbench.expectTreeRow('All hands');

    await downloadById(bot.id);
    await workbench.expectTreeRow({
      label: 'All hands',
      description: (text) => percentIn(text, /^Downloading (\d+)%/) >= 3,
    });
    await workbench.clickNotificationButton(/^MP3 of All hands/, 'Cancel');
    await workbench.expectNotification({
      severity: 'info',
      text: /are kept, and the next download goes on from there\.$/,
    });
    await workbench.expectTreeRow({
      label: 'All hands',
      description: (text) => {
        const percent = percentIn(text, /^Paused at (\d+)%/);
        return percent >= 3 && percent < 100;
      },
    });
    const [partName = ''] = (await readdir(recordings)).filter((name) => name.endsWith(partEnd));
    const keptBytes = (await stat(join(recordings, partName))).size;
    assert.ok(keptBytes >= 150_000, `${keptBytes} bytes are kept`);
    assert.deepEqual(await mp3s(), []);

    simulator.clearFaults();
    simulator.clearRequests();
    await workbench.clearNotifications();
    await downloadById(bot.id);
    await workbench.expectNotification(/^Saved .*All hands.*\.mp3 \(6(\.0)? MB\)\.$/);

    const [saved = '', ...others] = await mp3s();
    assert.deepEqual(others, []);
    const [artifactId = ''] = bot.recordings.flatMap(({ audio }) => audio);
    assert.deepEqual(await readFile(join(recordings, saved)), simulator.mediaBytes(artifactId));
    assert.deepEqual(
      (await readdir(recordings)).filter((name) => name.endsWith(partEnd)),
      [],
    );
    const ranges = simulator
      .recordedRequests()
      .filter(({ origin }) => origin === 'media')
      .map(({ headers }) => headers.range);
    assert.ok(
      ranges.some((range) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1]) > 0),
      `asked for ${String(ranges)}`,
    );
    await workbench.expectTreeRow({ label: 'All hands', description: /^Saved/ });
  });

  async function downloadById(botId: string): Promise<void> {
    const { workbench } = session();
    await workbench.runCommand('Recall: Download MP3');
    await workbench.expectQuickInput('Download the MP3 of which bot?');
    await workbench.answer(botId);
  }

  async function mp3s(): Promise<string[]> {
    return (await readdir(session().recordings)).filter((name) => name.endsWith('.mp3'));
  }
});

function percentIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? -1);
}
