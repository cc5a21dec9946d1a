import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { meetingLinksInTerminal } from '../../src/views/meetingLinksInTerminal.ts';
import type { MeetingTerminalLink } from '../../src/views/meetingLinksInTerminal.ts';
import { openText, run, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

const meetingUrl = 'https://us05web.zoom.us/j/90000001234?pwd=Ab3xYz.1';
const meet = 'https://meet.google.com/kqz-mwvp-trb';

inTrustedFolder('the hover over a meeting link', () => {
  const recall = useRecall();

  /** The hovers of this extension at a place, which is marked by `^`. */
  async function hoversAt(marked: string, extension = 'txt'): Promise<vscode.Hover[]> {
    const before = marked.slice(0, marked.indexOf('^')).split('\n');
    const document = await openText(recall, marked.replace('^', ''), extension);
    const position = new vscode.Position(before.length - 1, (before.at(-1) ?? '').length);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers.filter(({ contents }) => textOf(contents).includes('recall.'));
  }

  function textOf(contents: vscode.Hover['contents']): string {
    return contents
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : JSON.stringify(content)))
      .join('\n');
  }

  it('names the platform and has one command, which may run alone', async () => {
    const [hover, ...others] = await hoversAt(
      `# Notes\n\nJoin ${meetingUrl.slice(0, 20)}^${meetingUrl.slice(20)}.`,
    );
    assert.deepEqual(others, []);
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.match(
      content.value,
      /^Meeting on Zoom\n\n\[Send Bot\]\(command:recall\.sendBotToLink\?[\w%.-]+\)$/,
    );
    assert.deepEqual(content.isTrusted, { enabledCommands: ['recall.sendBotToLink'] });
    assert.ok(content.supportHtml !== true && content.supportThemeIcons !== true);
    assert.deepEqual(hover?.range, new vscode.Range(2, 5, 2, 5 + meetingUrl.length));
  });

  it('asks about the link when its command is run, and sends nothing by itself', async () => {
    const [hover] = await hoversAt(`${meet} or ^${meetingUrl}`, 'md');
    const argument = /\?([^)]+)\)/.exec(textOf(hover?.contents ?? []))?.[1] ?? '';
    const args = JSON.parse(decodeURIComponent(argument)) as unknown[];
    assert.equal(await run('recall.sendBotToLink', ...args), undefined);
    assert.match(recall.shown.all.join('\n'), /^createInputBox: Send a bot to a meeting/);
    assert.ok(recall.shown.all[0]?.includes(meetingUrl));
    assert.deepEqual(recall.simulator.requests, []);
  });

  const without: readonly (readonly [name: string, text: string])[] = [
    ['beside it', `Jo^in ${meetingUrl}`],
    ['over another link', 'https://exam^ple.com/j/1'],
    ['over a look-alike', 'https://zoom.us.evil^.example/j/90000001234'],
    ['in data', `${'x'.repeat(5_000)}^${'x'.repeat(5_000)}${meetingUrl}`],
  ];
  for (const [name, text] of without) {
    it(`is not there ${name}`, async () => {
      assert.deepEqual(await hoversAt(text), []);
    });
  }

  it('brings nothing of the document into its text', async () => {
    const [hover] = await hoversAt(`[x](command:workbench.action.quit)${meet}^?a=[y](command:z)`);
    assert.match(textOf(hover?.contents ?? []), /^Meeting on Google Meet\n\n\[Send Bot\]\([^()[\]\s]+\)$/);
  });
});

inTrustedFolder('a meeting link in a terminal', () => {
  const recall = useRecall();
  const token = new vscode.CancellationTokenSource().token;

  async function linksIn(line: string): Promise<MeetingTerminalLink[]> {
    const terminal = {} as vscode.Terminal;
    return (await meetingLinksInTerminal.provideTerminalLinks({ line, terminal }, token)) ?? [];
  }

  it('is a link with the name of the platform', async () => {
    const links = await linksIn(`Join ${meetingUrl}, or ${meet}`);
    assert.deepEqual(
      links.map(({ startIndex, length, tooltip }) => [startIndex, length, tooltip]),
      [
        [5, meetingUrl.length, 'Meeting on Zoom'],
        [5 + meetingUrl.length + 5, meet.length, 'Meeting on Google Meet'],
      ],
    );
  });

  it('is none where the link is not one of a meeting that is known', async () => {
    assert.deepEqual(await linksIn('Local: http://localhost:5173/ and https://zoom.us.evil.example/j/1'), []);
  });

  it('is asked about, and nothing is done when that is dismissed', async () => {
    const picked = watchQuickPick(undefined);
    try {
      const [link] = await linksIn(meetingUrl);
      assert.ok(link);
      await meetingLinksInTerminal.handleTerminalLink(link);
      assert.deepEqual(picked.labels, ['Send Bot to Zoom…', 'Open in Browser']);
      assert.doesNotMatch(JSON.stringify(picked.options), /Ab3xYz/);
      assert.deepEqual(recall.shown.all, []);
    } finally {
      picked.stop();
    }
  });

  it('leads to the questions of Send Bot', async () => {
    const picked = watchQuickPick(0);
    try {
      const [link] = await linksIn(meetingUrl);
      assert.ok(link);
      await meetingLinksInTerminal.handleTerminalLink(link);
      assert.match(recall.shown.all[0] ?? '', /^createInputBox: Send a bot to a meeting/);
      assert.ok(recall.shown.all[0]?.includes(meetingUrl));
      assert.deepEqual(recall.simulator.requests, []);
    } finally {
      picked.stop();
    }
  });

  /** Answers the pickers of this bundle, which has a `vscode` of its own beside that of the extension. */
  function watchQuickPick(answer: number | undefined): {
    labels: string[];
    options: unknown;
    stop: () => void;
  } {
    const window = vscode.window as { showQuickPick: unknown };
    const original = window.showQuickPick;
    const seen: { labels: string[]; options: unknown; stop: () => void } = {
      labels: [],
      options: undefined,
      stop: () => {
        window.showQuickPick = original;
      },
    };
    window.showQuickPick = (items: readonly vscode.QuickPickItem[], options: unknown) => {
      seen.labels = items.map(({ label }) => label);
      seen.options = options;
      return Promise.resolve(answer === undefined ? undefined : items[answer]);
    };
    return seen;
  }
});
