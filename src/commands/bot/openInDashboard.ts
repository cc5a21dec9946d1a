import * as vscode from 'vscode';
import { settings } from '../../host/settings.ts';
import { botPage } from '../../recall/regions.ts';
import { anyBot, botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Open in Dashboard. */
export function openInDashboard(parts: PickBotParts): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, anyBot(vscode.l10n.t('Open which bot in the dashboard?')));
    for (const botId of botIds ?? []) {
      await vscode.env.openExternal(vscode.Uri.parse(botPage(settings.region(), botId)));
    }
  };
}
