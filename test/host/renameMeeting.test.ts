import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { run, setSetting, useRecall } from './recallUnderTest.ts';
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
