import * as vscode from 'vscode';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Redactor } from '../network/redaction.ts';
import { redactingLog } from '../network/redaction.ts';

/** The log output channel, with the redactor in front of it. */
export interface LogChannel extends Log {
  show(): void;
  dispose(): void;
}

const SHOW_AGAIN_MS = 500;
/** A window that takes longer to be set up is broken. */
const LONGEST_SETUP_MS = 60_000;

/** Makes the channel and writes the line that says what runs where. */
export function createLogChannel(
  context: vscode.ExtensionContext,
  redactor: Redactor,
  clock: Clock,
): LogChannel {
  const channel = vscode.window.createOutputChannel('Recall', { log: true });
  const log = redactingLog(channel, redactor);
  log.info(`[start] ${startLine(context)}`);
  let showing = new AbortController();
  return {
    ...log,
    show: () => {
      showing.abort();
      showing = new AbortController();
      void showUntilSeen(channel, context.extension.id, clock, showing.signal);
    },
    dispose: () => {
      showing.abort();
      channel.dispose();
    },
  };
}

/** While a window is being set up, VS Code forgets the wish without a word. So it is repeated until the log was seen. */
async function showUntilSeen(
  channel: vscode.OutputChannel,
  extensionId: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const seen = new AbortController();
  const look = (editors: readonly vscode.TextEditor[]): void => {
    const isThere = editors.some(
      ({ document: { uri } }) => uri.scheme === 'output' && uri.path.includes(extensionId),
    );
    if (isThere) seen.abort();
  };
  look(vscode.window.visibleTextEditors);
  const looking = vscode.window.onDidChangeVisibleTextEditors(look);
  const end = AbortSignal.any([signal, seen.signal]);
  const until = clock.now() + LONGEST_SETUP_MS;
  try {
    do {
      channel.show(true);
      await clock.sleep(SHOW_AGAIN_MS, end);
    } while (clock.now() < until);
  } catch (error) {
    // Seen, shown anew, or at the end of the window.
    if (!end.aborted) throw error;
  } finally {
    looking.dispose();
  }
}

function startLine(context: vscode.ExtensionContext): string {
  const version = extensionVersion(context);
  const kind = context.extension.extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const where = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  return `Recall Meeting Audio ${version}, VS Code ${vscode.version} (${where}, ${kind}, remote ${vscode.env.remoteName ?? 'none'}), Node ${process.versions.node}, ${process.platform}`;
}

/** The version in the extension's package.json. */
export function extensionVersion(context: vscode.ExtensionContext): string {
  const manifest: unknown = context.extension.packageJSON;
  return typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
    ? manifest.version
    : 'unknown';
}
