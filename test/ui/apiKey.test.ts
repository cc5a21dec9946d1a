import assert from 'node:assert/strict';
import { sampleApiKey } from './session.ts';
import { useSession } from './useSession.ts';
import type { Workbench } from './workbench.ts';

const meetingUrl = 'https://meet.google.com/kqz-mwvp-trb';

describe('The API key', () => {
  const session = useSession({ simulator: { timeScale: 0, keys: [sampleApiKey] } });

  beforeEach(async () => {
    const { workbench } = session();
    await workbench.openSidebar('Recall');
    await workbench.runCommand('Recall: Remove API Key');
    await workbench.expectNotification(/was removed|There is no API key/);
    await expectNoKeyWelcome(workbench);
    await workbench.clearNotifications();
  });

  it('is refused with one message, and then not kept', async () => {
    const { workbench, simulator } = session();
    const before = await workbench.notificationsSoFar();

    await setApiKey('not-a-key-of-this-account-0123456789');
    await workbench.expectNotifications([
      {
        severity: 'error',
        text: /did not accept the API key/,
        buttons: ['Set API Key', 'Show Log'],
      },
    ]);

    const since = (await workbench.notificationsSoFar()).slice(before.length);
    const told = since.filter((text) => !text.startsWith('Checking'));
    assert.equal(told.length, 1, told.join('\n'));
    assert.equal(await workbench.dialog(), undefined);
    await expectNoKeyWelcome(workbench);
    simulator.clearRequests();
    await workbench.runCommand('Recall: Refresh Bots');
    await workbench.expectQuickInput(/API key/);
    await workbench.cancelQuickInput();
    assert.deepEqual(simulator.recordedRequests(), []);
  });

  it('is understood as it was copied, with "Token" before it and a space behind it', async () => {
    const { workbench, simulator } = session();
    simulator.clearRequests();

    await setApiKey(`Token ${sampleApiKey} `);
    await workbench.expectNotification(/works/);

    const sent = new Set(simulator.recordedRequests().map(({ headers }) => headers.authorization));
    assert.deepEqual(
      [...sent].map((value) => String(value).replace(/^Token /, '')),
      [sampleApiKey],
    );
  });

  it('is not shown while it is typed, and ends quietly on Escape', async () => {
    const { workbench } = session();
    const before = await workbench.notificationsSoFar();

    await workbench.runCommand('Recall: Set API Key');
    await workbench.expectQuickInput({ title: /API key/, password: true });
    await workbench.typeInQuickInput('secret');
    await workbench.expectQuickInput({ value: 'secret', password: true });
    await workbench.cancelQuickInput();
    await workbench.expectNoQuickInput();

    assert.deepEqual(await workbench.notificationsSoFar(), before);
    assert.equal(await workbench.dialog(), undefined);
    await expectNoKeyWelcome(workbench);
  });

  it('is still there when the page is loaded anew, and gone after Remove API Key', async () => {
    const { workbench, simulator } = session();
    const bot = simulator.addBot({ name: 'Planning' });
    await setApiKey(sampleApiKey);
    await workbench.expectTreeRow('Planning');

    await workbench.reload();
    await workbench.openSidebar('Recall');
    await workbench.expectTreeRow('Planning');

    await workbench.runCommand('Recall: Remove API Key');
    await workbench.expectNotification(/was removed from this computer/);
    await expectNoKeyWelcome(workbench);
    simulator.removeBot(bot.id);
  });

  // In a browser VS Code does not tell other windows of a changed secret; a window that opens later reads it.
  it('is there in a second window', async () => {
    const { simulator, openSecondWindow } = session();
    const bot = simulator.addBot({ name: 'Planning' });
    await setApiKey(sampleApiKey);

    const second = await openSecondWindow();
    try {
      await second.openSidebar('Recall');
      await second.expectTreeRow('Planning');
    } finally {
      await second.page.close();
      simulator.removeBot(bot.id);
    }
  });

  it('is asked for by Send Bot when there is none, which then goes on by itself', async () => {
    const { workbench, simulator, copy } = session();
    await copy(meetingUrl);

    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(/API key/);
    await workbench.answer(sampleApiKey);
    await workbench.expectQuickInput({
      title: 'Send a bot to a meeting',
      message: /^Google Meet\./,
      value: meetingUrl,
    });
    // VS Code shows no more than three notifications that come within a moment.
    await workbench.expectNoNotification(/^Checking/);
    await workbench.acceptQuickInput();
    await workbench.expectNotification(/on its way to Google Meet/);

    const sent = simulator.recordedRequests().find(({ method }) => method === 'POST');
    assert.match(String(sent?.body), /kqz-mwvp-trb/);
    await workbench.expectTreeRow('Google Meet');
  });

  async function setApiKey(key: string): Promise<void> {
    const { workbench } = session();
    await workbench.runCommand('Recall: Set API Key');
    await workbench.expectQuickInput(/API key/);
    await workbench.answer(key);
  }
});

async function expectNoKeyWelcome(workbench: Workbench): Promise<void> {
  await workbench.expectWelcomeButton('Set API Key');
}
