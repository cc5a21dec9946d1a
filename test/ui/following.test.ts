import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleMeeting } from './mainJob.ts';
import type { Session } from './session.ts';
import { signIn, useSession } from './useSession.ts';
import { longWaitMs, waitFor } from './waiting.ts';
import { setFocus } from './windowFocus.ts';
import type { Workbench } from './workbench.ts';

/** Longer than the simulated meeting and the making of its MP3 together. */
const WHOLE_MEETING_MS = 60_000;

async function sendBot({ workbench, copy }: Session): Promise<void> {
  await copy(sampleMeeting.clipboard);
  await workbench.runCommand('Recall: Send Bot');
  await workbench.expectQuickInput({ message: /Google Meet/ });
  await workbench.acceptQuickInput();
  await workbench.expectNotification(/is on its way/);
}

/** How often these windows have said that an MP3 is ready since they were loaded. */
async function timesTold(...windows: readonly Workbench[]): Promise<number> {
  const told = await Promise.all(windows.map((window) => window.notificationsSoFar()));
  return told.flat().filter((text) => text.includes('is ready')).length;
}

async function expectReadyInTree(...windows: readonly Workbench[]): Promise<void> {
  for (const window of windows) {
    await window.openSidebar('Recall');
    await window.expectTreeRow({ description: /^MP3 ready/ });
  }
}

async function expectTwoReady(window: Workbench): Promise<void> {
  const descriptions = async (): Promise<string[]> =>
    (await window.treeRows()).map(({ description }) => description);
  await waitFor(
    'both bots to be ready',
    async () =>
      (await descriptions()).filter((text) => text.startsWith('MP3 ready')).length === 2 || undefined,
    // A window that does not poll looks at what the others found within a minute.
    { describe: descriptions, withinMs: 60_000 + longWaitMs },
  );
}

describe('Following a meeting with nobody touching anything', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.whenRecordingIsReady': 'download' },
  });

  it('ends with the MP3 in the folder', async () => {
    const { workbench, simulator, recordings } = session();
    await signIn(session());
    await sendBot(session());
    await workbench.expectStatusBarItem('recall.live');
    simulator.advance(8_000);
    await workbench.expectTreeRow({ description: /^Recording/ });
    simulator.advance(WHOLE_MEETING_MS);
    await workbench.expectNotification(/^Saved .*\.mp3/);

    const [botId = ''] = simulator.botIds();
    const [name = '', ...others] = await readdir(recordings);
    assert.deepEqual(others, []);
    const artifactId = simulator.idsOf(botId).recordings[0]?.audio[0] ?? '';
    assert.deepEqual(await readFile(join(recordings, name)), simulator.mediaBytes(artifactId));
    await workbench.expectTreeRow({ description: /^Saved/ });
    await workbench.expectNoStatusBarItem('recall.live');
  });
});

describe('A meeting that ends while Recall cannot be reached', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.whenRecordingIsReady': 'download' },
  });

  it('ends with the MP3 in the folder of a window without the focus, when Recall is back', async () => {
    const { workbench, simulator, recordings } = session();
    await signIn(session());
    await sendBot(session());
    simulator.advance(8_000);
    await workbench.expectTreeRow({ description: /^Recording/ });

    simulator.apiFault({ kind: 'reset', times: 'always' });
    await workbench.expectViewMessage(/^Offline, last updated/);
    await setFocus(workbench, false);
    simulator.advance(WHOLE_MEETING_MS);
    assert.deepEqual(await readdir(recordings).catch(() => []), []);

    simulator.clearFaults();
    await workbench.expectNotification(/^Saved .*\.mp3/);
    assert.equal((await readdir(recordings)).length, 1);
    await workbench.expectTreeRow({ description: /^Saved/ });
    await workbench.expectViewMessage('');
  });
});

describe('A live bot that was sent elsewhere', () => {
  const session = useSession({ simulator: { timeScale: 0 } });

  it('has a line that moves, and says nothing at its end', async () => {
    const { workbench, simulator } = session();
    const startedAt = simulator.time();
    const live = ['joining_call', 'in_waiting_room'].map((code) => ({ code, createdAt: startedAt }));
    const [first, second] = ['Weekly sync', 'Customer call'].map((name) =>
      simulator.addBot({ name, statusChanges: live }),
    );
    assert.ok(first && second);
    await signIn(session());
    const before = await workbench.notificationsSoFar();
    await workbench.expectTreeRow({ label: 'Weekly sync', description: /admitted/ });
    simulator.addStatusChange(first.id, { code: 'in_call_recording' });
    await workbench.expectTreeRow({ label: 'Weekly sync', description: /^Recording/ });
    simulator.addStatusChange(second.id, { code: 'done' });
    await workbench.expectTreeRow({ label: 'Customer call', description: /^(?!.*admitted)/ });
    assert.deepEqual(await workbench.notificationsSoFar(), before);
  });
});

describe('A meeting that ends while nobody looks', () => {
  const session = useSession({ simulator: { timeScale: 0 } });

  it('is noticed when the closed window comes back, and not told again later', async () => {
    const { workbench, simulator, openSecondWindow } = session();
    await signIn(session());
    await sendBot(session());
    simulator.advance(8_000);
    await workbench.expectTreeRow({ description: /^Recording/ });

    await workbench.page.goto('about:blank');
    simulator.advance(WHOLE_MEETING_MS);
    await workbench.reload();
    await workbench.expectNotification(/is ready/);

    const second = await openSecondWindow();
    await expectReadyInTree(workbench, second);
    assert.deepEqual([await timesTold(workbench), await timesTold(second)], [1, 0]);
    await second.page.close();
  });

  it('is told in one of two windows', async () => {
    const { workbench, simulator, openSecondWindow } = session();
    await workbench.clearNotifications();
    const before = await timesTold(workbench);
    const second = await openSecondWindow();
    await second.openSidebar('Recall');
    await sendBot(session());
    simulator.advance(8_000);
    // By itself a window that follows nothing finds a new bot within a minute only.
    await second.runCommand('Recall: Refresh Bots');
    for (const window of [workbench, second]) {
      await window.expectTreeRow({ description: /^Recording/ });
    }
    simulator.advance(WHOLE_MEETING_MS);

    const told = await waitFor('the news that the MP3 is ready', async () => {
      const times = (await timesTold(workbench, second)) - before;
      return times > 0 ? times : undefined;
    });
    assert.equal(told, 1);
    await expectTwoReady(workbench);
    await expectTwoReady(second);
    assert.equal((await timesTold(workbench, second)) - before, 1);
    await second.page.close();
  });

  it('is not told for bots that were over when they were first seen', async () => {
    const { workbench, simulator } = session();
    simulator.addSampleBots();
    await workbench.reload();
    await workbench.openSidebar('Recall');
    await workbench.expectTreeRow('Design review');
    assert.equal(await timesTold(workbench), 0);
  });
});
