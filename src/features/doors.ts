import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { tellKeyChangedElsewhere } from '../host/keyChangedElsewhere.ts';
import type { BotListeners } from '../host/botListeners.ts';
import { PLAYER } from '../host/names.ts';
import { windowFocus } from '../host/windowFocus.ts';
import { MAY_HOLD_MEETING_LINK } from '../meetings/mayHoldMeetingLink.ts';
import { MeetingLinkContext } from '../views/meetingLinkContext.ts';
import type { Tools } from '../tools/tools.ts';
import type { MeetingTerminalLink } from '../views/meetingLinksInTerminal.ts';
import type { Foundation } from './foundation.ts';
import type { KeysFeature } from './keys.ts';
import type { LateProduct } from './lateProduct.ts';
import { manifestOf } from './manifest.ts';
import type { Product } from './product.ts';

/** Doors that VS Code alone goes through. */
export interface Doors {
  /** What happens when somebody opens a link to this extension. */
  readonly openUri: (uri: vscode.Uri) => Promise<void>;
  /** By the names that the manifest declares. */
  readonly tools: Tools;
}

/** Registers with VS Code all through which people, scripts, links and language models come to the product. */
export function openDoors(foundation: Foundation, { account }: KeysFeature, product: LateProduct): Doors {
  const { context, owned, optional, log } = foundation;
  const { commands, languageModelTools } = manifestOf(context.extension);
  for (const id of commands) owned.add(commandDoor(id, product));
  const openUri = async (uri: vscode.Uri): Promise<void> => (await product.get()).openUri(uri);
  optional.add('links to extensions', () => vscode.window.registerUriHandler({ handleUri: openUri }));
  const tools = Object.fromEntries(languageModelTools.map((name) => [name, toolDoor(name, product)]));
  optional.add('language model tools', () =>
    Object.entries(tools).map(([name, tool]) => vscode.lm.registerTool(name, tool)),
  );
  openMeetingLinkDoors(foundation, product);
  openPlayerDoor(foundation, product);
  owned.add(
    tellKeyChangedElsewhere({
      ...{ account, attention: windowFocus, log },
      show: async (failure) => {
        (await product.get()).showFailure(failure);
      },
    }),
  );
  return { openUri, tools };
}

/** What other extensions get at once, although what it does is loaded later. */
export function apiDoor(product: LateProduct, botListeners: BotListeners): RecallApi {
  const api = async (): Promise<RecallApi> => (await product.get()).api;
  return Object.freeze({
    version: 1,
    sendBot: async (...args) => (await api()).sendBot(...args),
    listBots: async () => (await api()).listBots(),
    getBot: async (...args) => (await api()).getBot(...args),
    downloadMp3: async (...args) => (await api()).downloadMp3(...args),
    getTranscript: async (...args) => (await api()).getTranscript(...args),
    searchTranscripts: async (...args) => (await api()).searchTranscripts(...args),
    onDidChangeBots: botListeners.event,
  } satisfies RecallApi);
}

function commandDoor(id: string, product: LateProduct): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) =>
    (await product.get()).runnerOf(id)(...args),
  );
}

function toolDoor(name: string, product: LateProduct): vscode.LanguageModelTool<unknown> {
  const tool = async (): Promise<vscode.LanguageModelTool<unknown> | undefined> =>
    (await product.get()).tools[name];
  return {
    invoke: async (...args) => (await tool())?.invoke(...args),
    prepareInvocation: async (...args) => (await tool())?.prepareInvocation?.(...args),
  };
}

/** An MP3 is what VS Code opens in the player; what lies beside it is read when the page is there. */
function openPlayerDoor({ optional }: Foundation, product: LateProduct): void {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel, token) => {
      const { resolvePlayer } = await product.get();
      // Who closed it meanwhile needs nothing in it.
      if (!token.isCancellationRequested) resolvePlayer(uri, panel);
    },
  };
  optional.add('player', () =>
    vscode.window.registerCustomEditorProvider(PLAYER, provider, {
      supportsMultipleEditorsPerDocument: true,
      // Who reads something else goes on listening.
      webviewOptions: { retainContextWhenHidden: true },
    }),
  );
}

/** Texts without the domain of a platform need no product. */
function openMeetingLinkDoors({ optional, contextKeys, clock, log }: Foundation, product: LateProduct): void {
  optional.add(
    'text in sight',
    () =>
      new MeetingLinkContext({
        ...{ contextKeys, clock, log },
        hasMeetingLink: async (text) => (await product.get()).meetingLinks.inSight(text) !== undefined,
      }),
  );
  optional.add('hovers', () =>
    vscode.languages.registerHoverProvider('*', {
      provideHover: async (document, position) =>
        MAY_HOLD_MEETING_LINK.test(document.lineAt(position.line).text)
          ? (await product.get()).meetingLinks.hover(document, position)
          : undefined,
    }),
  );
  const inTerminal = async (): Promise<Product['meetingLinks']['inTerminal']> =>
    (await product.get()).meetingLinks.inTerminal;
  const provider: vscode.TerminalLinkProvider<MeetingTerminalLink> = {
    provideTerminalLinks: async (context, token) =>
      MAY_HOLD_MEETING_LINK.test(context.line)
        ? (await inTerminal()).provideTerminalLinks(context, token)
        : [],
    handleTerminalLink: async (link) => (await inTerminal()).handleTerminalLink(link),
  };
  optional.add('links in terminals', () => vscode.window.registerTerminalLinkProvider(provider));
}
