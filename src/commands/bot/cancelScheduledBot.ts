import * as vscode from 'vscode';
import { botGroup } from '../../bots/botStore.ts';
import { RecallError, recallErrorCode } from '../../recall/errors.ts';
import { confirm, lookAgain, namesOf, withEach } from '../calling/botAction.ts';
import type { BotActionParts } from '../calling/botAction.ts';
import { botTargets } from '../calling/botTarget.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Cancel Scheduled Bot. A bot that does not exist any more counts as success. */
export function cancelScheduledBot(parts: BotActionParts): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, {
      title: vscode.l10n.t('Cancel which scheduled bot?'),
      offers: ({ bot }) => botGroup(bot) === 'scheduled',
    });
    if (!botIds) return;
    const cancel = vscode.l10n.t('Cancel Scheduled Bot');
    const question = vscode.l10n.t('Cancel {0}? It will not join its meeting.', namesOf(parts, botIds));
    if (caller.kind === 'person' && !(await confirm(question, cancel))) return;
    await withEach(parts, botIds, (botId) => cancelOrExplain(parts, botId));
  };
}

async function cancelOrExplain(parts: BotActionParts, botId: string): Promise<void> {
  try {
    await parts.client.deleteScheduledBot(botId);
  } catch (error) {
    const code = recallErrorCode(error);
    if (code === 'notAllowed' || (error instanceof RecallError && error.apiCode === 'cannot_delete_bot')) {
      await lookAgain(parts, botId);
      const known = parts.store.get(botId);
      if (known && botGroup(known.bot) === 'over') return;
      throw new RecallError(
        'notAllowed',
        vscode.l10n.t('This bot is already on its way to the meeting. Use Recall: Leave Call instead.'),
        { cause: error },
      );
    }
    if (code !== 'notFound') throw error;
  }
  parts.store.remove([botId]);
}
