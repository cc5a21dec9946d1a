import * as vscode from 'vscode';
import type { WantedMedia } from '../../media/findMedia.ts';
import type { DestinationForBot } from '../../media/destination.ts';
import type { BotDownloadResult, DownloadManner } from '../../media/mediaDownloads.ts';
import { NoMediaError } from '../../media/mediaErrors.ts';
import { passesByItself } from '../../media/outage.ts';
import type { PassingError } from '../../media/outage.ts';
import { missingOf } from '../../media/standIn.ts';
import { messages } from '../../host/messages.ts';
import { BOTS_VIEW } from '../../host/names.ts';
import { withCancellableProgress, withViewProgress } from '../../host/progress.ts';
import { neverAborted } from '../../network/abort.ts';
import { asError } from '../../network/failure.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import { namingBots, settleEach } from '../calling/botAction.ts';
import { botNameFor } from '../calling/botTarget.ts';
import { recordingsMeant } from '../calling/caller.ts';
import type { Caller } from '../calling/caller.ts';
import { buttonsOf, runPressed } from '../calling/remediedError.ts';
import { forPerson } from '../calling/command.ts';
import { downloadAlong } from './alongDownloads.ts';
import type { AlongParts } from './alongDownloads.ts';
import { CanBeOrderedError, canBeOrdered, orderRemedies } from './canBeOrdered.ts';
import { ConnectionLostError } from './connectionLost.ts';
import { openSaved, revealFile } from './openSaved.ts';
import type { Parts } from '../calling/parts.ts';
import { withPartLeft } from './partLeft.ts';
import type { PartLeftParts } from './partLeft.ts';
import { reportProgress } from './downloadProgress.ts';
import { OnlyStandInError, standInRemedies, standInsFor } from './onlyStandIn.ts';
import type { StandInParts } from './onlyStandIn.ts';
import { savedMessage } from './savedMessage.ts';
import { urisOf } from './scriptDownload.ts';
import { errorCode } from '../calling/showError.ts';

/** What downloading for a person works with. */
export type BotDownloadParts = Pick<Parts, 'downloads' | 'store' | 'target' | 'log' | 'redactor'> &
  StandInParts &
  PartLeftParts &
  AlongParts;

/** Where a person sees how far a download is: where they started it, in the tree, or in a notification. */
type ProgressPlace = 'tree' | 'notification';

/** Where whoever called a command looks at. */
export function progressPlaceOf(caller: Caller): ProgressPlace {
  return caller.kind === 'person' && caller.nodes.length > 0 ? 'tree' : 'notification';
}

/** The media of bots that a person means: of a bot all, of recordings that are selected without their bot only theirs. */
export function wantedMedia(
  kind: MediaKind,
  caller: Caller,
  botIds: readonly string[],
): readonly WantedMedia[] {
  return botIds.map((botId) => {
    const recordings = recordingsMeant(caller, botId);
    return recordings.length === 0
      ? { kind, botId }
      : { kind, botId, recordingIds: recordings.map(({ recordingId }) => recordingId) };
  });
}

/**
 * Downloads the media of several bots side by side, for a person: asks where to, shows progress, tells the end.
 *
 * @returns undefined when the person backed out
 * @throws OnlyStandInError when there is no MP3 but a video
 */
export async function downloadBots(
  parts: BotDownloadParts,
  wanted: readonly WantedMedia[],
  place: ProgressPlace = 'notification',
): Promise<vscode.Uri[] | undefined> {
  const destination = await parts.target.ask(wanted.length);
  return destination && downloadTo(parts, wanted, destination, place);
}

async function downloadTo(
  parts: BotDownloadParts,
  wanted: readonly WantedMedia[],
  destination: DestinationForBot,
  place: ProgressPlace = 'notification',
): Promise<vscode.Uri[]> {
  // Of many, one that waits for its connection holds up no other, so nobody has to stand before it.
  const outage = wanted.length > 1 && !destination.asksFirst ? 'sitOut' : 'tell';
  const { results, failures } = await settleEach(wanted, (media) =>
    downloadWithProgress(parts, media, destination, { place, outage }),
  );
  if (failures.length > 0) {
    const told = await mostHelpful(parts, failures, destination, place);
    throw wanted.length > 1 ? namingBots(told, namesOfFailed(parts, failures)) : told;
  }
  return results.flatMap(urisOf);
}

interface Failure {
  readonly item: WantedMedia;
  readonly reason: unknown;
}

/** One pop-up for all that failed, not about one that was cancelled when another was not. Of several the log has each. */
async function mostHelpful(
  parts: BotDownloadParts,
  failures: readonly Failure[],
  destination: DestinationForBot,
  place: ProgressPlace,
): Promise<Error> {
  if (failures.length > 1) logAll(parts, failures);
  const withoutMp3 = failures.flatMap(({ item: media, reason }) =>
    media.kind.isMain && reason instanceof NoMediaError ? [{ media, reason }] : [],
  );
  const found = await Promise.all(
    withoutMp3.map(async ({ media, reason }) => ({
      reason,
      standIns: await standInsFor(parts, media.botId, missingOf(media, reason)),
    })),
  );
  const replaced = found.find(({ standIns }) => standIns.length > 0);
  if (replaced) {
    const all = found.flatMap(({ standIns }) => standIns);
    const remedies = standInRemedies(all, (media) => downloadFromMessage(parts, media, destination));
    return new OnlyStandInError(replaced.reason, remedies);
  }
  const told = failures.find(({ reason: failure }) => errorCode(failure) !== 'cancelled') ?? failures[0];
  if (told && canBeOrdered(told.reason)) {
    const { kind } = told.item;
    const toOrder = failures.filter(({ item, reason }) => item.kind === kind && canBeOrdered(reason));
    return new CanBeOrderedError(
      kind,
      told.reason,
      toOrder.map(({ item }) => item.botId),
    );
  }
  if (told && passesByItself(told.reason))
    return goOnLater(parts, told.item, told.reason, destination, place);
  const reason = told && (await withPartLeft(parts, told.item, told.reason));
  return asError(reason);
}

/** What those are called of several bots whose downloads have failed. Which were cancelled, whoever did so knows. */
function namesOfFailed(parts: BotDownloadParts, failures: readonly Failure[]): string[] {
  const failed = failures.filter(({ reason }) => errorCode(reason) !== 'cancelled');
  return failed.map(({ item }) => botNameFor(parts, item.botId));
}

/** Lets a download go on by itself when its outage is over, unless that would take a question. */
function goOnLater(
  parts: BotDownloadParts,
  media: WantedMedia,
  outage: PassingError,
  destination: DestinationForBot,
  place: ProgressPlace,
): ConnectionLostError {
  const goesOn = !destination.asksFirst;
  const toEnd = new AbortController();
  if (goesOn) {
    const manner = { place: 'tree', outage: 'sitOut', signal: toEnd.signal } as const;
    const goOn = async (): Promise<void> => {
      try {
        await downloadWithProgress(parts, media, destination, manner);
      } catch (error) {
        // Tried again by hand, it is told about there.
        if (!toEnd.signal.aborted) throw error;
      }
    };
    void forPerson('download', goOn, parts);
  }
  return new ConnectionLostError(outage, {
    goesOn,
    tryAgain: async () => {
      toEnd.abort();
      await forPerson('message', () => downloadTo(parts, [media], destination, place), parts);
    },
  });
}

function logAll({ log, redactor }: Pick<Parts, 'log' | 'redactor'>, failures: readonly Failure[]): void {
  for (const { item, reason } of failures) {
    log.info(`[download] ${item.botId}: ${errorCode(reason)}: ${redactor.redact(String(reason))}`);
  }
}

/** Downloads what a person asked for in a message. A failure is shown to them. */
export async function downloadFromMessage(
  parts: BotDownloadParts,
  wanted: readonly WantedMedia[],
  destination?: DestinationForBot,
): Promise<void> {
  await forPerson(
    'message',
    () => (destination ? downloadTo(parts, wanted, destination) : downloadBots(parts, wanted)),
    parts,
  );
}

/**
 * Downloads a bot's media while nobody stands before it: its progress is in the tree, and what is away is waited for.
 * A failure is shown, since a file that somebody counts on does not come by itself any more.
 */
export async function downloadUnattended(
  parts: BotDownloadParts,
  media: WantedMedia,
  destination: DestinationForBot,
): Promise<void> {
  const download = async (): Promise<void> => {
    try {
      await downloadWithProgress(parts, media, destination, { place: 'tree', outage: 'sitOut' });
    } catch (error) {
      throw await withPartLeft(parts, media, error);
    }
  };
  await forPerson('download', download, parts);
}

/** How a download for a person is shown, and what becomes of it in an outage. */
export interface PersonsDownload {
  readonly place: ProgressPlace;
  readonly outage: DownloadManner['outage'];
  readonly signal?: AbortSignal;
}

/** Downloads a bot's media while progress is shown, and tells at the end what was saved. Throws what the downloads throw. */
export async function downloadWithProgress(
  parts: BotDownloadParts,
  media: WantedMedia,
  destination: DestinationForBot,
  { place, outage, signal = neverAborted() }: PersonsDownload,
): Promise<BotDownloadResult> {
  // The line of the bot says how far it is, and has the button that cancels.
  const result = await (place === 'tree'
    ? withViewProgress(BOTS_VIEW, () => parts.downloads.download(media, destination, { signal, outage }))
    : withCancellableProgress(titleOf(parts, media), (report, cancel) =>
        parts.downloads.download(media, destination, {
          signal: AbortSignal.any([signal, cancel]),
          outage,
          onProgress: (progress) => {
            reportProgress(progress, report);
          },
        }),
      ));
  await tellSaved(parts, media, result, destination);
  if (media.kind.isMain) void tellOfAlong(parts, media.botId, result, signal);
  return result;
}

/** What goes along comes in its own time. Only that it does not come is told. */
async function tellOfAlong(
  parts: BotDownloadParts,
  botId: string,
  result: BotDownloadResult,
  signal: AbortSignal,
): Promise<void> {
  for (const { sentence, reason, kind } of await downloadAlong(parts, botId, result, signal)) {
    const remedies = kind ? orderRemedies(kind, reason, [botId]) : [];
    void messages
      .warn(`${botNameFor(parts, botId)}: ${sentence}`, ...buttonsOf(remedies))
      .then((pressed) => runPressed(remedies, pressed));
  }
}

function titleOf(parts: Pick<Parts, 'store'>, { kind, botId }: WantedMedia): string {
  return kind.words.of(botNameFor(parts, botId));
}

/**
 * Tells what a download came to, with the buttons to open and reveal it, and to download what stands in for a missing MP3.
 * Does not wait for an answer.
 */
async function tellSaved(
  parts: BotDownloadParts,
  { kind, botId }: WantedMedia,
  result: BotDownloadResult,
  destination: DestinationForBot,
): Promise<void> {
  const [first] = result.saved;
  if (!first) return;
  const standIns = kind.isMain ? await standInsFor(parts, botId, result.missing) : [];
  const remedies = standInRemedies(standIns, (media) => downloadFromMessage(parts, media, destination));
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const buttons = [open, reveal, ...buttonsOf(remedies)];
  const show = result.missing.length === 0 ? messages.info : messages.warn;
  const message = show(savedMessage(kind, result), ...buttons);
  const act = async (button: string | undefined): Promise<void> => {
    if (button === open) await openSaved(kind, result.saved);
    else if (button === reveal) await revealFile(first.path);
    else await runPressed(remedies, button);
  };
  void message.then((button) => forPerson('message', () => act(button), parts));
}
