import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { answering, sentence } from './toolAnswer.ts';
import { confirmation, readInput } from './toolInput.ts';

const input = v.object({ botId: v.string() });

/**
 * The tool `recall_download_mp3`. Writes into the workspace, so it asks each time and names the bot.
 *
 * @param nameOf what the user knows the bot as
 */
export function downloadMp3Tool(
  api: Pick<RecallApi, 'downloadMp3'>,
  nameOf: (botId: string) => string,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input: given }) => {
      const { botId } = readInput(input, given);
      return {
        invocationMessage: vscode.l10n.t('Downloading an MP3'),
        confirmationMessages: confirmation(vscode.l10n.t('Download an MP3?'), [
          vscode.l10n.t('The MP3 of {0}', nameOf(botId)),
          vscode.l10n.t('It is saved in the workspace. Files that are there already stay as they are.'),
          vscode.l10n.t('Bot ID: {0}', botId),
        ]),
      };
    },
    invoke: (options, token) =>
      answering(token, async (signal) => {
        const { botId } = readInput(input, options.input);
        const files = await api.downloadMp3(botId, { signal });
        const paths = files.map(({ fsPath }) => fsPath);
        return sentence(`The MP3s of this bot are complete on disk: ${JSON.stringify(paths)}`);
      }),
  };
}
