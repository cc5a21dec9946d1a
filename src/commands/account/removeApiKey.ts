import * as vscode from 'vscode';
import { settings } from '../../host/settings.ts';
import { messages } from '../../host/messages.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Remove API Key. */
export function removeApiKey({ keys }: Pick<Parts, 'keys'>): CommandHandler {
  return async () => {
    const origin = settings.apiOrigin();
    const { host } = new URL(origin);
    const state = await keys.state(origin);
    await keys.remove(origin);
    void messages.info(
      state === 'usable' || state === 'changedElsewhere'
        ? vscode.l10n.t('The API key for {0} was removed from this computer.', host)
        : vscode.l10n.t('There is no API key for {0}.', host),
    );
  };
}
