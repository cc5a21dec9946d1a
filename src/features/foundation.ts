import type * as vscode from 'vscode';
import { ContextKeys } from '../host/contextKeys.ts';
import { DisposableList } from '../host/disposables.ts';
import { createLogChannel } from '../host/logChannel.ts';
import type { LogChannel } from '../host/logChannel.ts';
import { OptionalFeatures } from '../host/optionalFeatures.ts';
import { systemClock } from '../network/clock.ts';
import type { Clock } from '../network/clock.ts';
import { createRedactor } from '../network/redaction.ts';
import type { Redactor } from '../network/redaction.ts';

/** What every feature stands on: the outside world, the log, and who owns what has to be disposed. */
export interface Foundation {
  readonly context: vscode.ExtensionContext;
  readonly owned: DisposableList;
  readonly optional: OptionalFeatures;
  readonly contextKeys: ContextKeys;
  readonly log: LogChannel;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Absolute; shared by all windows of this computer. */
  readonly sharedFolder: string;
}

/** Lays it. What `owned` holds goes with the extension. */
export function layFoundation(context: vscode.ExtensionContext): Foundation {
  const owned = new DisposableList();
  context.subscriptions.push(owned);
  const redactor = createRedactor();
  const clock = systemClock;
  const log = owned.add(createLogChannel(context, redactor, clock));
  return {
    ...{ context, owned, log, redactor },
    optional: new OptionalFeatures(owned, log),
    contextKeys: new ContextKeys(),
    clock,
    random: Math.random,
    // Looked up at each call: VS Code puts its proxy and certificates into the global fetch, and may do so later.
    fetch: (...args) => globalThis.fetch(...args),
    sharedFolder: context.globalStorageUri.fsPath,
  };
}
