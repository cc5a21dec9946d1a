import type * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { downloadMp3Tool } from './downloadMp3.ts';
import { getBotTool } from './getBot.ts';
import { listBotsTool } from './listBots.ts';
import { sendBotTool } from './sendBot.ts';

/** What the tools take from the rest of the product. */
export interface ToolParts {
  readonly api: RecallApi;
  readonly defaultBotName: () => string;
  /** What the user knows a bot as. */
  readonly nameOf: (botId: string) => string;
}

/** The tools by the names that the manifest declares. */
export type Tools = Readonly<Record<string, vscode.LanguageModelTool<unknown>>>;

/** Makes the language model tools of the manifest. They can do what other extensions can, and no more. */
export function createTools({ api, defaultBotName, nameOf }: ToolParts): Tools {
  return {
    recall_list_bots: listBotsTool(api),
    recall_get_bot: getBotTool(api),
    recall_send_bot: sendBotTool(api, defaultBotName),
    recall_download_mp3: downloadMp3Tool(api, nameOf),
  };
}
