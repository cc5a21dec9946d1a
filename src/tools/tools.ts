import type * as vscode from 'vscode';
import { downloadMp3Tool } from './downloadMp3.ts';
import { getBotTool } from './getBot.ts';
import { getTranscriptTool } from './getTranscript.ts';
import { listBotsTool } from './listBots.ts';
import { searchMeetingsTool } from './searchMeetings.ts';
import { sendBotTool } from './sendBot.ts';
import type { ToolParts } from './toolParts.ts';

/** The tools by the names that the manifest declares. */
export type Tools = Readonly<Record<string, vscode.LanguageModelTool<unknown>>>;

/** Makes the language model tools of the manifest. They can do what other extensions can, and no more. */
export function createTools(parts: ToolParts): Tools {
  const { api, defaultBotName, isTranscriptPaid, nameOf } = parts;
  return {
    recall_list_bots: listBotsTool(api),
    recall_get_bot: getBotTool(api),
    recall_send_bot: sendBotTool(api, { defaultBotName, isTranscriptPaid }),
    recall_download_mp3: downloadMp3Tool(api, nameOf),
    recall_get_transcript: getTranscriptTool(parts),
    recall_search_meetings: searchMeetingsTool(parts),
  };
}
