import * as vscode from 'vscode';
import { savedBeside } from '../media/besideMp3.ts';
import { PlayerEditor } from '../player/playerEditor.ts';
import type { BotsFeature } from './bots.ts';
import type { Foundation } from './foundation.ts';
import type { MediaFeature } from './media.ts';

/** Makes the editor that plays MP3s with their transcripts. */
export function addPlayer(
  { context, owned, clock, log }: Foundation,
  { records }: BotsFeature,
  { details }: MediaFeature,
): PlayerEditor {
  return owned.add(
    new PlayerEditor({
      ...{ clock, log, globalState: context.globalState },
      dist: vscode.Uri.joinPath(context.extension.extensionUri, 'dist'),
      savedBeside: async (path) => savedBeside(await records().all(), path),
      askWhoSpoke: (path, signal) => details.whoSpoke(path, signal),
    }),
  );
}
