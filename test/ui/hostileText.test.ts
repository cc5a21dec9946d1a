import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { signIn, useSession } from './useSession.ts';

/** What a bot may be called by anybody who can send one; each would do something where text is not only text. */
const names = [
  'Link [here](command:workbench.action.toggleZenMode)',
  'Site [there](https://evil.example/) www.evil.example',
  'Tag <img src="x"><a href="https://evil.example">y</a>',
  'Icon $(error)',
  'Style **bold** `code`',
];

/** What text turns into when it is taken for more. */
const madeOfText = 'a[href], img, b, strong, em, code, h1, .codicon-error';

describe('A bot with a hostile name', () => {
  const session = useSession({ simulator: { timeScale: 0 } });

  before(async () => {
    await signIn(session());
    for (const name of names) session().simulator.addBot({ name });
    await session().workbench.runCommand('Recall: Refresh Bots');
    await session().workbench.expectTreeRow(names[0] ?? '');
  });

  for (const name of names) {
    it(`is shown as it is written, in the tree and its hover: ${name}`, async () => {
      const { workbench } = session();
      await workbench.expectTreeRow(name);
      const row = rowOf(name);
      assert.equal(await row.locator('.monaco-icon-label-container').locator(madeOfText).count(), 0);

      const hover = await workbench.showHoverOf(name);
      assert.ok((await hover.innerText()).startsWith(`${name}\n`), await hover.innerText());
      assert.equal(await hover.locator(madeOfText).count(), 0);
      await workbench.page.keyboard.press('Escape');
      await hover.waitFor({ state: 'detached' });
    });

    it(`is shown without effect in pickers and notifications: ${name}`, async () => {
      const { workbench } = session();
      await workbench.runCommand('Recall: Download MP3');
      await workbench.expectQuickInput(/Download the MP3/);
      const start = name.split(' ')[0] ?? '';
      await workbench.choose(new RegExp(`^${start} `));
      await workbench.expectNotification(/^Saved /);
      const messages = workbench.page.locator('.notification-list-item-message');
      assert.equal(await messages.locator(madeOfText).count(), 0);
      assert.ok((await workbench.notificationsSoFar()).some((text) => text.includes(start)));
      await workbench.clearNotifications();
    });
  }

  it('stays text when Recall says it in a refusal', async () => {
    const { workbench, simulator } = session();
    const detail = 'Press [here](command:workbench.action.toggleZenMode) or $(error).';
    simulator.failNext({ status: 400, body: { detail } });
    await workbench.runCommand('Recall: Refresh Bots');
    await workbench.expectNotification(
      /^Recall refused the request\. Recall says: Press \[here\] \(command:/,
    );
    const message = workbench.page.locator('.notification-list-item-message');
    assert.equal(await message.locator(`a, ${madeOfText}`).count(), 0);
    await workbench.clearNotifications();
  });

  function rowOf(name: string): Locator {
    return session().workbench.page.locator('.pane-body .monaco-list-row', { hasText: name });
  }
});
