import * as vscode from 'vscode';
import { settings } from '../host/settings.ts';
import { messages } from '../host/messages.ts';
import { ensureApiKey, pickRegion } from './apiKeyFlow.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

/** Recall: Select Region. Goes on to ask for a key when there is none for the region yet. */
export function selectRegion(parts: Pick<Parts, 'keys' | 'transport' | 'log'>): CommandHandler {
  return async () => {
    const region = await pickRegion();
    if (region === undefined) return;
    await settings.setRegion(region);
    if (settings.hasApiBaseUrl()) {
      void messages.info(
        vscode.l10n.t('The setting recall.apiBaseUrl decides which API is used, as long as it is set.'),
      );
      return;
    }
    await ensureApiKey(parts);
  };
}
