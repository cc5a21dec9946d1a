import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { answering, botForModel, dataAnswer } from './toolAnswer.ts';
import { readInput } from './toolInput.ts';

const input = v.object({ botId: v.string() });

/** The tool `recall_get_bot`. Reads only. */
export function getBotTool(api: Pick<RecallApi, 'getBot'>): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Asking Recall for a bot') }),
    invoke: (options, token) =>
      answering(token, async () => {
        const { botId } = readInput(input, options.input);
        return dataAnswer('The bot as it is now.', botForModel(await api.getBot(botId)));
      }),
  };
}
