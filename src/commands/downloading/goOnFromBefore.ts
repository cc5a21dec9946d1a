import * as vscode from 'vscode';
import type { WantedMedia } from '../../media/findMedia.ts';
import { formatPercent } from '../../descriptions/format.ts';
import { decidedDestination } from '../../media/destination.ts';
import type { PausedDownload } from '../../media/pausedDownloads.ts';
import { messages } from '../../host/messages.ts';
import { settings } from '../../host/settings.ts';
import { inFolderOf } from '../../host/workspaceTarget.ts';
import { downloadFromMessage, downloadUnattended } from './botDownloads.ts';
import type { BotDownloadParts } from './botDownloads.ts';
import type { Parts } from '../calling/parts.ts';

type GoOnParts = BotDownloadParts & Pick<Parts, 'records'>;

/**
 * Goes on with what windows that are gone did not bring to an end: by itself with what is awaited, and with begun MP3s
 * when the setting says to download. All else is offered, once per start of VS Code over all windows.
 */
export async function goOnFromBefore(parts: GoOnParts): Promise<void> {
  const awaited = await parts.downloads.takeOver();
  const left = await withoutAwaited(parts, parts.paused.all());
  const mine = await parts.resumeOffers.take(left);
  const goesOn = ({ kind }: PausedDownload): boolean =>
    settings.whenRecordingIsReady() === 'download' && kind.isMain;
  await Promise.all([
    ...awaited.map(({ wanted, destination }) =>
      downloadUnattended(parts, wanted, decidedDestination(destination)),
    ),
    ...mine
      .filter(goesOn)
      .map((unfinished) => downloadUnattended(parts, wantedOf(unfinished), inFolderOf(unfinished.partPath))),
    offerToResume(
      parts,
      mine.filter((unfinished) => !goesOn(unfinished)),
    ),
  ]);
}

/** A window that is still open may see to what it awaits. */
async function withoutAwaited(
  { records }: Pick<Parts, 'records'>,
  paused: readonly PausedDownload[],
): Promise<PausedDownload[]> {
  const standing = await Promise.all(
    paused.map(async ({ identity, kind }) => {
      const { awaited } = await records().get(identity.botId);
      return awaited.some((download) => download.kind === kind.word);
    }),
  );
  return paused.filter((_, index) => standing[index] !== true);
}

async function offerToResume(parts: GoOnParts, paused: readonly PausedDownload[]): Promise<void> {
  const [first] = paused;
  if (!first) return;
  const resume = vscode.l10n.t('Resume');
  const answer = await messages.info(interruptedSentence(first, paused.length), resume);
  if (answer === resume) await downloadFromMessage(parts, paused.map(wantedOf));
}

/** Of what is not loaded unasked only the recording that was begun is gone on with: videos are large. */
function wantedOf({ kind, identity: { botId, recordingId } }: PausedDownload): WantedMedia {
  return kind.isMain ? { kind, botId } : { kind, botId, recordingIds: [recordingId] };
}

function interruptedSentence(first: PausedDownload, count: number): string {
  if (count > 1) return vscode.l10n.t('{0} downloads were interrupted.', count);
  const file = `${first.name}.${first.extension}`;
  const percent = formatPercent(first.receivedBytes, first.totalBytes);
  return percent === undefined
    ? vscode.l10n.t('The download of {0} was interrupted.', file)
    : vscode.l10n.t('The download of {0} was interrupted at {1}.', file, percent);
}
