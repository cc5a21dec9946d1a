import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { assertSameBytes, download, run, setSetting, useRecall } from './recallUnderTest.ts';
import { inSeveralFolders } from './workspaceTrust.ts';

inSeveralFolders('a workspace of several folders', () => {
  const recall = useRecall();

  it('gets the MP3 of a script in its first folder, without a question', async () => {
    const { id } = recall.simulator.addBot();
    const [path = ''] = await download(id);
    assert.equal(dirname(path), join(folderNamed('first'), 'recordings'));
    assert.deepEqual(recall.shown.all, []);
  });

  it('lets a person pick the folder, and follows the settings of that folder', async () => {
    await setSetting('recall.downloadFolder', 'of the first');
    await setSecondFoldersDownloadFolder('of the second');
    try {
      const { id, recordings } = recall.simulator.addBot();
      recall.shown.answerNext(id);
      recall.shown.answerNext('second');
      const uris = await run('recall.downloadMp3');

      assert.match(
        recall.shown.all.join('\n'),
        /showQuickPick: .*\| first \|.*\| second \|.*in which folder\?/,
      );
      assert.ok(Array.isArray(uris) && uris[0] instanceof vscode.Uri);
      assert.equal(dirname(uris[0].fsPath), join(folderNamed('second'), 'of the second'));
      await assertSameBytes(uris[0].fsPath, recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? ''));
    } finally {
      await setSecondFoldersDownloadFolder(undefined);
    }
  });

  it('saves nothing when the person picks no folder', async () => {
    const { id } = recall.simulator.addBot();
    recall.shown.answerNext(id);
    assert.equal(await run('recall.downloadMp3'), undefined);
    assert.deepEqual(
      recall.simulator.requests.filter(({ origin }) => origin === 'media'),
      [],
    );
  });

  it('remembers the folder that was picked last, also for scripts', async () => {
    const { id } = recall.simulator.addBot();
    const [path = ''] = await download(id);
    assert.equal(dirname(path), join(folderNamed('second'), 'recordings'));
  });
});

function folderNamed(name: string): string {
  const folder = vscode.workspace.workspaceFolders?.find((found) => found.name === name);
  assert.ok(folder, `there is no folder ${name}`);
  return folder.uri.fsPath;
}

async function setSecondFoldersDownloadFolder(value: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('recall', vscode.Uri.file(folderNamed('second')))
    .update('downloadFolder', value, vscode.ConfigurationTarget.WorkspaceFolder);
}
