import * as vscode from 'vscode';
import type { MediaKind } from '../../media/kinds/kind.ts';
import { NoMediaError } from '../../media/mediaErrors.ts';
import { BotNode } from '../../views/treeNodes.ts';
import { RemediedError } from '../calling/remediedError.ts';
import type { Remedy } from '../calling/remediedError.ts';

/** There is none, but Recall makes one to order. The sentence and the code are those of what is missing. */
export class CanBeOrderedError extends RemediedError {
  override readonly name = 'CanBeOrderedError';

  /** @param botIds of all that have none of the kind for such a reason */
  constructor(kind: MediaKind, reason: NoMediaError, botIds: readonly string[]) {
    super(reason.message, reason, { remedies: orderRemedies(kind, reason, botIds), isFault: false });
  }
}

/** The button that has it made, after a question; none where that would not help. */
export function orderRemedies(
  { order }: MediaKind,
  reason: unknown,
  botIds: readonly string[],
): readonly Remedy[] {
  if (!order || !canBeOrdered(reason)) return [];
  const lines = botIds.map((botId) => new BotNode(botId));
  return [
    {
      button: order.button(),
      run: () => vscode.commands.executeCommand(order.command, lines[0], lines),
    },
  ];
}

/** Whether something failed because there is none of a kind, and one can be made. */
export function canBeOrdered(reason: unknown): reason is NoMediaError {
  return reason instanceof NoMediaError && reason.remedy === 'order';
}
