import * as vscode from 'vscode';
import type { Subscription } from '../bots/changes.ts';
import type { ExpiryWarning, ExpiryWarnings } from '../bots/expiryWarnings.ts';
import { formatPercent } from '../bots/format.ts';
import type { UnfinishedDownload } from '../download/unfinished.ts';
import type { NoMp3Error } from '../bots/mp3Errors.ts';
import { BOTS_VIEW } from '../host/names.ts';
import type { Following } from '../host/following.ts';
import { inBackground, withViewProgress } from '../host/progress.ts';
import { NoFolderError } from '../host/workspaceTarget.ts';
import { settings } from '../host/settings.ts';
import { messages } from '../host/messages.ts';
import { formatDate } from '../language/formats.ts';
import { botNameFor } from './botTarget.ts';
import { downloadBots, tellSaved } from './downloadMp3.ts';
import type { Parts } from './parts.ts';
import { tellKeyRefused } from './showError.ts';

type RecordingReadyParts = Pick<Parts, 'downloads' | 'store' | 'target' | 'clock' | 'log'>;

/** Tells people what became of the bots they sent. Whatever goes wrong here is logged only. */
export function tellOfFollowedBots(
  parts: RecordingReadyParts & Pick<Parts, 'view'>,
  following: Following,
  expiryWarnings: ExpiryWarnings,
): Subscription[] {
  const { log, store, view } = parts;
  return [
    following.ready(({ botId }) => {
      const known = store.get(botId);
      if (known) inBackground(log, expiryWarnings.note(known.bot));
      inBackground(log, recordingReady(parts, botId));
    }),
    following.ended(({ botId, reason }) => {
      recordingMissing(parts, botId, reason);
    }),
    following.health((health) => {
      view.setHealth(health);
      // Every window finds it out; one that nobody looks at keeps silent.
      if (health.kind === 'failing' && vscode.window.state.focused) tellKeyRefused(health.failure);
    }),
    expiryWarnings.due((warning) => {
      inBackground(log, recordingExpires(parts, warning));
    }),
  ];
}

/** A followed bot's MP3s are made: asks, downloads, or says nothing, as the setting wants. */
async function recordingReady(parts: RecordingReadyParts, botId: string): Promise<void> {
  switch (settings.whenRecordingIsReady()) {
    case 'nothing':
      return;
    case 'download':
      await downloadWithoutAsking(parts, botId);
      return;
    case 'ask':
      await askToDownload(parts, botId);
  }
}

/** A followed bot ended without an MP3: says why, unless the setting wants silence. */
function recordingMissing(parts: Pick<Parts, 'store'>, botId: string, reason: NoMp3Error): void {
  if (settings.whenRecordingIsReady() === 'nothing') return;
  void messages.warn(`${botNameFor(parts, botId)}: ${reason.message}`);
}

/** An MP3 of a bot is deleted soon and was not saved: offers to download it. */
async function recordingExpires(parts: RecordingReadyParts, warning: ExpiryWarning): Promise<void> {
  const download = vscode.l10n.t('Download');
  const answer = await messages.warn(expirySentence(parts, warning), download);
  if (answer === download) await downloadBots(parts, [warning.botId]);
}

function expirySentence(
  parts: Pick<Parts, 'store'>,
  { botId, expiresAt, isPartlySaved }: ExpiryWarning,
): string {
  const name = botNameFor(parts, botId);
  // With the day, since nobody may look before tomorrow.
  const when = formatDate('dayAndTime', expiresAt);
  return isPartlySaved
    ? vscode.l10n.t(
        'Recall deletes MP3s of {0} for good on {1}. Not all of them are on this computer yet.',
        name,
        when,
      )
    : vscode.l10n.t(
        'Recall deletes the MP3 of {0} for good on {1}. It is not on this computer yet.',
        name,
        when,
      );
}

/** Offers to go on with downloads that were interrupted, or goes on at once when the setting says to download. */
export async function resumePaused(
  parts: RecordingReadyParts,
  paused: readonly UnfinishedDownload[],
): Promise<void> {
  const [first] = paused;
  if (!first) return;
  const botIds = paused.map(({ identity }) => identity.botId);
  if (settings.whenRecordingIsReady() === 'download') {
    await Promise.all(botIds.map((botId) => downloadWithoutAsking(parts, botId)));
    return;
  }
  const resume = vscode.l10n.t('Resume');
  const answer = await messages.info(interruptedSentence(first, paused.length), resume);
  if (answer === resume) await downloadBots(parts, botIds);
}

function interruptedSentence(first: UnfinishedDownload, count: number): string {
  if (count > 1) return vscode.l10n.t('{0} MP3 downloads were interrupted.', count);
  const file = `${first.name}.${first.extension}`;
  const percent = formatPercent(first.receivedBytes, first.totalBytes);
  return percent === undefined
    ? vscode.l10n.t('The download of {0} was interrupted.', file)
    : vscode.l10n.t('The download of {0} was interrupted at {1}.', file, percent);
}

async function askToDownload(parts: RecordingReadyParts, botId: string): Promise<void> {
  const download = vscode.l10n.t('Download');
  const always = vscode.l10n.t('Always Download');
  const answer = await messages.info(
    vscode.l10n.t('The MP3 of {0} is ready.', botNameFor(parts, botId)),
    download,
    always,
  );
  if (answer === undefined) return;
  if (answer === always) await settings.setWhenRecordingIsReady('download');
  await downloadBots(parts, [botId]);
}

async function downloadWithoutAsking(parts: RecordingReadyParts, botId: string): Promise<void> {
  try {
    const destination = parts.target.withoutAsking();
    const result = await withViewProgress(BOTS_VIEW, () =>
      parts.downloads.download(botId, destination, new AbortController().signal, () => undefined),
    );
    tellSaved(result);
  } catch (error) {
    if (!(error instanceof NoFolderError)) throw error;
    // Nowhere to save without a question, so there has to be one.
    parts.log.info(`[ready] ${botId}: no folder is open`);
    await askToDownload(parts, botId);
  }
}
