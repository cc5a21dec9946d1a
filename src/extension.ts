import * as vscode from 'vscode';
import type { RecallApi } from './api.ts';
import type { Doors } from './features/doors.ts';
import { apiDoor, openDoors } from './features/doors.ts';
import { startWithKey } from './features/firstKey.ts';
import { layFoundation } from './features/foundation.ts';
import { addKeys } from './features/keys.ts';
import { LateProduct } from './features/lateProduct.ts';
import { BotListeners } from './host/botListeners.ts';
import { setDisplayLanguage } from './language/displayLanguage.ts';
import { TreeDoor } from './views/treeDoor.ts';

/** What tests inside VS Code get to see; nobody else does. */
export interface TestAccess extends RecallApi, Doors {
  readonly secrets: vscode.SecretStorage;
  readonly globalStorageUri: vscode.Uri;
  readonly logUri: vscode.Uri;
  readonly tree: TreeDoor;
  /** What happens when the window closes or the extension is disabled. */
  readonly end: () => Promise<void>;
}

// VS Code gives `deactivate` nothing to work with.
let endProduct: () => Promise<void> = () => Promise.resolve();

/** Called when the window closes. Hands the following of bots to the next window at once. */
export function deactivate(): Promise<void> {
  return endProduct();
}

/**
 * Opens the doors to the product, which is loaded when somebody comes through one of them, or at once where there is a
 * key to work with. Does no network and waits for nothing.
 *
 * @returns what other extensions may use
 */
export function activate(context: vscode.ExtensionContext): RecallApi | TestAccess {
  setDisplayLanguage({ tag: vscode.env.language, messages: vscode.l10n.bundle });
  const foundation = layFoundation(context);
  const { owned } = foundation;
  const keys = addKeys(foundation);
  const treeDoor = owned.add(new TreeDoor());
  const botListeners = owned.add(new BotListeners());
  const product = owned.add(new LateProduct({ foundation, keys, treeDoor, botListeners }));
  endProduct = () => product.end();
  const doors = openDoors(foundation, keys, product);
  startWithKey(foundation, keys, product);
  const api = apiDoor(product, botListeners);
  // Only VS Code itself sets this mode, when it was started to run tests of this extension.
  if (context.extensionMode !== vscode.ExtensionMode.Test) return api;
  const { secrets, globalStorageUri, logUri } = context;
  const end = async (): Promise<void> => {
    await deactivate();
    owned.dispose();
  };
  return { ...api, ...doors, secrets, globalStorageUri, logUri, tree: treeDoor, end };
}
