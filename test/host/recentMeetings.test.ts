import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RecentMeetings } from '../../src/host/recentMeetings.ts';
import { systemClock } from '../../src/network/clock.ts';
import { quietLog } from '../unit/bots/quietLog.ts';
import { run, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const zoom = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const meet = 'https://meet.google.com/kqz-mwvp-trb';
const secret = 'recall.recentMeetings';
const openList = { press: 'Recent meetings…' };

inTrustedFolder('the recent meetings', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await recall.access.secrets.delete(secret);
    await vscode.env.clipboard.writeText('nothing of interest');
  });
  after(async () => {
    await recall.access.secrets.delete(secret);
  });

  /** What the questions of Send Bot showed, each with its answer given before. */
  async function sendBot(...answers: Parameters<typeof recall.shown.answerNext>[0][]): Promise<string[]> {
    recall.shown.clear();
    for (const answer of answers) recall.shown.answerNext(answer);
    await run('recall.sendBot');
    return [...recall.shown.all];
  }

  async function sendAndRemember(url: string): Promise<void> {
    await sendBot(url, 'Send Another Bot');
    await until('the link is kept', async () =>
      ((await recall.access.secrets.get(secret)) ?? '').includes(url),
    );
  }

  function sentUrls(): unknown[] {
    return recall.simulator.requests
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/bot/'))
      .map(({ body }) => (JSON.parse(body) as { meeting_url: unknown }).meeting_url);
  }

  it('are not offered while there are none', async () => {
    const [question = ''] = await sendBot();
    assert.match(question, /^createInputBox: Send a bot to a meeting/);
    assert.doesNotMatch(question, /Recent meetings/);
  });

  it('are listed without passcodes, and a picked one is sent to with its passcode', async () => {
    await sendAndRemember(zoom);
    await sendAndRemember(meet);

    const shown = await sendBot(openList, 'Zoom 90000001234');
    const list = shown.find((text) => text.startsWith('createQuickPick')) ?? '';
    assert.match(list, /Google Meet kqz-mwvp-trb.*Zoom 90000001234.*Forget these links/);
    assert.doesNotMatch(list, /Ab3xYz/);
    assert.ok(shown.at(-1)?.startsWith('createInputBox') && shown.at(-1)?.includes(zoom), shown.join('\n'));
    assert.equal(sentUrls().length, 2, 'picking one has sent it');

    await sendBot(openList, 'Zoom 90000001234', zoom, 'Send Another Bot');
    assert.deepEqual(sentUrls(), [zoom, meet, zoom]);
  });

  it('leave the input as it was when the person goes back', async () => {
    await sendAndRemember(meet);
    await vscode.env.clipboard.writeText(zoom);
    const shown = await sendBot(openList, { press: 'Back' });
    assert.equal(shown.length, 3);
    assert.ok(shown[2]?.includes(zoom));
  });

  it('can be forgotten', async () => {
    await sendAndRemember(zoom);
    const shown = await sendBot(openList, '$(trash) Forget these links');
    assert.equal(await recall.access.secrets.get(secret), undefined);
    assert.doesNotMatch(shown.at(-1) ?? '', /Recent meetings/);
  });

  it('are not what scripts sent to, nor what Recall refused', async () => {
    await run('recall.sendBot', { meetingUrl: zoom });
    recall.simulator.failNext({ method: 'POST', path: '/bot/$', status: 402, body: {} });
    await sendBot(meet, 'Send Another Bot');
    await sendAndRemember('https://meet.google.com/abc-defg-hij');
    const kept = (await recall.access.secrets.get(secret)) ?? '';
    assert.ok(!kept.includes(zoom) && !kept.includes(meet), kept);
  });

  it('stay when the API key is removed, as they are not of the account', async () => {
    await sendAndRemember(meet);
    await run('recall.removeApiKey');
    assert.ok((await recall.access.secrets.get(secret))?.includes(meet));
  });
});

inTrustedFolder('recent meetings in a secret storage that fails', () => {
  const failing = (): Thenable<never> => Promise.reject(new Error(`cannot take ${zoom}`));
  const secrets = { get: failing, store: failing, delete: failing } as unknown as vscode.SecretStorage;

  it('are none, stop nothing, and are logged without a link', async () => {
    const log = quietLog();
    const recent = new RecentMeetings(secrets, systemClock, log);
    await recent.add(zoom);
    assert.deepEqual(await recent.list(), []);
    assert.equal(await recent.forget(), false);
    assert.equal(log.warnings.length, 3);
    assert.doesNotMatch(log.warnings.join('\n'), /zoom|Ab3xYz/);
  });

  it('are all kept when several are added at once', async () => {
    let stored: string | undefined;
    const memory = {
      get: () => Promise.resolve(stored),
      store: (_: string, text: string) => {
        stored = text;
        return Promise.resolve();
      },
    } as unknown as vscode.SecretStorage;
    const recent = new RecentMeetings(memory, systemClock, quietLog());
    await Promise.all([recent.add(zoom), recent.add(meet)]);
    assert.deepEqual((await recent.list()).map(({ url }) => url).toSorted(), [meet, zoom].toSorted());
  });
});
