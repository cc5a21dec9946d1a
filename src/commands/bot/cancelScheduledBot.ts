import * as vscode from 'vscode';
import { botGroup } from '../../bots/botStore.ts';
import { RecallError, recallErrorCode } from '../../recall/errors.ts';
import { botAction, confirm, lookAgain, namesOf } from '../calling/botAction.ts';
import type { BotActionParts } from '../calling/botAction.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Cancel Scheduled Bot. A bot that does not exist any more counts as success. */
export function cancelScheduledBot(parts: BotActionParts): CommandHandler {
  return botAction(parts, {
    question: () => ({
      title: vscode.l10n.t('Cancel which scheduled bot?'),
      offers: ({ bot }) => botGroup(bot) === 'scheduled',
    }),
    isAgreed: (botIds) =>
      confirm(
        vscode.l10n.t('Cancel {0}? It will not join its meeting.', namesOf(parts, botIds)),
        vscode.l10n.t('Cancel Scheduled Bot'),
      ),
    act: (botId) => cancelOrExplain(parts, botId),
  });
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
