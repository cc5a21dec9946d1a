import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder } from '../vscode/repository.ts';
import { hasStatus } from './mainJob.ts';
import { signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

describe('Rename Meeting', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.fileName': '{title}' },
    screenshots: join(outputFolder, 'screenshots', 'rename'),
  });

  before(async () => {
    const { simulator, workbench } = session();
    simulator.addBot({ name: 'Meeting Notetaker', recordings: [{ title: 'Plans', video: true }] });
    simulator.addBot({ name: 'Meeting Notetaker', platform: 'google_meet' });
    await signIn(session());
    await workbench.expectTreeRow('Plans');
  });

  it('is F2 in the tree, and renames the saved files when that is wanted', async () => {
    const { workbench, recordings } = session();
    await workbench.clickRowAction('Plans', 'Download MP3');
    await workbench.expectTreeRow({ label: 'Plans', description: hasStatus('Saved') });
    await workbench.contextMenu('Plans');
    await workbench.clickContextMenuItem('Download Video');
    await workbench.expectNotification(/^Saved .*\.mp4 /);
    await workbench.clearNotifications();

    await workbench.clickRow('Plans');
    await workbench.expectAudioPlayer('Plans.mp3');
    await workbench.page.keyboard.press('F2');
    await workbench.expectQuickInput({ title: 'Rename meeting', value: 'Plans' });
    await workbench.screenshot('input');
    await workbench.answer('Review of the plans');
    await workbench.expectNotification({
      text: 'Rename the 2 saved files as well?',
      buttons: ['Rename Files'],
    });
    await workbench.expectTreeRow({ label: 'Review of the plans', description: hasStatus('Saved') });
    assert.deepEqual((await readdir(recordings)).toSorted(), ['Plans.mp3', 'Plans.mp4']);

    await workbench.clickNotificationButton(/^Rename the 2 saved files/, 'Rename Files');
    await waitFor(
      'the files with their new names',
      async () => {
        const names = (await readdir(recordings)).toSorted();
        return names.join() === 'Review of the plans.mp3,Review of the plans.mp4' || undefined;
      },
      { describe: () => readdir(recordings) },
    );
    await workbench.expectTreeRow({ label: 'Review of the plans', description: hasStatus('Saved') });
    await waitFor(
      'The editor of the MP3 that was renamed, and no other',
      async () => {
        const tabs = await workbench.editorTabs();
        return tabs.map(({ label }) => label).join() === 'Review of the plans.mp3' || undefined;
      },
      { describe: () => workbench.editorTabs() },
    );
    await workbench.clickRow('Review of the plans');
    await workbench.expectAudioPlayer('Review of the plans.mp3');
    await workbench.screenshot('renamed');
  });

  it('gives the old title back for an empty one, from the palette', async () => {
    const { workbench } = session();
    await workbench.runCommand('Recall: Rename Meeting…');
    await workbench.expectQuickInput('Rename which meeting?');
    await workbench.choose('Review of the plans');
    await workbench.expectQuickInput({
      title: 'Rename meeting',
      value: 'Review of the plans',
      message: /^The title counts in this VS Code\. Leave it empty for "Plans"\./,
    });
    await workbench.answer('');
    await workbench.expectTreeRow({ label: 'Plans', description: hasStatus('Saved') });
  });
});
