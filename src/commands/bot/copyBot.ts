import * as vscode from 'vscode';
import { botLabel } from '../../bots/meetingTitle.ts';
import { dayInFull } from '../../descriptions/botDays.ts';
import { settings } from '../../host/settings.ts';
import { anyBot, botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Copy Title, Time and Bot ID. With several selected, one bot a line. */
export function copyBot(parts: PickBotParts): CommandHandler {
  return async (caller) => {
    // By its key, with nothing selected that could be copied.
    if (caller.kind === 'person' && caller.isKey && caller.nodes.length === 0) return;
    const botIds = await botTargets(caller, parts, anyBot(vscode.l10n.t('Copy which bot?')));
    if (!botIds) return;
    await vscode.env.clipboard.writeText(botIds.map((botId) => lineOf(parts, botId)).join('\n'));
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Title, time and bot ID copied'), 3000);
  };
}

function lineOf({ store }: Pick<PickBotParts, 'store'>, botId: string): string {
  const known = store.get(botId);
  // A bot whose ID was pasted may be in no list that was loaded.
  if (!known) return botId;
  return [botLabel(known, settings.botName()), dayInFull(known), botId]
    .filter((part) => part !== undefined)
    .join(' · ');
}
