import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import {
  assertSameBytes,
  download,
  filesIn,
  run,
  setSetting,
  theExtension,
  useRecall,
} from './recallUnderTest.ts';
import { inRestrictedMode } from './workspaceTrust.ts';

const byWorkspace: [name: string, value: unknown][] = [
  ['recall.downloadFolder', 'public/uploads'],
  ['recall.fileName', 'index'],
  ['recall.botName', 'Free Prizes'],
  ['recall.whenRecordingIsReady', 'download'],
  ['recall.retentionHours', 1],
  ['recall.saveDetails', true],
];

inRestrictedMode('a folder that is not trusted', () => {
  const recall = useRecall();

  beforeEach(async () => {
    for (const [name, value] of byWorkspace) await setSetting(name, value, 'workspace');
    // One that every folder may set, to know that the folder's settings count at all.
    await setSetting('editor.tabSize', 7, 'workspace');
    assert.equal(vscode.workspace.getConfiguration('editor').get('tabSize'), 7);
    const file = await readFile(join(recall.workspaceFolder, '.vscode', 'settings.json'), 'utf8');
    for (const [name] of byWorkspace)
      assert.ok(file.includes(`"${name}"`), `the folder does not set ${name}`);
  });

  it('leaves VS Code in Restricted Mode, and the extension works', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.equal(theExtension().isActive, true);
  });

  it('has no say in any setting that it may have a say in when trusted', () => {
    const { contributes } = theExtension().packageJSON as {
      contributes: { configuration: { properties: Record<string, { scope?: string }> } };
    };
    const settable = Object.entries(contributes.configuration.properties)
      .filter(([, { scope }]) => scope !== 'application')
      .map(([name]) => name);
    assert.deepEqual(settable.toSorted(), byWorkspace.map(([name]) => name).toSorted());
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const configuration = vscode.workspace.getConfiguration(undefined, folder?.uri);
    for (const [name, value] of byWorkspace) assert.notEqual(configuration.get(name), value, name);
  });

  it('does not decide where an MP3 is saved and what it is called', async () => {
    const { id, recordings } = recall.simulator.addBot();
    const [path = ''] = await download(id);
    assert.equal(dirname(path), join(recall.workspaceFolder, 'recordings'));
    assert.match(path, /Notetaker 1/);
    await assertSameBytes(path, recall.simulator.mediaBytes(recordings[0]?.audio[0] ?? ''));
    assert.equal((await filesIn(recall.workspaceFolder)).length, 1);
  });

  it('does not decide under which name a bot joins, and how long its media are kept', async () => {
    await run('recall.sendBot', { meetingUrl: 'https://us05web.zoom.us/j/90000001234' });
    const { body } = await recall.simulator.waitForRequest(({ method }) => method === 'POST');
    const sent = JSON.parse(body) as Record<string, unknown>;
    assert.equal(sent.bot_name, 'Meeting Notetaker');
    assert.deepEqual(sent.recording_config, { audio_mixed_mp3: {} });
  });
});
