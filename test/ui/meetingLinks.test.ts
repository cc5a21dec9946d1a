import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

const zoomUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const inputTitle = 'Send a bot to a meeting';

describe('A meeting link', () => {
  const session = useSession({
    simulator: { timeScale: 0 },
    settings: {
      'terminal.integrated.gpuAcceleration': 'off',
      'terminal.integrated.shellIntegration.enabled': false,
      // Also that of the links in a terminal.
      'workbench.hover.delay': 300,
    },
  });

  before(async () => {
    await signIn(session());
  });

  beforeEach(async () => {
    await session().copy('nothing of interest');
  });

  it('in an editor has a hover that leads to Send Bot', async () => {
    const { workbench, workspace } = session();
    await writeFile(join(workspace, 'notes.txt'), `Weekly sync\n\nJoin ${zoomUrl} at 10.\n`);
    await workbench.openFile('notes.txt');
    const { page } = workbench;

    const line = page.locator('.part.editor .view-lines .view-line', { hasText: 'us05web' });
    const offer = await waitForHover(line);
    await offer.locator('a', { hasText: 'Send Bot' }).click();
    await expectToBeAskedAbout(zoomUrl);
  });

  it('in a terminal leads to Send Bot, or to the browser as any link', async () => {
    const { workbench } = session();
    const { page } = workbench;
    await workbench.runCommand('Terminal: Create New Terminal');
    const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
    await terminal.waitFor();
    await page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await page.keyboard.type(`clear; echo; echo "Join: ${zoomUrl}"`);
    await page.keyboard.press('Enter');
    const row = terminal.locator('div', { hasText: /^Join: https/ });
    await row.waitFor();

    await waitForHover(row);
    await page.keyboard.down('Control');
    await moveOnto(row);
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.up('Control');
    await workbench.expectQuickInput({
      title: 'Meeting on Zoom',
      placeholder: 'https://us05web.zoom.us/j/90000001234?pwd=***',
      items: (items) => items.map(({ label }) => label).join() === 'Send Bot to Zoom…,Open in Browser',
    });
    await workbench.acceptQuickInput();
    await expectToBeAskedAbout(zoomUrl);
  });

  async function waitForHover(line: Locator): Promise<Locator> {
    const hover = session().workbench.page.locator('.monaco-hover:not(.hidden)', {
      hasText: 'Meeting on Zoom',
    });
    await waitFor('The hover', async () => {
      await moveOnto(line);
      return (await hover.isVisible()) ? true : undefined;
    });
    return hover;
  }

  /** Moves the mouse onto the link in a line that begins with a short word; waits while the line is drawn anew. */
  async function moveOnto(line: Locator): Promise<void> {
    const box = await waitFor('The line on screen', async () => (await line.boundingBox()) ?? undefined);
    await session().workbench.page.mouse.move(box.x + 120, box.y + box.height / 2, { steps: 3 });
  }

  async function expectToBeAskedAbout(url: string): Promise<void> {
    const { workbench, simulator } = session();
    await workbench.expectQuickInput({ title: inputTitle, value: url, message: /^Zoom\. The bot joins as/ });
    await workbench.cancelQuickInput();
    await workbench.expectNoQuickInput();
    assert.deepEqual(simulator.botIds(), []);
  }
});
