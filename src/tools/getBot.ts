import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { readingTool } from './readingTool.ts';
import { botForModel, dataAnswer } from './toolAnswer.ts';

const input = v.object({ botId: v.string() });

/** The tool `recall_get_bot`. Reads only. */
export function getBotTool(api: Pick<RecallApi, 'getBot'>): vscode.LanguageModelTool<unknown> {
  return readingTool(
    input,
    () => vscode.l10n.t('Asking Recall for a bot'),
    async ({ botId }) => dataAnswer('The bot as it is now.', botForModel(await api.getBot(botId))),
  );
}
