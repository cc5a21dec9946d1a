import type * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import type { CommandRunner } from '../commands/calling/command.ts';
import { errorSentence, showError } from '../commands/calling/showError.ts';
import { tellOfFollowedBots } from '../commands/downloading/recordingReady.ts';
import { meetingUrlInSight } from '../meetings/meetingUrlInSight.ts';
import { meetingLinkHover } from '../views/meetingLinkHover.ts';
import { meetingLinksInTerminal } from '../views/meetingLinksInTerminal.ts';
import { addAccount } from './account.ts';
import { AccountInUse } from './accountInUse.ts';
import type { AtStart } from './atStart.ts';
import { addBots } from './bots.ts';
import { addCommands } from './commands.ts';
import type { CommandsFeature } from './commands.ts';
import { addFollowing } from './following.ts';
import { addMedia } from './media.ts';
import { addPlayer } from './player.ts';
import { addView } from './view.ts';

// A test adds a kind of media before it starts the product.
export { mediaKinds } from '../media/kinds.ts';

/** All that the product can do, for those who come through a door. */
export interface Product extends Pick<CommandsFeature, 'openUri' | 'tools'> {
  readonly api: RecallApi;
  /** Throws when no command has this id. */
  readonly runnerOf: (commandId: string) => CommandRunner;
  /** Meeting links in editors and terminals. */
  readonly meetingLinks: {
    readonly inSight: typeof meetingUrlInSight;
    readonly hover: typeof meetingLinkHover;
    readonly inTerminal: typeof meetingLinksInTerminal;
  };
  /** Fills an editor that plays an MP3. */
  readonly resolvePlayer: (file: vscode.Uri, panel: vscode.WebviewPanel) => void;
  /** Shows what went wrong to the person, with the buttons that help. */
  readonly showFailure: (failure: unknown) => void;
  /** Hands the following of bots to the next window; resolves when that can take over. */
  readonly end: () => Promise<void>;
}

/** Makes the parts and hands them to each other. Does no network and waits for nothing. */
export function startProduct({ foundation, keys, treeDoor, botListeners }: AtStart): Product {
  const account = addAccount(foundation, keys);
  const bots = addBots(foundation, account);
  const media = addMedia(foundation, account, bots);
  const player = addPlayer(foundation, bots, media);
  const view = addView(foundation, treeDoor, account, bots, media);
  const following = addFollowing(foundation, account, bots, view);
  const accountInUse = new AccountInUse();
  const { parts, runners, exported, openUri, tools } = addCommands(foundation, botListeners, {
    ...{ account, bots, media, player, view, following },
    accountInUse: () => accountInUse.whenSwitched(),
  });
  const { owned } = foundation;
  for (const notice of tellOfFollowedBots(parts, following, media.expiryWarnings)) owned.add(notice);
  accountInUse.begin(foundation, { account, media, view, following, parts });
  return {
    ...{ api: exported, openUri, tools },
    runnerOf: (commandId) => {
      const runner = runners.get(commandId);
      if (!runner) throw new Error(`Nobody runs ${commandId}.`);
      return runner;
    },
    meetingLinks: {
      inSight: meetingUrlInSight,
      hover: meetingLinkHover,
      inTerminal: meetingLinksInTerminal,
    },
    resolvePlayer: (file, panel) => {
      player.resolve(file, panel);
    },
    showFailure: (failure) => {
      showError(failure, errorSentence(failure));
    },
    end: () => following.end(),
  };
}
