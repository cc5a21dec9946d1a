import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type * as extensionModule from '../../src/extension.ts';
import type { TestAccess } from '../../src/extension.ts';
import type * as productModule from '../../src/features/product.ts';
import type { MediaKind } from '../../src/media/kinds/kind.ts';
import { addKind, whiteboard } from '../unit/media/madeUpKind.ts';
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
    const { simulator } = recall;
    const putBack = without(inExtension('vscode') as object, 'lm');
    const again = begin(loadAnew(), vscode.ExtensionMode.Production);
    try {
      const bot = simulator.addBot();
      assert.equal(
        typeof (await run('recall.sendBot', { meetingUrl: 'https://meet.google.com/abc-defg-hij' })),
        'string',
      );
      const [path] = await download(bot.id);
      await assertSameBytes(path, simulator.mediaBytes(bot.recordings[0]?.audio[0] ?? ''));
    } finally {
      again.end();
      putBack();
    }
  });

  it('was not the end of it: with one more kind of media in its table it begins again, and saves, shows and opens it', async () => {
    const { simulator, workspaceFolder } = recall;
    const module = loadAnew();
    const takeOut = addKind(whiteboard, (inExtension('./product.cjs') as typeof productModule).mediaKinds);
    const again = begin(module, vscode.ExtensionMode.Test);
    try {
      const { tree } = again.exports as TestAccess;
      const bot = simulator.addBot({ recordings: [{ whiteboards: 1 }] });
      await run('recall.refreshBots');
      const contextOf = async (): Promise<string> => {
        const node = tree.getChildren().find((child) => 'botId' in child && child.botId === bot.id);
        assert.ok(node);
        return (await tree.getTreeItem(node)).contextValue ?? '';
      };
      assert.match(await contextOf(), /\bcanDownloadWhiteboard\b/);

      const uris = await run('recall.downloadWhiteboard', bot.id);
      assert.ok(Array.isArray(uris) && uris[0] instanceof vscode.Uri);
      const { fsPath } = uris[0];
      assert.match(fsPath, /\.board$/);
      assert.equal(dirname(fsPath), join(workspaceFolder, 'recordings'));
      await assertSameBytes(fsPath, simulator.mediaBytes(bot.recordings[0]?.whiteboards[0] ?? ''));
      assert.match(await contextOf(), /\bwhiteboardSaved\b/);

      await run('recall.openWhiteboard', bot.id);
      await until('it is open', () =>
        vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === basename(fsPath))),
      );
    } finally {
      again.end();
      takeOut();
    }
  });

  it('was not the end of it: without a key it begins again with its doors alone, until somebody comes through one', async () => {
    const asked: string[] = [];
    const nothing = { dispose: () => undefined };
    const secrets = {
      get: (name: string) => Promise.resolve(void asked.push(name)),
      onDidChange: () => nothing,
    };
    const again = begin(loadAnew(), vscode.ExtensionMode.Production, { secrets });
    try {
      await until('the key is looked up', () => asked.length > 0);
      assert.deepEqual(loadedFiles(), ['extension.cjs', 'shared.cjs']);
      await assert.rejects(run('recall.copyBotId', 'no bot'), /has to be the ID of a bot/);
      assert.deepEqual(loadedFiles(), ['extension.cjs', 'product.cjs', 'shared.cjs']);
    } finally {
      again.end();
    }
  });

  function main(): string {
    return vscode.Uri.joinPath(theExtension().extensionUri, 'dist', 'extension.cjs').fsPath;
  }

  /** Loads something as the extension does. */
  function inExtension(name: string): unknown {
    return createRequire(main())(name);
  }

  function loadAnew(): ExtensionModule {
    const load = createRequire(main());
    for (const name of loadedFiles()) Reflect.deleteProperty(load.cache, join(dirname(main()), name));
    return load(main()) as ExtensionModule;
  }

  /** Those of the extension's own that Node has loaded. */
  function loadedFiles(): string[] {
    const files = Object.keys(createRequire(main()).cache).filter(
      (file) => dirname(file) === dirname(main()),
    );
    return files.map((file) => basename(file)).toSorted();
  }

  /** Activates the extension as VS Code does. */
  function begin(
    { activate }: ExtensionModule,
    extensionMode: vscode.ExtensionMode,
    changed: Readonly<Record<string, unknown>> = {},
  ): { readonly exports: unknown; readonly end: () => void } {
    const subscriptions: vscode.Disposable[] = [];
    const { secrets, globalStorageUri } = recall.access;
    const exports = activate({
      ...{ subscriptions, extension: withCommandsOf(whiteboard), secrets, globalStorageUri, extensionMode },
      ...{ globalState: noMemory, workspaceState: noMemory, ...changed },
    } as unknown as vscode.ExtensionContext);
    return {
      exports,
      end: () => {
        for (const subscription of subscriptions) subscription.dispose();
      },
    };
  }
});

/** The extension with the commands of one more kind of media in its manifest. */
function withCommandsOf({ commands }: MediaKind): unknown {
  const extension = theExtension();
  const { contributes } = extension.packageJSON as {
    readonly contributes: { readonly commands: readonly unknown[] };
  };
  const further = Object.values(commands).map((command) => ({ command }));
  return {
    extensionKind: extension.extensionKind,
    extensionUri: extension.extensionUri,
    packageJSON: { contributes: { ...contributes, commands: [...contributes.commands, ...further] } },
  };
}

type ExtensionModule = Pick<typeof extensionModule, 'activate'>;

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
