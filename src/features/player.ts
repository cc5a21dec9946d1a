import * as vscode from 'vscode';
import { neverAborted } from '../network/abort.ts';
import { PlayerEditor } from '../player/playerEditor.ts';
import type { Foundation } from './foundation.ts';
import type { MediaFeature } from './media.ts';

/** Makes the editor that plays MP3s with their transcripts. */
export function addPlayer(
  { context, owned, clock, log }: Foundation,
  { details }: MediaFeature,
): PlayerEditor {
  return owned.add(
    new PlayerEditor({
      ...{ clock, log, globalState: context.globalState },
      dist: vscode.Uri.joinPath(context.extension.extensionUri, 'dist'),
      askWhoSpoke: (path) => details.whoSpoke(path, neverAborted()),
    }),
  );
}
