import * as vscode from 'vscode';
import { botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Cancel Download. What was loaded is kept, and the next download goes on from there. */
export function cancelDownload(parts: PickBotParts & Pick<Parts, 'downloads'>): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, {
      title: vscode.l10n.t('Cancel the download of which bot?'),
      placeholder: vscode.l10n.t('Bots that are being downloaded'),
      offers: ({ bot }) => parts.downloads.progressOf(bot.id) !== undefined,
    });
    for (const botId of botIds ?? []) parts.downloads.cancel(botId);
  };
}
