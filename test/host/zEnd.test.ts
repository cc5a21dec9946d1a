import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type * as extensionModule from '../../src/extension.ts';
import { assertSameBytes, download, run, theExtension, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

/** Longer than the pause between two looks at a live bot, in ms. */
const LONGER_THAN_A_PAUSE_MS = 15_000;

// The last suite of all: after its first test the extension is gone from this window.
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

  it('was not the end of it: in an editor that leaves parts of the API out it begins again, and does the main job', async () => {
    const { simulator, access } = recall;
    const extension = theExtension();
    const main = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'extension.cjs').fsPath;
    const load = createRequire(main);
    const putBack = without(load('vscode') as object, 'lm');
    const subscriptions: vscode.Disposable[] = [];
    try {
      Reflect.deleteProperty(load.cache, main);
      const { activate } = load(main) as Pick<typeof extensionModule, 'activate'>;
      activate({
        ...{ subscriptions, extension, secrets: access.secrets, globalStorageUri: access.globalStorageUri },
        ...{
          extensionMode: vscode.ExtensionMode.Production,
          globalState: noMemory,
          workspaceState: noMemory,
        },
      } as unknown as vscode.ExtensionContext);
      const bot = simulator.addBot();
      assert.equal(
        typeof (await run('recall.sendBot', { meetingUrl: 'https://meet.google.com/abc-defg-hij' })),
        'string',
      );
      const [path] = await download(bot.id);
      await assertSameBytes(path, simulator.mediaBytes(bot.recordings[0]?.audio[0] ?? ''));
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
      putBack();
    }
  });
});

const noMemory = { get: () => undefined, update: () => Promise.resolve(), keys: () => [] };

/** Takes a part of VS Code's API away. @returns a function that puts it back */
function without(api: object, name: string): () => void {
  const before = Object.getOwnPropertyDescriptor(api, name);
  assert.ok(before, `VS Code has no ${name}`);
  Object.defineProperty(api, name, { value: undefined, configurable: true, writable: true });
  return () => {
    Object.defineProperty(api, name, before);
  };
}
