import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { download, filesIn, run, setSetting, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

inTrustedFolder('the details of a recording', () => {
  const recall = useRecall();

  beforeEach(async () => {
    await setSetting('recall.fileName', '{name}');
  });

  it('are written beside the MP3 when the setting says so, also of one that was saved before', async () => {
    const bot = recall.simulator.addBot({ name: 'Planning', recordings: [{ title: 'Plans' }] });
    const [mp3 = ''] = await download(bot.id);
    assert.deepEqual(await filesIn(join(recall.workspaceFolder, 'recordings')), [basename(mp3)]);

    await setSetting('recall.saveDetails', true);
    assert.deepEqual(await download(bot.id), [mp3]);
    assert.deepEqual(await filesIn(join(recall.workspaceFolder, 'recordings')), [
      'Planning.json',
      'Planning.mp3',
    ]);
    assert.deepEqual(recall.shown.all, []);

    await run('recall.renameMeeting', { botId: bot.id, title: 'Kick-off' });
    assert.deepEqual(await download(bot.id), [mp3]);
  });

  it('have a form that VS Code knows', async () => {
    await setSetting('recall.saveDetails', true);
    const bot = recall.simulator.addBot({
      name: 'Planning',
      recordings: [{ participants: [{ name: 'Ana' }] }],
    });
    await download(bot.id);
    const folder = join(recall.workspaceFolder, 'recordings');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'other.json'), '{ "version": "one" }');
    const [wrong, right] = ['other.json', 'Planning.json'].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(wrong && right);
    await vscode.window.showTextDocument(right, { preview: false });
    await vscode.window.showTextDocument(wrong, { preview: false });
    await until('what is wrong is found', () => vscode.languages.getDiagnostics(wrong).length > 0);
    assert.deepEqual(vscode.languages.getDiagnostics(right), []);
  });
});
