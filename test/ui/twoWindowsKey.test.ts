import assert from 'node:assert/strict';
import { sampleApiKey } from './session.ts';
import { useSession } from './useSession.ts';
import { setFocus } from './windowFocus.ts';
import type { Workbench } from './workbench.ts';

const otherKey = 'fedcba9876543210fedcba9876543210fedcba98';
const newKeyElsewhere = 'A new API key was set in another window. Reload this window to use it.';

// In a browser VS Code reads all secrets when a page is loaded, and tells the other pages of no change.
describe('An API key with two windows open', () => {
  const session = useSession({ simulator: { timeScale: 0, keys: [sampleApiKey, otherKey] } });
  let second: Workbench;

  before(async () => {
    session().simulator.addBot({ name: 'Planning' });
    await session().workbench.openSidebar('Recall');
  });
  afterEach(async () => {
    await second.page.close();
  });

  it('that is removed in one is gone from the other, with nobody touching it', async () => {
    const { workbench, simulator } = session();
    await setApiKey(workbench, sampleApiKey);
    second = await openSecondWindow();
    await second.expectTreeRow('Planning');

    await removeApiKey(workbench);
    await second.expectWelcomeButton('Set API Key');
    simulator.clearRequests();
    await second.runCommand('Recall: Refresh Bots');
    await second.expectQuickInput({ title: /API key/, message: /is checked with Recall/ });
    await second.cancelQuickInput();
    await second.reload();
    await second.openSidebar('Recall');
    await second.expectWelcomeButton('Set API Key');
    assert.deepEqual(simulator.recordedRequests(), []);
  });

  it('that is set in one is there in the other after its Reload Window', async () => {
    const { workbench } = session();
    await removeApiKey(workbench);
    second = await openSecondWindow();
    await second.expectWelcomeButton('Set API Key');

    await setFocus(second, false);
    await setApiKey(workbench, sampleApiKey);
    await second.expectWelcome({ text: [newKeyElsewhere], buttons: ['Reload Window'] });
    assert.deepEqual(await second.notificationsSoFar(), []);
    await setFocus(second, true);
    await whileReloading(second, () => second.clickNotificationButton(newKeyElsewhere, 'Reload Window'));
    await second.expectTreeRow('Planning');
    assert.deepEqual(await second.notificationsSoFar(), []);
  });

  it('that is replaced in one is used by the other no more', async () => {
    const { workbench, simulator } = session();
    await setApiKey(workbench, sampleApiKey);
    second = await openSecondWindow();
    await second.expectTreeRow('Planning');

    await setApiKey(workbench, otherKey);
    await workbench.expectTreeRow('Planning');
    await second.expectWelcomeButton('Reload Window');
    await second.expectNotification(newKeyElsewhere);
    await second.clearNotifications();
    simulator.clearRequests();
    await second.runCommand('Recall: Refresh Bots');
    await second.expectNotification(newKeyElsewhere);
    assert.deepEqual(keysUsed(), []);
    await second.clearNotifications();
    // A page keeps the secrets with which it was loaded, also while its extension host starts anew.
    await session().killExtensionHosts();
    await second.runCommand('Recall: Refresh Bots');
    await second.expectNotification(newKeyElsewhere);
    // The first window, whose key it is, begins anew with it.
    assert.ok(!keysUsed().includes(sampleApiKey));
    simulator.clearRequests();
    await whileReloading(second, () => second.clickWelcomeButton('Reload Window'));
    await second.expectTreeRow('Planning');
    assert.deepEqual(keysUsed(), [otherKey]);
  });

  it('that is set again as it was changes nothing in the other', async () => {
    const { workbench } = session();
    await setApiKey(workbench, sampleApiKey);
    second = await openSecondWindow();
    await second.expectTreeRow('Planning');

    await setApiKey(workbench, sampleApiKey);
    await second.runCommand('Recall: Refresh Bots');
    await second.expectTreeRow('Planning');
    assert.deepEqual(await second.notificationsSoFar(), []);
  });

  it('that was removed stays so when a window that knew it brings it back', async () => {
    const { workbench, simulator } = session();
    await setApiKey(workbench, sampleApiKey);
    second = await openSecondWindow();
    await second.expectTreeRow('Planning');
    const secrets = `localStorage.getItem('secrets.provider')`;
    const before = await second.page.evaluate<string>(secrets);

    await removeApiKey(workbench);
    await second.expectWelcomeButton('Set API Key');
    simulator.clearRequests();
    // What VS Code does when another extension stores a secret in the second window.
    await second.page.evaluate(`localStorage.setItem('secrets.provider', ${JSON.stringify(before)})`);
    await workbench.reload();
    await workbench.openSidebar('Recall');
    await workbench.expectWelcomeButton('Set API Key');
    assert.deepEqual(simulator.recordedRequests(), []);
    assert.notEqual(await workbench.page.evaluate<string>(secrets), before);
  });

  async function openSecondWindow(): Promise<Workbench> {
    const window = await session().openSecondWindow();
    await window.openSidebar('Recall');
    return window;
  }

  function keysUsed(): string[] {
    const requests = session().simulator.recordedRequests();
    return [...new Set(requests.map(({ headers }) => String(headers.authorization).replace('Token ', '')))];
  }
});

async function setApiKey(workbench: Workbench, key: string): Promise<void> {
  await workbench.runCommand('Recall: Set API Key');
  await workbench.expectQuickInput(/API key/);
  await workbench.answer(key);
  await workbench.expectNotification(/works/);
  await workbench.clearNotifications();
}

async function removeApiKey(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Recall: Remove API Key');
  await workbench.expectNotification(/was removed from this computer|There is no API key/);
  await workbench.clearNotifications();
}

/** Does what makes VS Code load the page anew, and waits until it can be used. */
async function whileReloading(workbench: Workbench, act: () => Promise<void>): Promise<void> {
  await Promise.all([workbench.page.waitForEvent('load'), act()]);
  await workbench.page.locator('.part.activitybar .action-item').first().waitFor();
}
