import * as vscode from 'vscode';
import { anyBot, botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Remove Bot. Takes bots off the list in this VS Code; at Recall nothing changes. */
export function removeBot(parts: PickBotParts & Pick<Parts, 'records'>): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, anyBot(vscode.l10n.t('Remove which bot from the list?')));
    for (const botId of botIds ?? []) {
      parts.store.putRecord(await parts.records().change(botId, () => ({ hidden: true })));
    }
  };
}
