import assert from 'node:assert/strict';
import type { QuickInput } from './pageContent.ts';
import { waitFor } from './waiting.ts';
import { signIn, useSession } from './useSession.ts';

const meetUrl = 'https://meet.google.com/kqz-mwvp-trb';
const zoomUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const inputTitle = 'Send a bot to a meeting';

describe('Send Bot', () => {
  const session = useSession({ simulator: { timeScale: 0 } });

  before(async () => {
    await signIn(session());
  });

  beforeEach(async () => {
    const { workbench, simulator, copy } = session();
    simulator.clearRequests();
    await copy('nothing of interest');
    await workbench.clearNotifications();
  });

  it('takes the link out of an invitation on the clipboard, so that Enter is enough', async () => {
    const { workbench, simulator, copy } = session();
    await copy(`Weekly sync\nToday at 10\nVideo call link: ${meetUrl}\nMore: https://example.org/agenda`);

    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({
      title: inputTitle,
      value: meetUrl,
      message: /^Google Meet\. The bot joins as "Meeting Notetaker"/,
    });
    await workbench.acceptQuickInput();

    await workbench.expectNotification({
      severity: 'info',
      text: 'Meeting Notetaker is on its way to Google Meet.',
      buttons: ['Show Bot'],
    });
    const [sent] = sentBots();
    assert.equal(sent?.meeting_url, meetUrl);
    assert.deepEqual((sent.recording_config as Record<string, unknown>).audio_mixed_mp3, {});
    // The time comes with the record of the bot, a moment after the bot.
    await workbench.expectTreeRow({
      label: 'Google Meet',
      description: /^Starting · .* · kqz-mwvp-trb$/,
      ariaLabel: /^Google Meet kqz-mwvp-trb, Starting, /,
      selected: false,
    });
    await workbench.clickNotificationButton(/on its way/, 'Show Bot');
    await workbench.expectTreeRow({ label: 'Google Meet', selected: true });
    assert.equal(simulator.botIds().length, 1);
  });

  it('takes the title out of an invitation that names its subject, and lets it be changed', async () => {
    const { workbench, copy } = session();
    const link = 'https://us05web.zoom.us/j/90000004321?pwd=Ab3xYz.1';
    const invitation = `Ana is inviting you to a scheduled Zoom meeting.\n\nTopic: Plans for 2026\nTime: Mar 2\n\n${link}`;
    await copy('nothing of interest');
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({ title: inputTitle, value: '' });
    // Pasted, the invitation has no lines any more; the clipboard still has them.
    const paste = async (text: string): Promise<void> => {
      await copy(text);
      await workbench.pasteInQuickInput(text.replaceAll('\n', ' '));
    };
    await paste(invitation.replace('Plans', '[Plans](command:recall.showLog)'));
    await workbench.expectQuickInput({ message: /Title: \[Plans\] \(command:recall\.showLog\) for 2026\.$/ });
    await paste(invitation);
    await workbench.expectQuickInput({ message: /^Zoom\. The bot joins as .* Title: Plans for 2026\.$/ });

    await workbench.clickQuickInputButton('Give the meeting a title…');
    await workbench.expectQuickInput({
      title: 'Send a bot to a meeting: what it is called',
      value: 'Plans for 2026',
    });
    await workbench.answer('Plans for 2027');
    await workbench.expectQuickInput({
      title: inputTitle,
      message: /^Zoom\. The bot joins as .* Title: Plans for 2027\.$/,
    });
    await workbench.acceptQuickInput();

    await workbench.expectNotification('Meeting Notetaker is on its way to “Plans for 2027” (Zoom).');
    const [sent] = sentBots();
    assert.equal(sent?.meeting_url, link);
    assert.equal((sent.metadata as Record<string, unknown>).meeting_title, 'Plans for 2027');
    await workbench.expectTreeRow({
      label: 'Plans for 2027',
      description: /^Starting · .* · Zoom$/,
      ariaLabel: /^Plans for 2027, Zoom, Starting, /,
    });
  });

  it('asks before it sends a second bot into the same meeting', async () => {
    const { workbench, copy } = session();
    await copy(meetUrl);

    for (const [answer, sent] of [
      ['Cancel', 0],
      ['Send Another Bot', 1],
    ] as const) {
      await workbench.runCommand('Recall: Send Bot');
      await workbench.expectQuickInput(inputTitle);
      await workbench.acceptQuickInput();
      await workbench.expectDialog({
        message: 'A bot is already in this meeting or on its way to it.',
        buttons: (buttons) => buttons.toSorted().join() === 'Cancel,Send Another Bot',
      });
      await workbench.clickDialogButton(answer);
      if (sent > 0) await workbench.expectNotification(/on its way/);
      assert.equal(sentBots().length, sent);
    }
  });

  it('names the platform while a link is typed, and says what may not work', async () => {
    const { workbench } = session();
    const cases: readonly (readonly [string, QuickInput['severity'], RegExp])[] = [
      [zoomUrl, 'info', /^Zoom\. The bot joins as "Meeting Notetaker"/],
      ['https://us05web.zoom.us/j/90000001234', 'warning', /^Zoom[.:] .*passcode/],
      ['https://teams.microsoft.com/meet/2000000001234?p=aBcDeF', 'info', /^Microsoft Teams\. /],
      ['meet.google.com/kqz-mwvp-trb', 'info', /^Google Meet\. /],
      ['https://acme.webex.com/acme/j.php?MTID=m0123456789', 'warning', /^Webex[.:] .*may not make an MP3/],
      ['https://app.slack.com/huddle/T0123456/C0123456', 'warning', /^Slack huddle[.:] /],
      [safeLink(meetUrl), 'info', /^Google Meet\. /],
      ['https://example.org/room/7', 'warning', /^example\.org is not known here/],
      ['900 0000 1234', 'error', /^This looks like a meeting number/],
      ['', undefined, /The bot joins as "Meeting Notetaker", visible to everybody/],
    ];

    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({ title: inputTitle, value: '' });
    for (const [typed, severity, message] of cases) {
      await workbench.typeInQuickInput(typed);
      await workbench.expectQuickInput({ value: typed, severity, message });
    }
    await workbench.cancelQuickInput();
    await workbench.expectNoQuickInput();
    assert.deepEqual(sentBots(), []);
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('refuses what is no link, says why, and leaves the input open for a better one', async () => {
    const { workbench } = session();
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(inputTitle);

    await workbench.answer('tomorrow at ten');
    await workbench.expectQuickInput({
      value: 'tomorrow at ten',
      severity: 'error',
      message: /^There is no meeting link in this text/,
    });

    await workbench.answer(zoomUrl);
    await workbench.expectNotification('Meeting Notetaker is on its way to Zoom.');
    assert.deepEqual(
      sentBots().map(({ meeting_url: url }) => url),
      [zoomUrl],
    );
  });

  it('warns of a link that it does not know, and sends it all the same', async () => {
    const { workbench } = session();
    const odd = 'https://zoom.us/j/900000055/lobby';
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(inputTitle);

    await workbench.pasteInQuickInput(odd);
    await workbench.expectQuickInput({
      value: odd,
      severity: 'warning',
      message: /^This is a link to Zoom, but not to a meeting/,
    });
    await workbench.acceptQuickInput();

    await workbench.expectNotification('Meeting Notetaker is on its way to zoom.us.');
    assert.deepEqual(
      sentBots().map(({ meeting_url: url }) => url),
      [odd],
    );
  });

  it('keeps what was typed while the time and the name are asked for', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(inputTitle);
    await workbench.typeInQuickInput('https://meet.google.com/hij-klmn');

    await workbench.clickQuickInputButton('Send at another time…');
    await workbench.expectQuickInput({
      title: 'Send a bot to a meeting: when it joins',
      buttons: ([first]) => first?.startsWith('Back') === true,
    });
    await workbench.answer('in 2 hours');
    await workbench.expectQuickInput(inputTitle);

    await workbench.clickQuickInputButton('Send at another time…');
    await workbench.expectQuickInput('Send a bot to a meeting: when it joins');
    await workbench.typeInQuickInput('in 3 h');
    await workbench.goBackInQuickInput();
    await workbench.expectQuickInput(inputTitle);

    await workbench.clickQuickInputButton('Use another bot name…');
    await workbench.expectQuickInput('Send a bot to a meeting: under which name');
    await workbench.answer('Minutes');
    await workbench.expectQuickInput(inputTitle);
    await workbench.clickQuickInputButton('Use another bot name…');
    await workbench.expectQuickInput('Send a bot to a meeting: under which name');
    await workbench.typeInQuickInput('Nobody');
    await workbench.cancelQuickInput();
    await workbench.expectQuickInput({ title: inputTitle, value: 'https://meet.google.com/hij-klmn' });

    // The next keys go on with the link. Where the focus goes meanwhile does not matter.
    await workbench.page.keyboard.type('-o');
    await workbench.page.locator('.part.statusbar').click({ position: { x: 400, y: 8 } });
    await workbench.expectQuickInput({ title: inputTitle, value: 'https://meet.google.com/hij-klmn-o' });
    await workbench.page.locator('.quick-input-widget .quick-input-box input').press('End');
    await workbench.page.keyboard.type('pq');
    await workbench.expectQuickInput({
      value: 'https://meet.google.com/hij-klmn-opq',
      message: /^Google Meet\. The bot joins as "Minutes" on /,
    });
    const now = Date.parse(simulator.time());
    await workbench.acceptQuickInput();

    await workbench.expectNotification(/^Minutes will join Google Meet \(/);
    const [sent] = sentBots();
    assert.equal(sent?.meeting_url, 'https://meet.google.com/hij-klmn-opq');
    const aheadMinutes = (Date.parse(String(sent.join_at)) - now) / 60_000;
    assert.ok(aheadMinutes > 110 && aheadMinutes < 125, String(sent.join_at));
  });

  it('offers the meetings that bots were sent to last, also after a reload', async () => {
    const { workbench, copy } = session();
    await workbench.clearNotifications();
    await copy(zoomUrl);
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({ message: /^Zoom\./ });
    await acceptAndSend();
    await workbench.expectNotification(/is on its way to Zoom\.$/);
    session().simulator.clearRequests();
    await copy('nothing of interest');
    await openRecentMeetings();
    await workbench.cancelQuickInput();
    await workbench.expectQuickInput(inputTitle);
    await workbench.cancelQuickInput();
    await workbench.reload();
    await workbench.openSidebar('Recall');

    await openRecentMeetings();
    await workbench.choose('Zoom 90000001234');
    await workbench.expectQuickInput({
      title: inputTitle,
      value: zoomUrl,
      message: /^Zoom\. The bot joins as/,
    });
    await acceptAndSend();
    await workbench.expectNotification(/is on its way to Zoom\.$/);
    assert.deepEqual(
      sentBots().map(({ meeting_url: url }) => url),
      [zoomUrl],
    );
  });

  it('forgets those meetings when it is told to', async () => {
    const { workbench } = session();
    await openRecentMeetings();
    await workbench.choose('Forget these links');

    await workbench.expectQuickInput({
      title: inputTitle,
      buttons: ['Send at another time…', 'Use another bot name…', 'Give the meeting a title…'],
    });
    await workbench.cancelQuickInput();
    await workbench.expectNoQuickInput();
  });

  it('warns when Recall does not agree to make an MP3', async () => {
    const { workbench, simulator, copy } = session();
    simulator.apiFault({ kind: 'echoWithoutMp3', method: 'POST' });
    await copy('https://meet.google.com/abc-defg-hij');

    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(inputTitle);
    await workbench.acceptQuickInput();

    await workbench.expectNotification({ severity: 'warning', text: /Recall did not agree to make an MP3/ });
  });

  it('counts down to the next try while no bot is free, until it is cancelled', async () => {
    const { workbench, simulator, copy } = session();
    simulator.outOfBots(1);
    await copy('https://meet.google.com/xyz-abcd-efg');
    const waiting =
      /^Sending a bot to Google Meet: No bot is free right now\. Trying again in 0:\d\d \(1 of \d+\)$/;

    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput(inputTitle);
    await workbench.acceptQuickInput();
    await workbench.expectNotification(waiting);
    const [first] = (await workbench.notificationsSoFar()).filter((text) => waiting.test(text));
    await workbench.expectNotification({ text: (text) => waiting.test(text) && text !== first });
    await workbench.clickNotificationButton(waiting, 'Cancel');
    await workbench.expectNoNotification(/^Sending/);

    assert.equal(sentBots().length, 1);
    assert.deepEqual(await workbench.notifications(), []);
    assert.equal(await workbench.dialog(), undefined);
  });

  /** A bot of an earlier test may still be in the meeting: then that is asked about first. */
  async function acceptAndSend(): Promise<void> {
    const { workbench } = session();
    const before = sentBots().length;
    await workbench.acceptQuickInput();
    const next = await waitFor('The question or the bot', async () => {
      if (await workbench.dialog()) return 'question';
      return sentBots().length > before ? 'bot' : undefined;
    });
    if (next === 'question') await workbench.clickDialogButton('Send Another Bot');
  }

  async function openRecentMeetings(): Promise<void> {
    const { workbench } = session();
    await workbench.runCommand('Recall: Send Bot');
    await workbench.expectQuickInput({
      title: inputTitle,
      value: '',
      buttons: ([first]) => first === 'Recent meetings…',
    });
    await workbench.clickQuickInputButton('Recent meetings…');
    await workbench.expectQuickInput({
      title: 'Send a bot to a meeting: recent meetings',
      buttons: ([first]) => first?.startsWith('Back') === true,
      items: (items) =>
        items[0]?.label === 'Zoom 90000001234' &&
        /\d/.test(items[0].description) &&
        items.at(-1)?.label === 'Forget these links' &&
        !JSON.stringify(items).includes('Ab3xYz'),
    });
  }

  function sentBots(): Record<string, unknown>[] {
    return session()
      .simulator.recordedRequests()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/bot/'))
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }
});

/** What Outlook makes of a link. */
function safeLink(url: string): string {
  return `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05`;
}
