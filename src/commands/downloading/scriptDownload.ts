import * as vscode from 'vscode';
import type { DestinationForBot } from '../../media/destination.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import type { BotDownloadResult } from '../../media/mediaDownloads.ts';
import { neverAborted, waitBriefly } from '../../network/abort.ts';
import { readBotId } from '../calling/botTarget.ts';
import type { Parts } from '../calling/parts.ts';
import { downloadAlong } from './alongDownloads.ts';
import type { AlongParts } from './alongDownloads.ts';

/** How a script wants media downloaded. */
export interface ScriptDownload {
  /** The workspace's own place when left out. */
  readonly destination?: DestinationForBot | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads the media of a bot that are of one kind without a question, and shows nothing.
 *
 * @param botId checked here
 * @throws InvalidArgumentError, NoFolderError, or what the downloads throw
 */
export async function downloadForScript(
  parts: AlongParts & Pick<Parts, 'target' | 'clock' | 'log'>,
  kind: MediaKind,
  botId: unknown,
  { destination, signal = neverAborted() }: ScriptDownload = {},
): Promise<vscode.Uri[]> {
  const { downloads, target, clock, log } = parts;
  const id = readBotId(botId);
  const place = destination ?? target.withoutAsking();
  const result = await downloads.download({ kind, botId: id }, place, { signal, outage: 'tell' });
  if (kind.isMain) {
    const along = async (): Promise<void> => {
      for (const { sentence } of await downloadAlong(parts, id, result, signal))
        log.warn(`[download] ${id}: ${sentence}`);
    };
    // What takes longer comes by itself.
    await waitBriefly(clock, ALONG_PATIENCE_MS, along);
  }
  return urisOf(result);
}

/** Long enough for what Recall has made already. */
const ALONG_PATIENCE_MS = 60_000;

/** The URIs of what was saved: of what is written, that of the file by which it is known. */
export function urisOf(result: BotDownloadResult): vscode.Uri[] {
  return result.saved.map(({ path }) => vscode.Uri.file(path));
}
