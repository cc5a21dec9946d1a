import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  it('is there and starts', async () => {
    console.log(`VS Code ${vscode.version}, Node ${process.versions.node}`);
    const extension = vscode.extensions.getExtension('meeting-audio.recall-meeting-audio');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
