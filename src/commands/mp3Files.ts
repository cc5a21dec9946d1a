import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SavedMedia } from '../bots/botRecords.ts';
import { NoMediaError } from '../bots/mediaErrors.ts';
import { withoutIcons } from '../host/plainText.ts';
import { botTargets } from './botTarget.ts';
import type { PickBotParts } from './botTarget.ts';
import type { Caller } from './caller.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

/** What the commands work with that are about saved MP3s. */
export type SavedMp3Parts = PickBotParts & Pick<Parts, 'records' | 'onDisk'>;

/** Opens a saved MP3 in VS Code's audio player; with several, the person picks. */
export async function openMp3Of(saved: readonly SavedMedia[]): Promise<void> {
  const path = await pickFile(saved);
  if (path !== undefined) await openFile(path);
}

/** Opens a file in the editor that VS Code has for it. */
export async function openFile(path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
}

/** Shows a file in the Explorer when it is in the workspace, else in the system's file manager. */
export async function revealFile(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const command = vscode.workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

/** A command that does something with a bot's MP3s on this computer. */
export function onSavedMp3s(
  parts: SavedMp3Parts,
  title: string,
  act: (saved: readonly SavedMedia[], caller: Caller) => Promise<void>,
): CommandHandler {
  return async (caller) => {
    const targets = await botTargets(caller, parts, {
      title,
      placeholder: vscode.l10n.t('Bots with an MP3 on this computer'),
      offers: ({ record }) => record.saved.length > 0,
    });
    const botId = targets?.[0];
    if (botId === undefined) return;
    const saved = await parts.onDisk((await parts.records().get(botId)).saved);
    if (saved.length === 0) {
      throw new NoMediaError(
        'notSaved',
        vscode.l10n.t('The MP3 of this bot is not on this computer. Download it with Recall: Download MP3.'),
      );
    }
    await act(saved, caller);
  };
}

async function pickFile(saved: readonly SavedMedia[]): Promise<string | undefined> {
  if (saved.length <= 1) return saved[0]?.path;
  const items = saved.map(({ path }) => ({
    path,
    label: withoutIcons(basename(path)),
    description: withoutIcons(dirname(path)),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open which MP3?') });
  return picked?.path;
}
