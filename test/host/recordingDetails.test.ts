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
    await writeFile(join(folder, 'wrong.json'), '{ "version": "one", "bot": {}, "mp3": {} }');
    await writeFile(join(folder, 'foreign.json'), '{ "version": "1.2.3" }');
    const uriOf = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));
    for (const name of ['Planning.json', 'foreign.json', 'wrong.json'])
      await vscode.window.showTextDocument(uriOf(name), { preview: false });
    const problemsIn = (name: string): readonly vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(uriOf(name));
    await until('what is wrong is found', () => problemsIn('wrong.json').length > 0);
    assert.deepEqual(problemsIn('Planning.json'), []);
    assert.deepEqual(problemsIn('foreign.json'), []);
  });
});
