import * as vscode from 'vscode';
import { settings } from '../../host/settings.ts';
import { messages } from '../../host/messages.ts';
import { isRegion, REGIONS } from '../../recall/regions.ts';
import type { Region } from '../../recall/regions.ts';
import { ensureApiKey, pickRegion } from './apiKeyFlow.ts';
import { InvalidArgumentError } from '../calling/caller.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/**
 * Recall: Select Region. Goes on to ask for a key when there is none for the region yet; by a script, with the id of the
 * region, it just takes it.
 */
export function selectRegion(parts: Pick<Parts, 'keys' | 'transport' | 'log'>): CommandHandler {
  return async (caller) => {
    if (caller.kind === 'script') {
      await settings.setRegion(readRegion(caller.argument));
      return;
    }
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

function readRegion(argument: unknown): Region {
  if (isRegion(argument)) return argument;
  throw new InvalidArgumentError(
    vscode.l10n.t('The argument has to be the ID of a region: {0}.', REGIONS.join(', ')),
  );
}
