import * as vscode from 'vscode';
import type { Subscription } from '../../state/changes.ts';
import type { ExpiryWarning, ExpiryWarnings } from '../../media/expiryWarnings.ts';
import type { DestinationForBot } from '../../media/destination.ts';
import type { NoMediaError } from '../../media/mediaErrors.ts';
import type { Following } from '../../host/following.ts';
import { inBackground } from '../../host/progress.ts';
import { NoFolderError } from '../../host/workspaceTarget.ts';
import { settings } from '../../host/settings.ts';
import { messages } from '../../host/messages.ts';
import { formatDate } from '../../language/formats.ts';
import { botNameFor } from '../calling/botTarget.ts';
import { downloadFromMessage, downloadUnattended } from './botDownloads.ts';
import type { BotDownloadParts } from './botDownloads.ts';
import type { Parts } from '../calling/parts.ts';
import { standInRemedies, standInsFor } from './onlyStandIn.ts';
import { buttonsOf, runPressed } from '../calling/remediedError.ts';
import { tellKeyRefused } from '../calling/showError.ts';
import { MP3 } from '../../media/kinds/mp3.ts';

// It can be known at once that there will be no MP3, while what stands in takes a moment. Nobody waits for this message.
const STAND_IN_PATIENCE_MS = 120_000;

/** Tells people what became of the bots they sent. Whatever goes wrong here is logged, failed downloads are shown, too. */
export function tellOfFollowedBots(
  parts: BotDownloadParts & Pick<Parts, 'view'>,
  following: Following,
  expiryWarnings: ExpiryWarnings,
): Subscription[] {
  const { log, store, view } = parts;
  const end = new AbortController();
  return [
    {
      dispose: () => {
        end.abort();
      },
    },
    following.ready(({ botId }) => {
      const known = store.get(botId);
      if (known) inBackground(log, expiryWarnings.note(known.bot));
      inBackground(log, recordingReady(parts, botId));
    }),
    following.ended(({ botId, reason }) => {
      inBackground(log, recordingMissing(parts, botId, reason, end.signal));
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
async function recordingReady(parts: BotDownloadParts, botId: string): Promise<void> {
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

/** A followed bot ended without an MP3: says why, and offers what stands in for it, unless silence is wanted. */
async function recordingMissing(
  parts: BotDownloadParts,
  botId: string,
  reason: NoMediaError,
  signal: AbortSignal,
): Promise<void> {
  if (settings.whenRecordingIsReady() === 'nothing') return;
  const missing = [{ recordingId: undefined, reason }];
  const standIns = await standInsFor(parts, botId, missing, { patienceMs: STAND_IN_PATIENCE_MS, signal });
  if (signal.aborted) return;
  const remedies = standInRemedies(standIns, (media) => downloadFromMessage(parts, media));
  const answer = await messages.warn(
    `${botNameFor(parts, botId)}: ${reason.message}`,
    ...buttonsOf(remedies),
  );
  await runPressed(remedies, answer);
}

/** An MP3 of a bot is deleted soon and was not saved: offers to download it. */
async function recordingExpires(parts: BotDownloadParts, warning: ExpiryWarning): Promise<void> {
  const download = vscode.l10n.t('Download');
  const answer = await messages.warn(expirySentence(parts, warning), download);
  if (answer === download) await downloadFromMessage(parts, [{ kind: MP3, botId: warning.botId }]);
}

function expirySentence(
  parts: Pick<Parts, 'store'>,
  { botId, expiresAt, isPartlySaved }: ExpiryWarning,
): string {
  // With the day, since nobody may look before tomorrow.
  const told = [botNameFor(parts, botId), formatDate('dayAndTime', expiresAt)] as const;
  return isPartlySaved ? MP3.states.someDeletedOn(...told) : MP3.states.deletedOn(...told);
}

async function askToDownload(parts: BotDownloadParts, botId: string): Promise<void> {
  const download = vscode.l10n.t('Download');
  const always = vscode.l10n.t('Always Download');
  const answer = await messages.info(MP3.states.readyOf(botNameFor(parts, botId)), download, always);
  if (answer === undefined) return;
  if (answer === always) await settings.setWhenRecordingIsReady('download');
  await downloadFromMessage(parts, [{ kind: MP3, botId }]);
}

async function downloadWithoutAsking(parts: BotDownloadParts, botId: string): Promise<void> {
  const wanted = { kind: MP3, botId };
  const destination = placeWithoutAsking(parts);
  if (!destination) {
    // Nowhere to save without a question, so there has to be one.
    parts.log.info(`[ready] ${botId}: no folder is open`);
    await askToDownload(parts, botId);
    return;
  }
  // Nobody pressed anything, but a file that somebody counts on does not come by itself any more.
  await downloadUnattended(parts, wanted, destination);
}

function placeWithoutAsking({ target }: Pick<Parts, 'target'>): DestinationForBot | undefined {
  try {
    return target.withoutAsking();
  } catch (error) {
    if (error instanceof NoFolderError) return undefined;
    throw error;
  }
}
