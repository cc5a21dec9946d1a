import * as vscode from 'vscode';
import { botGroup } from '../../bots/botStore.ts';
import type { RecallClient } from '../../recall/client.ts';
import { RecallError } from '../../recall/errors.ts';
import { botAction, confirm, lookAgain, namesOf } from '../calling/botAction.ts';
import type { BotActionParts } from '../calling/botAction.ts';
import type { CommandHandler } from '../calling/command.ts';

/** Recall: Leave Call. A bot that is out of its call already counts as success. */
export function leaveCall(parts: BotActionParts): CommandHandler {
  return botAction(parts, {
    question: () => ({
      title: vscode.l10n.t('Which bot should leave its call?'),
      offers: ({ bot }) => botGroup(bot) === 'live',
    }),
    isAgreed: (botIds) =>
      confirm(
        vscode.l10n.t('Make {0} leave the call? The recording ends with it.', namesOf(parts, botIds)),
        vscode.l10n.t('Leave Call'),
      ),
    act: async (botId) => {
      await leaveIfInCall(parts.client, botId);
      await lookAgain(parts, botId);
    },
  });
}

async function leaveIfInCall(client: RecallClient, botId: string): Promise<void> {
  try {
    await client.leaveCall(botId);
  } catch (error) {
    if (!(error instanceof RecallError)) throw error;
    if (error.apiCode === 'cannot_command_completed_bot') return;
    if (error.apiCode !== 'cannot_command_unstarted_bot') throw error;
    throw new RecallError(
      'notAllowed',
      vscode.l10n.t('This bot has not joined yet. Use Recall: Cancel Scheduled Bot instead.'),
      { status: error.status, apiCode: error.apiCode, cause: error },
    );
  }
}
