import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { savedOf } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import { NoMediaError } from '../bots/mediaErrors.ts';
import type { MixedMediaKind } from '../recall/client.ts';
import { withoutIcons } from '../host/plainText.ts';
import { RecordingNode } from '../views/treeNodes.ts';
import { botTargets } from './botTarget.ts';
import type { PickBotParts } from './botTarget.ts';
import type { Caller } from './caller.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

/** What the commands work with that are about saved MP3s and videos. */
export type SavedMediaParts = PickBotParts & Pick<Parts, 'records' | 'onDisk'>;

/** Opens a saved MP3 or video in VS Code's player; with several, the person picks. */
export async function openSaved(saved: readonly SavedMedia[]): Promise<void> {
  const path = await pickFile(saved);
  if (path !== undefined) await openFile(path);
}

/** The same for either caller: a script is not asked which of several, it gets the first. */
export async function openSavedFor(saved: readonly SavedMedia[], caller: Caller): Promise<void> {
  const [first] = saved;
  if (caller.kind === 'person') await openSaved(saved);
  else if (first) await openFile(first.path);
}

/** Opens a file in the editor that VS Code has for it. */
async function openFile(path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
}

/** Shows a file in the Explorer when it is in the workspace, else in the system's file manager. */
export async function revealFile(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const command = vscode.workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

/** A command that does something with a bot's MP3s or videos on this computer. */
export function onSavedMedia(
  parts: SavedMediaParts,
  kind: MixedMediaKind,
  title: string,
  act: (saved: readonly SavedMedia[], caller: Caller) => Promise<void>,
): CommandHandler {
  return async (caller) => {
    const targets = await botTargets(caller, parts, {
      title,
      placeholder:
        kind === 'audio_mixed'
          ? vscode.l10n.t('Bots with an MP3 on this computer')
          : vscode.l10n.t('Bots with a video on this computer'),
      offers: ({ record }) => savedOf(kind, record).length > 0,
    });
    const botId = targets?.[0];
    if (botId === undefined) return;
    const all = await parts.onDisk(savedOf(kind, await parts.records().get(botId)));
    const saved = filesMeant(caller, all);
    if (saved.length === 0) {
      throw new NoMediaError(
        'notSaved',
        kind === 'audio_mixed'
          ? vscode.l10n.t(
              'The MP3 of this bot is not on this computer. Download it with Recall: Download MP3.',
            )
          : vscode.l10n.t(
              'The video of this bot is not on this computer. Download it with Recall: Download Video.',
            ),
      );
    }
    await act(saved, caller);
  };
}

/** A recording in the tree stands for its own file, a bot for all of its files. */
function filesMeant(caller: Caller, saved: readonly SavedMedia[]): readonly SavedMedia[] {
  const [node] = caller.kind === 'person' ? caller.nodes : [];
  return node instanceof RecordingNode ? saved.filter((mp3) => node.standsFor(mp3)) : saved;
}

async function pickFile(saved: readonly SavedMedia[]): Promise<string | undefined> {
  if (saved.length <= 1) return saved[0]?.path;
  const items = saved.map(({ path }) => ({
    path,
    label: withoutIcons(basename(path)),
    description: withoutIcons(dirname(path)),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open which file?') });
  return picked?.path;
}
