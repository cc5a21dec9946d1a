import * as vscode from 'vscode';
import { anyBot, botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Copy Bot ID. With several selected, one id a line. */
export function copyBotId(parts: PickBotParts): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, anyBot(vscode.l10n.t('Copy the ID of which bot?')));
    if (!botIds) return;
    await vscode.env.clipboard.writeText(botIds.join('\n'));
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Bot ID copied'), 3000);
  };
}
