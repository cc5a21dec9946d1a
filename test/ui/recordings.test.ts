import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { botWithRecordings } from '../simulator/readyBots.ts';
import { outputFolder } from '../vscode/repository.ts';
import { hasStatus } from './mainJob.ts';
import type { TreeRow } from './pageContent.ts';
import type { Shape } from './shape.ts';
import { signIn, useSession } from './useSession.ts';

const bot = 'Design review';

describe('A bot with two recordings', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: { 'recall.fileName': '{name}' },
    screenshots: join(outputFolder, 'screenshots', 'recordings'),
  });

  before(async () => {
    const { simulator, workbench } = session();
    simulator.addBot({ name: 'Weekly sync' });
    simulator.addBot(botWithRecordings({ recordings: 2 }, { name: bot }));
    await signIn(session());
    await workbench.expectTreeRow(bot);
  });

  it('opens to a line for each, and stays open while they are saved', async () => {
    const { workbench, recordings } = session();
    await workbench.expectTreeRow({ label: bot, expanded: false });
    await workbench.expectTreeRow({ label: 'Weekly sync', expanded: undefined });

    await workbench.clickRow(bot);
    await workbench.expectTreeRow('Recording 2');
    await workbench.screenshot('ready');
    await workbench.clickRowAction(bot, 'Download MP3');
    await workbench.expectTreeRow({ label: bot, description: hasStatus('Saved') });
    const saved = (label: string): Shape<TreeRow> => ({
      label,
      level: 2,
      icon: 'file-media',
      actions: ['Open MP3'],
      description: hasStatus('Saved'),
      ariaLabel: new RegExp(`^${label}, Saved, \\d+:\\d\\d long$`),
    });
    await workbench.expectTreeRows([
      { label: 'Weekly sync', level: 1 },
      { label: bot, level: 1 },
      saved('Recording 1'),
      saved('Recording 2'),
    ]);
    await workbench.clearNotifications();
    await workbench.screenshot('saved');
    assert.deepEqual((await readdir(recordings)).toSorted(), [
      `${bot} recording 1.mp3`,
      `${bot} recording 2.mp3`,
    ]);
  });

  it('offers for each what can be done with its own file', async () => {
    const { workbench } = session();
    const items = await workbench.contextMenu('Recording 2');
    await workbench.closeContextMenu();
    assert.deepEqual(
      items.filter((item) => item !== ''),
      ['Open MP3', 'Reveal MP3', 'Open with Transcript', 'Copy Bot ID'],
    );
  });

  it('plays the very recording that is clicked', async () => {
    const { workbench } = session();
    await workbench.clickRow('Recording 2');
    await workbench.expectAudioPlayer(`${bot} recording 2.mp3`);
    await workbench.screenshot('playing');
  });

  it('has its files dragged out of the tree into the editor', async () => {
    const { workbench } = session();
    await workbench.dragRowToEditor('Recording 1');
    await workbench.expectAudioPlayer(`${bot} recording 1.mp3`);
  });
});
