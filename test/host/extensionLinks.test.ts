import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { assertSameBytes, filesIn, openText, run, setSetting, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const start = 'vscode://meeting-audio.recall-meeting-audio';

/** A link as a web page writes it. */
function link(path: string, parameters: Record<string, string>): vscode.Uri {
  return vscode.Uri.parse(`${start}${path}?${new URLSearchParams(parameters).toString()}`);
}

inTrustedFolder('a link to the extension', () => {
  const recall = useRecall();
  const open = (uri: vscode.Uri): Promise<void> => recall.access.openUri(uri);

  it('sends a bot after a yes to a question that names the meeting without its passcode', async () => {
    recall.shown.answerNext('Send Bot');
    await open(link('/send', { url: meetingUrl }));

    const [question = ''] = recall.shown.all;
    assert.match(question, /^showWarningMessage: A link wants to send a bot to a meeting on Zoom\./);
    assert.match(question, /us05web\.zoom\.us\/j\/90000001234/);
    assert.match(question, /Meeting Notetaker/);
    assert.doesNotMatch(recall.shown.all.join('\n'), /Ab3xYz/);
    const sent = recall.simulator.requests.filter(({ method }) => method === 'POST');
    assert.deepEqual(
      sent.map(({ body }) => (JSON.parse(body) as { meeting_url: unknown }).meeting_url),
      [meetingUrl],
    );
    assert.equal(recall.simulator.botIds().length, 1);
  });

  it('sends to a link with several parameters as a whole', async () => {
    const url = 'https://zoom.us/w/90000000005?tk=tOkEn&pwd=q1w2';
    recall.shown.answerNext('Send Bot');
    await open(link('/send', { url }));
    const [sent] = recall.simulator.requests.filter(({ method }) => method === 'POST');
    assert.equal((JSON.parse(sent?.body ?? '{}') as { meeting_url?: unknown }).meeting_url, url);
  });

  it('downloads an MP3 after a yes to a question that names the bot', async () => {
    const { id, recordings } = recall.simulator.addBot({ name: 'Board [x](command:recall.removeApiKey)' });
    await run('recall.refreshBots', {});
    recall.shown.answerNext('Download MP3');
    await open(link('/download', { bot: id }));

    const [question = ''] = recall.shown.all;
    assert.match(question, /A link wants to download the MP3 of Board/);
    assert.ok(question.includes(id));
    assert.doesNotMatch(question, /\]\(command:/, 'the name of a bot became a link');
    const [file] = await filesIn(recall.workspaceFolder);
    const artifact = recordings[0]?.audio[0] ?? '';
    await assertSameBytes(`${recall.workspaceFolder}/${file ?? ''}`, recall.simulator.mediaBytes(artifact));
  });

  it('does nothing without a yes', async () => {
    const { id } = recall.simulator.addBot();
    await open(link('/send', { url: meetingUrl }));
    await open(link('/download', { bot: id }));

    assert.equal(recall.shown.all.length, 2, 'there were not two questions');
    assert.deepEqual(recall.simulator.requests, []);
    assert.deepEqual(await filesIn(recall.workspaceFolder), []);
  });

  const refused: readonly (readonly [name: string, uri: vscode.Uri])[] = [
    ['another path', link('/delete', { bot: 'e5f1b2ab-77a0-4c8e-9d41-6f3c2b1a0d9e' })],
    ['another parameter', link('/send', { meetingUrl })],
    ['more parameters', link('/download', { bot: 'b1', folder: '/etc' })],
    ['a place that is no meeting', link('/send', { url: 'https://evil.example/collect' })],
    ['nothing', vscode.Uri.parse(start)],
  ];
  for (const [name, uri] of refused) {
    it(`is refused in one sentence when it asks for ${name}`, async () => {
      recall.shown.answerNext('Send Bot');
      await open(uri);

      assert.equal(recall.shown.all.length, 1);
      assert.match(recall.shown.all[0] ?? '', /^showWarningMessage: This link [^|]*\.$/);
      assert.doesNotMatch(recall.shown.all[0] ?? '', /evil/);
      assert.deepEqual(recall.simulator.requests, []);
    });
  }

  it('tells a failure once, as a command does', async () => {
    recall.simulator.failNext({ method: 'POST', path: '/bot/$', status: 402, body: {} });
    recall.shown.answerNext('Send Bot');
    await open(link('/send', { url: 'https://meet.google.com/kqz-mwvp-trb' }));
    const errors = recall.shown.all.filter((text) => text.startsWith('showErrorMessage'));
    assert.equal(errors.length, 1, recall.shown.all.join('\n'));
    assert.match(errors[0] ?? '', /credit/);
  });
});

inTrustedFolder('a link to the extension without an API key', () => {
  const recall = useRecall({ withKey: false });

  it('can be refused without one', async () => {
    await recall.access.openUri(link('/send', { url: meetingUrl }));
    assert.equal(recall.shown.all.length, 1, recall.shown.all.join('\n'));
    assert.match(recall.shown.all[0] ?? '', /^showWarningMessage/);
  });

  it('asks for one after the yes', async () => {
    recall.shown.answerNext('Send Bot');
    await recall.access.openUri(link('/send', { url: meetingUrl }));
    assert.match(recall.shown.all[1] ?? '', /^createInputBox: .*API key/);
    assert.deepEqual(recall.simulator.requests, []);
  });
});

inTrustedFolder('a meeting link in the editor', () => {
  const recall = useRecall();

  async function show(text: string, position: vscode.Position, until_ = position): Promise<void> {
    const editor = await vscode.window.showTextDocument(await openText(recall, text));
    editor.selection = new vscode.Selection(position, until_);
  }

  async function suggestion(...args: unknown[]): Promise<string> {
    recall.shown.clear();
    assert.equal(await run('recall.sendBotToLink', ...args), undefined);
    assert.match(recall.shown.all[0] ?? '', /^createInputBox: Send a bot to a meeting/);
    assert.deepEqual(recall.simulator.requests, []);
    return /https:\S+/.exec(recall.shown.all[0] ?? '')?.[0] ?? '';
  }

  it('is what Send Bot to Meeting Link asks about', async () => {
    await vscode.env.clipboard.writeText('https://meet.google.com/abc-defg-hij');
    await show(`# Notes\n\nJoin ${meetingUrl} at 9\n`, new vscode.Position(2, 20));
    assert.equal(await suggestion(), meetingUrl);
  });

  it('is also found when the menu of the editor passes the document', async () => {
    await show(`Join ${meetingUrl}`, new vscode.Position(0, 20));
    assert.equal(await suggestion(vscode.window.activeTextEditor?.document.uri, {}), meetingUrl);
  });

  it('is the selected one among several', async () => {
    const other = 'https://meet.google.com/kqz-mwvp-trb';
    await show(`${meetingUrl}\n${other}\n`, new vscode.Position(1, 0), new vscode.Position(2, 0));
    assert.equal(await suggestion(), other);
  });

  it('leaves the input empty where there is none, whatever is on the clipboard', async () => {
    await vscode.env.clipboard.writeText(meetingUrl);
    await show('Nothing here', new vscode.Position(0, 3));
    assert.equal(await suggestion(), '');
  });

  it('is the passed one, which is asked about by whoever it was passed', async () => {
    const passed = 'https://meet.google.com/kqz-mwvp-trb';
    await show(`Join ${meetingUrl}`, new vscode.Position(0, 20));
    assert.equal(await suggestion({ meetingUrl: passed }), passed);
    assert.equal(await suggestion({ meetingUrl: `see ${passed} [x](command:x)` }), passed);
  });

  it('is not filled in when what was passed is no link', async () => {
    await show(`Join ${meetingUrl}`, new vscode.Position(0, 20));
    assert.equal(await suggestion({ meetingUrl: 'command:workbench.action.quit' }), '');
    assert.equal(await suggestion({ meetingUrl: 7 }), meetingUrl);
  });

  it('is sent to when the input is accepted', async () => {
    await setSetting('recall.botName', 'Minutes', 'workspace');
    await show(meetingUrl, new vscode.Position(0, 3));
    recall.shown.answerNext(meetingUrl);
    const id = await run('recall.sendBotToLink');
    assert.deepEqual(recall.simulator.botIds(), [id]);
  });
});

inTrustedFolder('Copy Meeting Link', () => {
  const recall = useRecall();

  it('puts the link of a Google Meet meeting on the clipboard', async () => {
    const { id } = recall.simulator.addBot({
      platform: 'google_meet',
      meetingUrl: { platform: 'google_meet', meeting_id: 'kqz-mwvp-trb' },
    });
    await run('recall.copyMeetingLink', id);
    assert.equal(await vscode.env.clipboard.readText(), 'https://meet.google.com/kqz-mwvp-trb');
  });

  it('says so when the whole link is not known, and leaves the clipboard alone', async () => {
    const { id } = recall.simulator.addBot({ platform: 'zoom' });
    await vscode.env.clipboard.writeText('before');
    const failure = await run('recall.copyMeetingLink', id).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof Error && 'code' in failure);
    assert.equal(failure.code, 'noMeetingLink');
    assert.match(failure.message, /Google Meet/);
    assert.equal(await vscode.env.clipboard.readText(), 'before');
  });
});
