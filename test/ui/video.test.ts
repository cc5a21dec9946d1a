import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddedBot } from '../simulator/controls.ts';
import type { BotSpec } from '../simulator/readyBots.ts';
import { outputFolder } from '../vscode/repository.ts';
import { hasStatus, sampleMeeting, savedFile } from './mainJob.ts';
import { signIn, useSession } from './useSession.ts';

const wholeMeetingMs = 60_000;

describe('A bot without an MP3', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.whenRecordingIsReady': 'download' },
    screenshots: join(outputFolder, 'screenshots', 'video'),
  });

  before(async () => {
    await signIn(session());
  });

  it('has its video saved by the button of the warning, shown in the tree, and opened by a click', async () => {
    const { workbench } = session();
    const bot = await addWebexBot({ name: 'Town hall' });

    await workbench.clickRowAction('Town hall', 'Download MP3');
    await workbench.expectNotification({
      severity: 'warning',
      text: 'Recall made no MP3 of this recording. Recall may not make MP3s of Webex meetings.',
      buttons: ['Download Video', 'Show Log'],
    });
    await workbench.expectNoNotification(/^MP3 of /);
    await workbench.screenshot('warning');

    await workbench.clickNotificationButton(/made no MP3/, 'Download Video');
    await workbench.expectNotification({
      text: /^Saved .*Town hall.*\.mp4 /,
      buttons: ['Open', 'Reveal'],
    });
    await workbench.expectTreeRow({
      label: 'Town hall',
      description: hasStatus('Video saved'),
      icon: 'play-circle',
      actions: ['Open Video'],
    });
    const [name = '', ...others] = await readdir(session().recordings);
    assert.deepEqual(others, []);
    await assertWhole(bot, name);
    await workbench.screenshot('saved');

    await workbench.clearNotifications();
    await workbench.clickRow('Town hall');
    await workbench.expectEditorTab(name);
    await workbench.screenshot('opened');
  });

  it('goes on with the video, and only when asked, after its download was interrupted', async () => {
    const { workbench, simulator } = session();
    const bot = await addWebexBot({
      name: 'All hands',
      recordings: [{ audio: 0, video: { sizeBytes: 6_000_000 }, shortcut: 'null' }],
    });
    // Far slower than any page is.
    simulator.mediaFault({ kind: 'throttle', bytesPerSecond: 60_000, times: 'always' });
    await workbench.contextMenu('All hands');
    await workbench.clickContextMenuItem('Download Video');
    await workbench.expectTreeRow({
      label: 'All hands',
      description: (text) => Number(/^Downloading (\d+)%/.exec(text)?.[1] ?? 0) >= 1,
    });
    // It is seen where it was started, without one more notification.
    assert.ok(!(await workbench.notifications()).some(({ text }) => text.startsWith('Video of')));
    await workbench.clickRowAction('All hands', 'Cancel Download');
    await workbench.expectTreeRow({
      label: 'All hands',
      description: /^Paused at /,
      actions: ['Download Video'],
    });
    assert.ok((await readdir(session().recordings)).some((file) => /All hands.*\.mp4\.part$/.test(file)));

    simulator.clearFaults();
    simulator.clearRequests();
    await workbench.reload();
    await workbench.clickNotificationButton(
      /^The download of .*All hands.*\.mp4 was interrupted at/,
      'Resume',
    );
    await workbench.expectNotification(/^Saved .*All hands.*\.mp4 /);
    await assertWhole(bot, savedFile(await workbench.notificationsSoFar()));
    const ranges = simulator
      .recordedRequests()
      .filter(({ origin }) => origin === 'media')
      .map(({ headers }) => headers.range ?? '');
    assert.match(ranges[0] ?? '', /^bytes=[1-9]/);
  });

  it('that was followed tells of it with the button, and loads no video by itself', async () => {
    const { workbench, simulator, recordings, copy } = session();
    await workbench.clearNotifications();
    const before = (await readdir(recordings)).length;
    simulator.apiFault({ kind: 'echoWithoutMp3', method: 'POST' });
    await copy(sampleMeeting.clipboard);
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({ message: /Google Meet/ });
    await workbench.acceptQuickInput();
    await workbench.expectStatusBarItem('recall.live');
    simulator.advance(wholeMeetingMs);

    await workbench.expectNotification(/without asking for an MP3/);
    assert.equal((await readdir(recordings)).length, before);
    await workbench.clickNotificationButton(/without asking for an MP3/, 'Download Video');
    await workbench.expectNotification(/^Saved .*\.mp4 /);
    assert.equal((await readdir(recordings)).length, before + 1);
  });

  async function addWebexBot(spec: BotSpec): Promise<AddedBot> {
    const { workbench, simulator } = session();
    await workbench.clearNotifications();
    const bot = simulator.addBot({
      platform: 'webex',
      recordings: [{ audio: 0, video: true, shortcut: 'null' }],
      ...spec,
    });
    await workbench.runCommand('Recall: Refresh Bots');
    await workbench.expectTreeRow({ label: spec.name ?? '' });
    return bot;
  }

  async function assertWhole(bot: AddedBot, name: string): Promise<void> {
    const [videoId = ''] = bot.recordings.flatMap(({ video }) => video);
    assert.deepEqual(
      await readFile(join(session().recordings, name)),
      session().simulator.mediaBytes(videoId),
    );
  }
});
