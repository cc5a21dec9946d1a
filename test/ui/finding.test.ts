import assert from 'node:assert/strict';
import type { RecordingSpec } from '../simulator/readyBots.ts';
import { filterBots, signIn, useSession } from './useSession.ts';
import { waitFor } from './waiting.ts';

const pageSize = 10;
const people = ['Ana', 'Ben', 'Chiara', 'Zoltán'].map((name) => ({ name }));
/** Such as “November 2026”. */
const aMonth = /^\p{L}+ 20\d\d$/u;
const oldest: RecordingSpec = { title: 'Opening of the Aquárium', participants: people };

describe('Which meeting it is', () => {
  const session = useSession({ simulator: { timeScale: 0, botPageSize: pageSize } });

  before(async () => {
    await signIn(session());
  });

  describe('among many', () => {
    before(() => startWith(180));

    it('shows in days, as soon as there are more than a handful, and in one list when that is wanted', async () => {
      const { workbench } = session();
      for (const rows of [11, 21, 31]) {
        await expectRowCount(rows);
        await workbench.clickRow('Load more…');
      }
      await workbench.expectTreeRow({ label: 'Live', description: '1', expanded: true, level: 1 });
      await workbench.expectTreeRow({ label: 'Customer call', level: 2 });
      await workbench.expectTreeRow({ label: aMonth, description: /^\d+$/, level: 1 });
      await workbench.runCommand('Recall: Show Bots as a List');
      await workbench.expectNoTreeRow('Live');
      await workbench.expectTreeRow({ label: 'Customer call', level: 1 });
      await workbench.runCommand('Recall: Group Bots by Day');
      await workbench.expectTreeRow({ label: 'Live', expanded: true });
    });

    it('keeps a day closed that was closed, also when bots change', async () => {
      const { workbench } = session();
      await workbench.collapseRow('Live');
      await workbench.expectNoTreeRow('Customer call');
      addLiveBot('Supplier call');
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectTreeRow({ label: 'Live', description: '2', expanded: false });
      await workbench.expandRow('Live');
      await workbench.expectTreeRow({ label: 'Supplier call', level: 2 });
    });

    it('is found on the last page by a word of its title, whatever its accents', async () => {
      const { workbench } = session();
      await filter('aquarium');
      await workbench.expectViewMessage('1 of 182 bots match “aquarium”');
      await workbench.expectTreeRow('Opening of the Aquárium');
      await workbench.expectNoTreeRow('Look further…');
      await workbench.expectNoViewAction('Stop Search');

      await filter('nobody said this');
      await workbench.expectViewMessage('0 of 182 bots match “nobody said this”');
      await workbench.expectNoTreeRows();

      await workbench.clickViewAction('Clear Filter');
      await workbench.expectTreeRow('Live');
      await workbench.expectViewMessage('');
    });

    it('refuses a date that cannot be read, and filters by one that can', async () => {
      const { workbench } = session();
      await workbench.runCommand('Recall: Filter Bots');
      await workbench.expectQuickInput('Filter bots');
      await workbench.answer('after:tomorrow');
      await workbench.expectQuickInput({ severity: 'error', message: /after:tomorrow/ });
      await workbench.answer('before:2000');
      await workbench.expectViewMessage('0 of 182 bots match “before:2000”');
      await workbench.clickViewAction('Clear Filter');
    });

    it('says who was in it, after asking once, and is found by that', async () => {
      const { workbench, simulator } = session();
      await filter('aquarium');
      const hover = await workbench.showHoverOf('Opening of the Aquárium');
      assert.match(await hover.innerText(), /\nWith Ana, Ben, and 2 others\n/);
      await workbench.page.keyboard.press('Escape');
      await hover.waitFor({ state: 'detached' });
      await filter('zoltan');
      await workbench.expectViewMessage('1 of 182 bots match “zoltan”');
      const asked = simulator.recordedRequests().filter(({ origin }) => origin === 'download');
      assert.equal(asked.length, 1);
    });

    it('is copied with its time and bot ID by the usual key', async () => {
      const { workbench } = session();
      await workbench.clickRow('Opening of the Aquárium');
      await workbench.pressInView('Control+C');
      await expectCopied(/^Opening of the Aquárium · \w+, \w+ \d+, \d{4}.* · [0-9a-f-]{36}$/);
      await workbench.clickViewAction('Clear Filter');
    });

    it('is shown when it was sent, although a filter leaves it out', async () => {
      const { workbench, copy } = session();
      await filter('aquarium');
      await workbench.expectNoTreeRow('Customer call');
      await copy('https://meet.google.com/kqz-mwvp-trb');
      await workbench.runCommand('Recall: Send Bot');
      await workbench.expectQuickInput({ message: /^Google Meet\./ });
      await workbench.acceptQuickInput();
      await workbench.clickNotificationButton(/on its way/, 'Show Bot');
      await workbench.expectTreeRow({ label: 'Google Meet', description: /kqz-mwvp-trb/, selected: true });
      await workbench.expectViewMessage('');
    });
  });

  describe('in a list to pick from', () => {
    before(() => startWith(40));

    it('shows title, day and people, and is found by words of them in any order', async () => {
      const { workbench } = session();
      await workbench.runCommand('Recall: Copy Bot ID');
      await workbench.expectQuickInput('Copy the ID of which bot?');
      await workbench.pasteInQuickInput('opening');
      await workbench.choose(/Search the whole account…/);
      await workbench.pasteInQuickInput('aquarium opening');
      await workbench.choose(/Opening of the Aquárium/);
      await workbench.expectNoQuickInput();
      await expectCopied(/^[0-9a-f-]{36}$/);
    });
  });

  describe('in an account that takes minutes to look through', () => {
    before(() => startWith(1_000));

    it('is looked for again after a page that failed, when that is wanted', async () => {
      const { workbench, simulator } = session();
      await workbench.expectTreeRow('Customer call');
      simulator.failNext({ status: 403, body: '<html>Blocked</html>', path: '/bot/', times: 'always' });
      await filter('aquarium');
      await workbench.expectViewMessage(/ · not all were looked at · Not updated since /);
      simulator.clearFaults();
      await workbench.clickRow('Look further…');
      await workbench.expectViewMessage(/ · looking further…/);
      await workbench.clickViewAction('Clear Filter');
      await workbench.expectNoViewAction('Stop Search');
    });

    it('can be given up, and gone on with', async () => {
      const { workbench } = session();
      await workbench.expectTreeRow(/./);
      await filter('aquarium');
      await workbench.expectViewMessage(/^0 of [\d,]+ bots match “aquarium” · looking further…$/);
      await workbench.clickViewAction('Stop Search');
      await workbench.expectViewMessage(/^0 of [\d,]+ bots match “aquarium” · not all were looked at$/);
      await workbench.clickRow('Look further…');
      await workbench.expectViewMessage(/looking further…$/);
      await workbench.clickViewAction('Clear Filter');
      await workbench.expectTreeRow('Load more…');
      await workbench.expectNoViewAction('Stop Search');
    });
  });

  /** A new account, and a window that has just been opened. The oldest bot is on the last page. */
  async function startWith(count: number): Promise<void> {
    const { workbench, simulator } = session();
    simulator.reset();
    simulator.addManyBots({ count, recordings: { [-1]: oldest } });
    addLiveBot('Customer call');
    await workbench.reload();
    await workbench.openSidebar('Recall');
  }

  function addLiveBot(name: string): void {
    const { simulator } = session();
    const startedAt = new Date(Date.parse(simulator.time()) - 60_000).toISOString();
    simulator.addBot({ name, startedAt, statusChanges: [{ code: 'joining_call' }] });
  }

  async function expectRowCount(count: number): Promise<void> {
    const { workbench } = session();
    await waitFor(
      `The ${count} rows`,
      async () => ((await workbench.treeRows()).length === count ? true : undefined),
      { describe: () => workbench.treeRows() },
    );
  }

  function filter(text: string): Promise<void> {
    return filterBots(session(), text);
  }

  /** Waits until the clipboard holds such a text. */
  async function expectCopied(wanted: RegExp): Promise<void> {
    const { page } = session().workbench;
    const copied = async (): Promise<string> => String(await page.evaluate('navigator.clipboard.readText()'));
    await waitFor(`The copied ${wanted}`, async () => (wanted.test(await copied()) ? true : undefined), {
      describe: copied,
    });
  }
});
