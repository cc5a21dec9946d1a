import * as vscode from 'vscode';
import type { RecallApi } from './api.ts';
import { tellOfFollowedBots } from './commands/media/recordingReady.ts';
import { addAccount } from './features/account.ts';
import { AccountInUse } from './features/accountInUse.ts';
import { addBots } from './features/bots.ts';
import { addCommands } from './features/commands.ts';
import { addFollowing } from './features/following.ts';
import { layFoundation } from './features/foundation.ts';
import { addMedia } from './features/media.ts';
import { addView } from './features/view.ts';
import { setDisplayLanguage } from './language/displayLanguage.ts';
import type { Tools } from './tools/registerTools.ts';
import type { BotsTree } from './views/botsTree.ts';

// VS Code takes no notice of it: a test adds a kind of media before it activates the extension.
export { mediaKinds } from './media/kinds.ts';

/** What tests inside VS Code get to see; nobody else does. */
export interface TestAccess extends RecallApi {
  readonly secrets: vscode.SecretStorage;
  readonly globalStorageUri: vscode.Uri;
  readonly logUri: vscode.Uri;
  /** What happens when somebody opens a link to this extension. */
  readonly openUri: (uri: vscode.Uri) => Promise<void>;
  readonly tools: Tools;
  readonly tree: BotsTree;
  /** What happens when the window closes or the extension is disabled. */
  readonly end: () => Promise<void>;
}

// VS Code gives `deactivate` nothing to work with.
let endFollowing: () => Promise<void> = () => Promise.resolve();

/** Called when the window closes. Hands the following of bots to the next window at once. */
export function deactivate(): Promise<void> {
  return endFollowing();
}

/**
 * Makes the parts and hands them to each other. Does no network and waits for nothing.
 *
 * @returns what other extensions may use
 */
export function activate(context: vscode.ExtensionContext): RecallApi | TestAccess {
  setDisplayLanguage({ tag: vscode.env.language, messages: vscode.l10n.bundle });
  const foundation = layFoundation(context);
  const account = addAccount(foundation);
  const bots = addBots(foundation, account);
  const media = addMedia(foundation, account, bots);
  const view = addView(foundation, account, bots, media);
  const following = addFollowing(foundation, account, bots, view);
  endFollowing = () => following.end();
  const accountInUse = new AccountInUse();
  const { parts, exported, openUri, tools } = addCommands(foundation, {
    ...{ account, bots, media, view, following },
    accountInUse: () => accountInUse.whenSwitched(),
  });
  const { owned } = foundation;
  for (const notice of tellOfFollowedBots(parts, following, media.expiryWarnings)) owned.add(notice);
  accountInUse.begin(foundation, { account, media, view, following, parts });
  // Only VS Code itself sets this mode, when it was started to run tests of this extension.
  if (context.extensionMode !== vscode.ExtensionMode.Test) return exported;
  const { secrets, globalStorageUri, logUri } = context;
  const end = async (): Promise<void> => {
    await deactivate();
    owned.dispose();
  };
  const { tree } = view;
  return { ...exported, secrets, globalStorageUri, logUri, openUri, tools, tree, end };
}
