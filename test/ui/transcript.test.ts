import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder } from '../vscode/repository.ts';
import { hasStatus, sampleMeeting } from './mainJob.ts';
import { PlayerPage } from './playerPage.ts';
import { signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

describe('A meeting with captions', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.whenRecordingIsReady': 'download', 'recall.transcript': 'captions' },
    screenshots: join(outputFolder, 'screenshots', 'transcript'),
  });

  it('leaves its transcript beside the MP3 by itself, which is searched and heard in the player, and opens to read', async () => {
    const { workbench, simulator, recordings, copy } = session();
    await signIn(session());
    await copy(sampleMeeting.clipboard);
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({ message: /Google Meet/ });
    await workbench.acceptQuickInput();
    await workbench.expectTreeRow({ label: 'Google Meet', description: hasStatus('Starting') });
    simulator.advance(60_000);

    await workbench.expectNotification(/^Saved .*\.mp3/);
    await workbench.expectTreeRow({ label: 'Google Meet', description: hasStatus('Saved') });
    const names = await waitFor(
      'The transcript beside the MP3',
      async () => {
        const found = (await readdir(recordings)).toSorted();
        return found.map((name) => name.slice(name.lastIndexOf('.'))).join() === '.md,.mp3,.vtt'
          ? found
          : undefined;
      },
      { describe: () => readdir(recordings) },
    );
    const [document = ''] = names;
    const title = document.slice(0, -'.md'.length);
    assert.match(await readFile(join(recordings, document), 'utf8'), /^# Google Meet kqz-mwvp-trb\n\n/);

    // That it is here shows in the menu only, when it is noted.
    await waitFor('The transcript in the menu', async () => {
      if ((await workbench.contextMenu('Google Meet')).includes('Open Transcript')) return true;
      await workbench.closeContextMenu();
      return undefined;
    });
    await workbench.screenshot('menu');
    await workbench.clickContextMenuItem('Open with Transcript');
    const player = await PlayerPage.of(workbench, title);
    await player.search('what has changed');
    await player.expect({ found: /^Let us start with what has changed/ });
    await player.frame.locator('.line.found').click();
    await player.expect({ isPlaying: true, spoken: /^Let us start with what has changed/ });
    await player.frame.press('body', 'k');
    await player.expect({ isPlaying: false });
    await workbench.screenshot('player');

    await workbench.contextMenu('Google Meet');
    await workbench.clickContextMenuItem('Open Transcript');
    await workbench.expectEditorTab(new RegExp(document.replace(/[()]/g, '.')));
    const shown = await workbench.expectDocument('Let us start with what has changed');
    assert.match((await shown.getByRole('link').first().getAttribute('href')) ?? '', /\/play\?recording=/);
    await workbench.screenshot('document');
  });
});
