import assert from 'node:assert/strict';
import {
  deletedMediaBot,
  fatalBot,
  mediaExpiredBot,
  neverAdmittedBot,
  processingBot,
  scheduledBot,
  type BotSpec,
} from '../simulator/readyBots.ts';
import type { AddedBot } from '../simulator/controls.ts';
import { hasStatus } from './mainJob.ts';
import { filterBots, signIn, useSession } from './useSession.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const pageSize = 40;

describe('The tree of bots', () => {
  const session = useSession({ simulator: { timeScale: 0, botPageSize: pageSize } });

  before(async () => {
    await signIn(session());
  });

  describe('with bots of every kind', () => {
    let bots: ReadonlyMap<string, AddedBot>;

    // Each test below is about bots of its own; the first is about all of them as they are at the beginning.
    before(async () => {
      bots = await startWith(botsOfEveryKind());
      await session().workbench.expectTreeRow('Kick-off');
    });

    it('puts live bots first, then scheduled ones, then the newest, each with words and an icon', async () => {
      const wanted = [
        ['Customer call', 'Waiting to be admitted', 'bell-dot', 'Leave Call'],
        ['Board meeting', 'Recording', 'record', 'Leave Call'],
        ['Stand-up', 'Scheduled', 'calendar', 'Cancel Scheduled Bot'],
        ['Demo', 'Making the MP3', 'gear', 'Download MP3'],
        ['Hiring', 'No such meeting', 'error', ''],
        ['Supplier call', 'Never let in', 'circle-slash', ''],
        ['Retrospective', 'MP3 ready', 'pass', 'Download MP3'],
        ['Old sync', 'Deleted', 'circle-slash', ''],
        ['Kick-off', 'Media expired', 'history', ''],
      ] as const;
      await session().workbench.expectTreeRows(
        wanted.map(([label, status, icon, action]) => ({
          label,
          description: hasStatus(status),
          icon,
          actions: action === '' ? [] : [action],
          ariaLabel: (spoken) =>
            spoken.startsWith(`${label}, `) && spoken.includes(status) && !/·|\$\(/.test(spoken),
        })),
      );
    });

    it('offers in the context menu what can be done with a bot in its state', async () => {
      const { workbench } = session();
      await workbench.clickRowAction('Retrospective', 'Download MP3');
      await workbench.expectTreeRow({ label: 'Retrospective', description: hasStatus('Saved') });

      const everywhere = [
        'Open in Dashboard',
        'Rename Meeting…',
        'Remove Bot',
        'Copy Title, Time and Bot ID',
        'Copy Bot ID',
      ];
      const menus: Record<string, string[]> = {
        'Board meeting': ['Download MP3', 'Leave Call', ...everywhere],
        'Stand-up': ['Cancel Scheduled Bot', 'Copy Meeting Link', ...everywhere],
        Demo: ['Download MP3', 'Transcribe…', 'Delete Media', ...everywhere],
        Retrospective: [
          ...[
            'Open MP3',
            'Reveal MP3',
            'Download MP3',
            'Open with Transcript',
            'Transcribe…',
            'Delete Media',
          ],
          ...everywhere,
        ],
        'Supplier call': everywhere,
        'Kick-off': everywhere,
        'Old sync': everywhere,
      };
      for (const [label, wanted] of Object.entries(menus)) {
        const items = await workbench.contextMenu(label);
        await workbench.closeContextMenu();
        assert.deepEqual(items.filter((item) => item !== '').sort(), [...wanted].sort(), label);
      }
    });

    it('asks before a bot leaves its call', async () => {
      await askedFirst({
        bot: 'Board meeting',
        action: 'Leave Call',
        question: /^Make Board meeting leave the call\?/,
        request: /\/leave_call\/$/,
      });
      await session().workbench.expectTreeRow({
        label: 'Board meeting',
        description: hasStatus('Told to leave'),
      });
    });

    it('asks before it cancels a scheduled bot', async () => {
      const { workbench } = session();
      await askedFirst({
        bot: 'Stand-up',
        action: 'Cancel Scheduled Bot',
        question: /^Cancel Stand-up\?/,
        request: new RegExp(`^DELETE .*/bot/${idOf('Stand-up')}/$`),
      });
      await workbench.expectNoTreeRow('Stand-up');
    });

    it('asks before it deletes media', async () => {
      await askedFirst({
        bot: 'Demo',
        action: 'Delete Media',
        question: /^Delete all media of Demo at Recall for good\? There is no complete copy/,
        request: /\/delete_media\/$/,
      });
      await session().workbench.expectTreeRow({ label: 'Demo', description: hasStatus('Deleted') });
    });

    it('tells of live bots at its icon and in the status bar as long as there are some', async () => {
      const { workbench, simulator } = session();
      await workbench.expectBadge('Recall', '2');
      await workbench.expectStatusBarItem('recall.live', {
        text: '2',
        icons: ['bell-dot'],
        ariaLabel: /^2 live bots, 1 waiting to be admitted/,
      });

      simulator.addStatusChange(idOf('Customer call'), { code: 'in_call_recording' });
      simulator.addStatusChange(idOf('Board meeting'), { code: 'done' });
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectTreeRow({ label: 'Customer call', description: hasStatus('Recording') });
      await workbench.expectBadge('Recall', '1');
      await workbench.expectStatusBarItem('recall.live', { text: '1', icons: ['record'] });

      simulator.addStatusChange(idOf('Customer call'), { code: 'done' });
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectNoStatusBarItem('recall.live');
      await workbench.expectBadge('Recall', '');
    });

    /** Chooses an action twice: nothing happens on Cancel, and it is done when it is confirmed. */
    async function askedFirst(what: {
      bot: string;
      action: string;
      question: RegExp;
      request: RegExp;
    }): Promise<void> {
      const { workbench, simulator } = session();
      for (const [button, times] of [
        ['Cancel', 0],
        [what.action, 1],
      ] as const) {
        await workbench.contextMenu(what.bot);
        await workbench.clickContextMenuItem(what.action);
        await workbench.expectDialog(what.question);
        await workbench.clickDialogButton(button);
        if (times > 0) await simulator.waitForRequest((request) => what.request.test(lineOf(request)));
        const asked = simulator.recordedRequests().filter((request) => what.request.test(lineOf(request)));
        assert.equal(asked.length, times);
      }
    }

    function idOf(name: string): string {
      return bots.get(name)?.id ?? '';
    }
  });

  describe('with more bots than fit', () => {
    it('keeps the selection and its place when bots change, and when more are loaded', async () => {
      const { workbench, simulator } = session();
      const names = Array.from({ length: 60 }, (_, index) => `Meeting ${String(index + 1).padStart(2, '0')}`);
      const bots = await startWith(names.map((name) => ({ name })));
      await workbench.expectTreeRow('Meeting 01');
      await workbench.runCommand('Recall: Show Bots as a List');
      await workbench.expectNoTreeRow('Yesterday');
      await workbench.scrollDownTo('Load more…');
      const [first] = await workbench.treeRows();
      assert.notEqual(first?.label, 'Meeting 01');
      await workbench.clickRow('Meeting 30');
      await workbench.expectTreeRow({ label: 'Meeting 30', selected: true });

      simulator.addStatusChange(bots.get('Meeting 31')?.id ?? '', { code: 'media_expired' });
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectTreeRow({ label: 'Meeting 31', description: hasStatus('Media expired') });
      assert.deepEqual(
        (await workbench.treeRows()).filter(({ selected }) => selected).map(({ label }) => label),
        ['Meeting 30'],
      );
      assert.equal((await workbench.treeRows())[0]?.label, first?.label);

      await workbench.clickRow('Load more…');
      await workbench.expectTreeRow('Meeting 41');
      assert.equal((await workbench.treeRows())[0]?.label, first?.label);
      await workbench.scrollDownTo('Meeting 60');
      await workbench.expectNoTreeRow('Load more…');
    });
  });

  describe('without bots, key or connection', () => {
    it('says that there are no bots yet, and offers to send one', async () => {
      await startWith([]);
      await session().workbench.expectWelcome({ text: says(/^No bots yet\./), buttons: ['Send Bot'] });
    });

    it('says that the key was refused, and offers another key or region', async () => {
      const { workbench, simulator } = session();
      await startWith([{ name: 'Planning' }], () => {
        simulator.acceptOnlyKeys([]);
      });
      await workbench.expectWelcome({
        text: says(/did not accept the API key/),
        buttons: ['Set API Key', 'Select Region'],
      });
      await workbench.expectNoTreeRows();
    });

    it('says that Recall cannot be reached, and comes back by Try Again', async () => {
      const current = session();
      const { workbench } = current;
      await current.simulator.close();
      await workbench.reload();
      await workbench.openSidebar('Recall');
      await workbench.expectWelcome({
        text: says(/^Recall cannot be reached\./),
        buttons: ['Try Again', 'Test Connection'],
      });

      await current.restartSimulator();
      current.simulator.addBot({ name: 'Planning' });
      await workbench.clickWelcomeButton('Try Again');
      await workbench.expectTreeRow('Planning');
    });

    it('says that the answer was an error when one came, and comes back by Try Again', async () => {
      const { workbench, simulator } = session();
      await startWith([{ name: 'Planning' }], () => {
        simulator.failNext({ status: 403, body: '<html>Blocked</html>', times: 'always' });
      });
      await workbench.expectWelcome({
        text: says(/^The bots could not be listed: .* answered with an error\./),
        buttons: ['Try Again'],
      });

      await startWith([{ name: 'Planning' }]);
      await workbench.expectTreeRow('Planning');
    });

    it('keeps showing bots while Recall cannot be reached, and since when', async () => {
      const current = session();
      const { workbench } = current;
      await startWith([{ name: 'Planning' }]);
      await workbench.expectTreeRow('Planning');
      await workbench.expectViewMessage('');

      await current.simulator.close();
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectViewMessage(/^Offline, last updated \d?\d:\d\d/);
      await workbench.expectTreeRow('Planning');

      await current.restartSimulator();
      current.simulator.addBot({ name: 'Planning' });
      await workbench.clickViewAction('Refresh Bots');
      await workbench.expectViewMessage('');
    });

    it('says by what the bots are filtered', async () => {
      const { workbench } = session();
      await startWith([{ name: 'Planning' }, { name: 'Retrospective' }]);
      await workbench.expectTreeRow('Planning');
      const filter = (text: string): Promise<void> => filterBots(session(), text);
      await filter('plan');
      await workbench.expectViewMessage('1 of 2 bots match “plan”');
      await workbench.expectNoTreeRow('Retrospective');

      await filter('nothing like it');
      await workbench.expectViewMessage('0 of 2 bots match “nothing like it”');
      await workbench.expectNoTreeRows();

      await workbench.runCommand('Recall: Clear Filter');
      await workbench.expectTreeRow('Retrospective');
      await workbench.expectViewMessage('');
    });

    it('begins with what it is for, how to set a key, and where keys come from', async () => {
      const { workbench } = session();
      await workbench.runCommand('Recall: Remove API Key');
      await workbench.expectWelcome({
        text: says(/Send a bot to a meeting and get its recording as an MP3\./),
        buttons: ['Set API Key'],
        links: ['us-west-2', 'us-east-1', 'eu-central-1', 'ap-northeast-1'],
      });
    });
  });

  /** A new simulator with these bots, and a window that has just been opened. */
  async function startWith(
    specs: readonly BotSpec[],
    prepare: () => void = () => undefined,
  ): Promise<ReadonlyMap<string, AddedBot>> {
    const { workbench, simulator } = session();
    simulator.reset();
    const bots = new Map(specs.map((spec) => [spec.name ?? '', simulator.addBot(spec)]));
    prepare();
    await workbench.reload();
    await workbench.openSidebar('Recall');
    return bots;
  }

  function botsOfEveryKind(): BotSpec[] {
    const now = Date.parse(session().simulator.time());
    const before = (ms: number): { startedAt: string } => ({ startedAt: new Date(now - ms).toISOString() });
    const joining = [{ code: 'joining_call' }, { code: 'in_waiting_room' }];
    const recording = [...joining, { code: 'in_call_not_recording' }, { code: 'in_call_recording' }];
    return [
      { name: 'Retrospective', ...before(2 * dayMs) },
      mediaExpiredBot({ name: 'Kick-off', ...before(20 * dayMs) }),
      deletedMediaBot({ name: 'Old sync', ...before(5 * dayMs) }),
      neverAdmittedBot({ name: 'Supplier call', ...before(4 * hourMs) }),
      { name: 'Board meeting', statusChanges: recording, ...before(10 * minuteMs) },
      scheduledBot(new Date(now + hourMs).toISOString(), {
        name: 'Stand-up',
        platform: 'google_meet',
      }),
      fatalBot('meeting_not_found', { name: 'Hiring', ...before(3 * hourMs) }),
      { name: 'Customer call', statusChanges: joining, ...before(minuteMs) },
      processingBot({ name: 'Demo', ...before(2.5 * hourMs) }),
    ];
  }
});

/** For the paragraphs of a welcome: whether they say this together. */
function says(wanted: RegExp): (paragraphs: readonly string[]) => boolean {
  return (paragraphs) => wanted.test(paragraphs.join(' '));
}

function lineOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}
