import * as vscode from 'vscode';
import type { Log } from '../network/log.ts';
import type { Redactor } from '../network/redaction.ts';
import { redactingLog } from '../network/redaction.ts';

/** The log output channel, with the redactor in front of it. */
export interface LogChannel extends Log {
  show(): void;
  dispose(): void;
}

/** Makes the channel and writes the line that says what runs where. */
export function createLogChannel(context: vscode.ExtensionContext, redactor: Redactor): LogChannel {
  const channel = vscode.window.createOutputChannel('Recall', { log: true });
  const log = redactingLog(channel, redactor);
  log.info(`[start] ${startLine(context)}`);
  return {
    ...log,
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
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
