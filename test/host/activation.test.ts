import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { failureOf, theExtension, until, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

inTrustedFolder('the extension in VS Code', () => {
  const recall = useRecall({ withKey: false });

  it('is there and starts', () => {
    console.log(`VS Code ${vscode.version}, Node ${process.versions.node}`);
    assert.equal(theExtension().isActive, true);
  });

  it('registers the commands of the manifest and no others', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code makes some of its own for each view.
      (command) => command.startsWith('recall.') && !command.startsWith('recall.bots.'),
    );
    const declared = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.toSorted(), declared.toSorted());
  });

  it('offers each command in the palette, in a menu or as a line of the tree', () => {
    const { commands, menus } = manifest().contributes;
    const { commandPalette = [], ...otherMenus } = menus;
    const inMenus = Object.values(otherMenus)
      .flat()
      .map(({ command }) => command);
    const outOfPalette = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const hidden = commands
      .map(({ command }) => command)
      .filter((command) => outOfPalette.includes(command) && !inMenus.includes(command));
    // A click on a line of the tree runs them.
    assert.deepEqual(hidden, ['recall.openLine', 'recall.loadMoreBots']);
  });

  it('asks Recall nothing as long as there is no key, even with its view open', async () => {
    await vscode.commands.executeCommand('recall.bots.focus');
    const { code, message } = await failureOf('recall.downloadMp3', 'e5f1b2ab-77a0-4c8e-9d41-6f3c2b1a0d9e');
    await vscode.commands.executeCommand('workbench.view.explorer');

    assert.equal(code, 'noKey');
    assert.match(message, /Recall: Set API Key/);
    assert.deepEqual(recall.simulator.requests, []);
    assert.deepEqual(recall.shown.all, []);
  });

  it('loads the bots into its open view as soon as a key is stored', async () => {
    const { simulator, access } = recall;
    const { id } = simulator.addBot();
    await vscode.commands.executeCommand('recall.bots.focus');

    await access.secrets.store(`recall.apiKey:${simulator.apiOrigin}`, 'another-key');
    await simulator.waitForRequest(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/bot/'));
    await until('the bot can be picked', () => isOffered(id));
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  async function isOffered(botId: string): Promise<boolean> {
    recall.shown.clear();
    await vscode.commands.executeCommand('recall.copyBotId');
    return recall.shown.all.some((text) => text.includes(botId));
  }
});

function manifest(): Manifest {
  return theExtension().packageJSON as Manifest;
}
