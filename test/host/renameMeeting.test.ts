import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { openPaths, playedPaths } from './openEditors.ts';
import { download, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

inTrustedFolder('recall.renameMeeting called by a script', () => {
  const recall = useRecall();
  const labelOf = async (botId: string): Promise<unknown> => {
    const { tree } = recall.access;
    const node = tree.getChildren().find((child) => 'botId' in child && child.botId === botId);
    assert.ok(node);
    return (await tree.getTreeItem(node)).label;
  };

  afterEach(() => {
    assert.deepEqual(recall.shown.all, [], 'a script was shown something');
  });

  it('gives a meeting a title here, and with an empty one its old title back', async () => {
    const { id } = recall.simulator.addBot({ recordings: [{ title: 'Plans' }] });
    await run('recall.refreshBots');
    assert.equal(await labelOf(id), 'Plans');

    assert.equal(await run('recall.renameMeeting', { botId: id, title: '  Plans\nfor 2026 ' }), undefined);
    assert.equal(await labelOf(id), 'Plans for 2026');
    const { title } = await recall.access.getBot(id);
    assert.equal(title, 'Plans for 2026');
    assert.ok(!recall.simulator.requests.some(({ method }) => method !== 'GET'), 'Recall was told of it');

    await run('recall.renameMeeting', { botId: id, title: '' });
    assert.equal(await labelOf(id), 'Plans');
  });

  it('names what is saved from then on, and leaves what is saved as it is', async () => {
    await setSetting('recall.fileName', '{title}');
    const { id } = recall.simulator.addBot({ recordings: [{ title: 'Plans' }] });
    const download = async (): Promise<string[]> =>
      ((await run('recall.downloadMp3', id)) as { fsPath: string }[]).map(({ fsPath }) => basename(fsPath));
    await run('recall.renameMeeting', { botId: id, title: 'Review' });
    assert.deepEqual(await download(), ['Review.mp3']);
    await run('recall.renameMeeting', { botId: id, title: 'Another' });
    assert.deepEqual(await download(), ['Review.mp3']);
  });

  for (const argument of ['no id', { botId: '../x', title: 't' }, { botId: 7, title: 't' }, { title: 't' }]) {
    it(`refuses ${JSON.stringify(argument)} as argument`, async () => {
      await assert.rejects(run('recall.renameMeeting', argument), { code: 'invalidArgument' });
    });
  }
});

inTrustedFolder('the files of a meeting that a person renames', () => {
  const recall = useRecall();

  it('stay open where they are open, the one that was in front too', async () => {
    await setSetting('recall.fileName', '{title}');
    const { id } = recall.simulator.addBot({
      recordingConfig: { audio_mixed_mp3: {}, transcript: { provider: { meeting_captions: {} } } },
      recordings: [{ title: 'Plans', transcripts: 1 }],
    });
    const [mp3 = ''] = await download(id);
    await run('recall.openInPlayer', id);
    const transcript = mp3.replace(/\.mp3$/, '.md');
    await vscode.window.showTextDocument(vscode.Uri.file(transcript), { preview: false });
    await until('both are open', () => playedPaths().includes(mp3) && openPaths().includes(transcript));

    await run('recall.refreshBots', {});
    const node = recall.access.tree.getChildren().find((child) => 'botId' in child && child.botId === id);
    recall.shown.answerNext('Review');
    recall.shown.answerNext('Rename Files');
    await run('recall.renameMeeting', node);

    const renamed = (path: string): string => path.replace('Plans', 'Review');
    await until(
      'both are open under their new names, and nothing else',
      () =>
        [...openPaths().toSorted(), ...playedPaths()].join() ===
        [renamed(transcript), renamed(mp3), renamed(mp3)].join(),
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, renamed(transcript));
  });
});
