import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { BotSpec } from '../simulator/readyBots.ts';
import { botWithRecordings, processingBot } from '../simulator/readyBots.ts';
import { download, filesIn, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

type Tree = ReturnType<typeof useRecall>['access']['tree'];
type Node = ReturnType<Tree['getChildren']>[number];

inTrustedFolder('the recordings in the tree', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{name}');
  });

  it('stand below a bot that has several, and nowhere else', async () => {
    const one = await listed({ name: 'One' });
    const two = await listed(botWithRecordings({ recordings: 2 }, { name: 'Two' }));
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;

    assert.equal((await itemOf(nodeOf(one))).collapsibleState, None);
    assert.deepEqual(childrenOf(one), []);
    assert.equal((await itemOf(nodeOf(two))).collapsibleState, Collapsed);
    const items = await Promise.all(childrenOf(two).map(itemOf));
    assert.deepEqual(
      items.map(({ label, description }) => [label, String(description).split(' · ')[0]]),
      [
        ['Recording 1', 'MP3 ready'],
        ['Recording 2', 'MP3 ready'],
      ],
    );
    for (const child of childrenOf(two)) {
      assert.equal(recall.access.tree.getParent(child), nodeOf(two));
      assert.deepEqual(recall.access.tree.getChildren(child), []);
    }
  });

  it('keep their ids, and every line has something to say aloud', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const ids = async (): Promise<unknown[]> =>
      Promise.all(childrenOf(id).map(async (child) => (await itemOf(child)).id));
    const before = await ids();
    assert.equal(new Set(before).size, 2);
    await download(id);
    assert.deepEqual(await ids(), before);
    for (const node of [...recall.access.tree.getChildren(), ...childrenOf(id)]) {
      assert.match((await itemOf(node)).accessibilityInformation?.label ?? '', /\w+, \w+/);
    }
  });

  it('show the parts of a recording as soon as they are known', async () => {
    const id = await listed(botWithRecordings({ parts: 2 }));
    assert.deepEqual(childrenOf(id), []);
    await download(id);
    assert.deepEqual(await labelsOf(id), ['Recording 1, part 1: Saved', 'Recording 1, part 2: Saved']);
  });

  it('are drawn anew when their bot changes, without the rest of the tree', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    await listed({ name: 'Other' });
    const bot = nodeOf(id);
    const drawn: unknown[] = [];
    const listening = recall.access.tree.onDidChangeTreeData((nodes) => drawn.push(nodes));
    await download(id);
    listening.dispose();
    assert.ok(drawn.length > 0);
    for (const nodes of drawn) assert.deepEqual(nodes, [bot]);
  });

  it('leave their bot unsaved until all of them are here', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const [, second] = await download(id);
    const bot = async (): Promise<vscode.TreeItem> => itemOf(nodeOf(id));
    assert.match(String((await bot()).description), /^Saved · 2 recordings, \d+:\d\d · /);

    await rm(second ?? '');
    assert.match(String((await bot()).description), /^1 of 2 saved · /);
    assert.match((await bot()).contextValue ?? '', /\bnextDownload\b/);
    assert.match((await bot()).contextValue ?? '', /\bsaved\b/);
    assert.deepEqual(await labelsOf(id), ['Recording 1: Saved', 'Recording 2: MP3 ready']);
  });

  it('open and reveal their own file', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const [first, second] = await download(id);
    const [firstNode, secondNode] = childrenOf(id);

    await click(secondNode);
    await until('the second MP3 is open', () => openFile() === second);
    await run('recall.openMp3', firstNode, [firstNode]);
    await until('the first MP3 is open', () => openFile() === first);
    await run('recall.revealMp3', secondNode);
    assert.deepEqual(recall.shown.all, []);
  });

  it('open all at once when several lines are selected, each to stay', async () => {
    const two = await listed(botWithRecordings({ recordings: 2 }, { name: 'Two' }));
    const one = await listed({ name: 'One' });
    const [, second] = await download(two);
    const [single] = await download(one);
    const [, secondNode] = childrenOf(two);
    await run('recall.openMp3', secondNode, [secondNode, nodeOf(one)]);
    await until('both are open', () => openFiles().join() === [second, single].join());
    assert.deepEqual(recall.shown.all, []);
  });

  it('say so when their own file is not here, though another is', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const [, second] = await download(id);
    await rm(second ?? '');
    await run('recall.openMp3', childrenOf(id)[1]);
    assert.match(recall.shown.all.join('\n'), /showWarningMessage: The MP3 .* is not on this computer\./);
  });

  it('stand for their bot in commands that are about bots', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const [first, second] = childrenOf(id);
    await run('recall.copyBotId', first, [first, second, nodeOf(id)]);
    assert.equal(await vscode.env.clipboard.readText(), id);
  });

  it('are downloaded alone, unless their bot is selected, too', async () => {
    await setSetting('recall.fileName', '{id}');
    const bot = await listed(botWithRecordings({ recordings: 2 }));
    const [, second] = childrenOf(bot);
    const files = [1, 2].map((number) => `${bot.slice(0, 8)} recording ${number}.mp3`);
    await run('recall.downloadMp3', second);
    assert.deepEqual(await filesIn(join(recall.workspaceFolder, 'recordings')), files.slice(1));
    await run('recall.downloadMp3', second, [second, nodeOf(bot)]);
    assert.deepEqual(await filesIn(join(recall.workspaceFolder, 'recordings')), files);
  });

  it('without an MP3 are offered as video alone, and no other recording of their bot', async () => {
    await setSetting('recall.fileName', '{id}');
    const failed = { audio: [{ status: 'failed' }], video: true } as const;
    const bot = await listed({ recordings: [failed, failed] });
    recall.shown.answerNext('Download Video');
    await run('recall.downloadMp3', childrenOf(bot)[1]);
    await until('a video is saved', () =>
      recall.shown.all.some((text) => /Saved .*(\.mp4|videos)/.test(text)),
    );
    const files = await filesIn(join(recall.workspaceFolder, 'recordings'));
    assert.deepEqual(files, [`${bot.slice(0, 8)} recording 2.mp4`]);
  });

  it('of a bot that fails are told of, though the download of another was cancelled', async () => {
    const slow = await listed(processingBot());
    const failed = await listed({ name: 'Broken', recordings: [{ audio: [{ status: 'failed' }] }] });
    const both = run('recall.downloadMp3', nodeOf(slow), [nodeOf(slow), nodeOf(failed)]);
    await until('the MP3 is waited for', async () =>
      String((await itemOf(nodeOf(slow))).description).startsWith('Waiting for the MP3'),
    );
    await run('recall.cancelDownload', nodeOf(slow));
    await both;
    assert.match(
      recall.shown.all.join('\n'),
      /showWarningMessage: This failed for Broken\. Recall could not make the MP3/,
    );
  });

  it('of many bots that fail are told of by name, the first three of them', async () => {
    const names = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve'];
    const nodes: Node[] = [];
    for (const name of names)
      nodes.push(nodeOf(await listed({ name, recordings: [{ audio: [{ status: 'failed' }] }] })));
    await run('recall.downloadMp3', nodes[0], nodes);
    const told = recall.shown.all.filter((text) => text.startsWith('showWarningMessage'));
    assert.equal(told.length, 1);
    assert.match(
      told[0] ?? '',
      /: This failed for Ana, Ben, Cleo, and 2 more\. Recall could not make the MP3/,
    );
  });

  it('ask before media is deleted of which only a part is here', async () => {
    const id = await listed(botWithRecordings({ recordings: 2 }));
    const [, second] = await download(id);
    await rm(second ?? '');
    await run('recall.deleteMedia', nodeOf(id));
    assert.match(recall.shown.all.join('\n'), /There is no complete copy on this computer\./);
  });

  it('are seen to be deleted, though those of another bot could not be', async () => {
    const kept = await listed({ name: 'Kept' });
    const gone = await listed({ name: 'Gone' });
    recall.simulator.failNext({ status: 400, path: `/bot/${kept}/delete_media/`, times: 'always' });
    recall.shown.answerNext('Delete Media');
    await run('recall.deleteMedia', nodeOf(kept), [nodeOf(kept), nodeOf(gone)]);
    const errors = recall.shown.all.filter((text) => text.startsWith('showErrorMessage'));
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /: This failed for Kept\. /);
    const ready = async (id: string): Promise<boolean> =>
      String((await itemOf(nodeOf(id))).description).startsWith('MP3 ready');
    await until('the deletion is seen', async () => !(await ready(gone)));
    assert.equal(await ready(kept), true);
  });

  it('can be dragged out as files, each once', async () => {
    await setSetting('recall.fileName', '{name} #1 ä%');
    const two = await listed(botWithRecordings({ recordings: 2 }, { name: 'Two' }));
    const one = await listed({ name: 'One' });
    const [first, second] = await download(two);
    const [single] = await download(one);
    const [, secondNode] = childrenOf(two);

    assert.deepEqual(await dragged(secondNode), [second]);
    assert.deepEqual(await dragged(nodeOf(two)), [first, second]);
    assert.deepEqual(await dragged(secondNode, nodeOf(one), nodeOf(two)), [second, single, first]);
    assert.match(basename(second ?? ''), /#1 ä%/);

    await rm(second ?? '');
    assert.deepEqual(await dragged(nodeOf(two)), [first]);
    assert.equal(await uriList(secondNode), undefined);
  });

  it('can be dragged only: nothing is dropped into the tree', () => {
    const { dragMimeTypes, dropMimeTypes } = recall.access.tree;
    assert.deepEqual([dragMimeTypes, dropMimeTypes], [['text/uri-list'], []]);
  });

  /** A bot that is in the tree. */
  async function listed(spec: BotSpec): Promise<string> {
    const { id } = recall.simulator.addBot(spec);
    await run('recall.refreshBots', {});
    return id;
  }

  function nodeOf(botId: string): Node {
    const node = recall.access.tree.getChildren().find((one) => 'botId' in one && one.botId === botId);
    assert.ok(node, 'the bot is not in the tree');
    return node;
  }

  function childrenOf(botId: string): Node[] {
    return recall.access.tree.getChildren(nodeOf(botId));
  }

  function itemOf(node: Node | undefined): Promise<vscode.TreeItem> {
    assert.ok(node, 'there is no such line');
    return recall.access.tree.getTreeItem(node);
  }

  /** As VS Code does: it selects the line and runs its command. */
  async function click(node: Node | undefined): Promise<void> {
    assert.ok(node);
    const { view } = recall.access.tree;
    await view.reveal(node, { select: true });
    await until('the line is selected', () => {
      const [selected, ...more] = view.selection;
      return more.length === 0 && selected !== undefined && idOf(selected) === idOf(node);
    });
    const { command } = await itemOf(node);
    assert.ok(command);
    assert.equal(command.arguments, undefined, 'a line that is drawn anew forgets what it passes');
    await run(command.command);
  }

  function idOf(node: Node): string | undefined {
    return 'id' in node ? node.id : undefined;
  }

  async function labelsOf(botId: string): Promise<string[]> {
    const items = await Promise.all(childrenOf(botId).map(itemOf));
    return items.map(({ label, description }) => {
      assert.ok(typeof label === 'string');
      return `${label}: ${String(description).split(' · ')[0] ?? ''}`;
    });
  }

  async function uriList(...nodes: (Node | undefined)[]): Promise<string | undefined> {
    const transfer = new vscode.DataTransfer();
    await recall.access.tree.handleDrag(
      nodes.filter((node) => node !== undefined),
      transfer,
    );
    return transfer.get('text/uri-list')?.asString();
  }

  /** The paths of what is dragged with these lines. */
  async function dragged(...nodes: (Node | undefined)[]): Promise<string[]> {
    const list = (await uriList(...nodes)) ?? '';
    assert.match(list, /^[\x21-\x7e\r\n]*$/, 'not encoded');
    return list.split('\r\n').map((uri) => vscode.Uri.parse(uri, true).fsPath);
  }

  function openFile(): string | undefined {
    return fileIn(vscode.window.tabGroups.activeTabGroup.activeTab);
  }

  function openFiles(): (string | undefined)[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(fileIn);
  }

  function fileIn(tab: vscode.Tab | undefined): string | undefined {
    const input = tab?.input;
    return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
      ? input.uri.fsPath
      : undefined;
  }
});
