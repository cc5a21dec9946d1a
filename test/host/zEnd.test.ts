import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

/** Longer than the pause between two looks at a live bot, in ms. */
const LONGER_THAN_A_PAUSE_MS = 15_000;

// The last suite of all: after it the extension is gone from this window.
inTrustedFolder('the end of the extension', () => {
  const recall = useRecall();

  it('ends every timer, request and command: a live bot is not asked for any more', async () => {
    recall.simulator.addBot({ name: 'From elsewhere' });
    await run('recall.sendBot', { meetingUrl: 'https://meet.google.com/kqz-mwvp-trb' });
    recall.simulator.clearRequests();
    await until('the bot is looked at', () => recall.simulator.recordedRequests().length > 0);

    await recall.access.end();
    recall.simulator.clearRequests();
    // Nothing tells that nothing comes: all that can be done is to wait for longer than it took before.
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_PAUSE_MS));
    assert.deepEqual(recall.simulator.recordedRequests(), []);
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      commands.filter((command) => command.startsWith('recall.') && !command.startsWith('recall.bots.')),
      [],
    );
  });
});
