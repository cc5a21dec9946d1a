import * as vscode from 'vscode';
import { COMMANDS } from '../../host/names.ts';
import { NoMediaError } from '../../media/mediaErrors.ts';
import { BotNode } from '../../views/treeNodes.ts';
import { RemediedError } from '../calling/remediedError.ts';
import type { Remedy } from '../calling/remediedError.ts';

/** There is no transcript, but one can be made. The sentence and the code are those of the missing one. */
export class NoTranscriptError extends RemediedError {
  override readonly name = 'NoTranscriptError';

  /** @param botIds of all that have none for such a reason */
  constructor(reason: NoMediaError, botIds: readonly string[]) {
    super(reason.message, reason, { remedies: transcribeRemedy(reason, botIds), isFault: false });
  }
}

/** The button that has it made, after a question; none where that would not help. */
export function transcribeRemedy(reason: unknown, botIds: readonly string[]): readonly Remedy[] {
  if (!canBeTranscribed(reason)) return [];
  const lines = botIds.map((botId) => new BotNode(botId));
  return [
    {
      button: vscode.l10n.t('Transcribe…'),
      run: () => vscode.commands.executeCommand(COMMANDS.transcribe, lines[0], lines),
    },
  ];
}

/** Whether something failed because there is no transcript, and one can be made. */
export function canBeTranscribed(reason: unknown): reason is NoMediaError {
  return reason instanceof NoMediaError && reason.remedy === 'order';
}
