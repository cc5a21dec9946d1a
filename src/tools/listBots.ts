import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { readingTool } from './readingTool.ts';
import { botForModel, dataAnswer } from './toolAnswer.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const input = v.object({
  state: v.optional(v.picklist(['scheduled', 'live', 'over'])),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT)), DEFAULT_LIMIT),
});

/** The tool `recall_list_bots`. Reads only. */
export function listBotsTool(api: Pick<RecallApi, 'listBots'>): vscode.LanguageModelTool<unknown> {
  return readingTool(
    input,
    () => vscode.l10n.t('Asking Recall for bots'),
    async ({ state, limit }) => {
      const bots = (await api.listBots()).filter((bot) => state === undefined || bot.state === state);
      const shown = bots.slice(0, limit);
      return dataAnswer(
        bots.length === 0 ? 'There are no such bots.' : `${shown.length} of ${bots.length} bots.`,
        shown.map(botForModel),
      );
    },
  );
}
