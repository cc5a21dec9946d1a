import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { MissingMedia, WantedMedia } from '../../media/findMedia.ts';
import type { DestinationForBot } from '../../media/destination.ts';
import type { BotDownloadResult, DownloadManner } from '../../media/mediaDownloads.ts';
import { NoMediaError } from '../../media/mediaErrors.ts';
import { passesByItself } from '../../media/outage.ts';
import type { PassingError } from '../../media/outage.ts';
import { formatBytes } from '../../download/errors.ts';
import { missingOf } from '../../media/videoInstead.ts';
import { messages } from '../../host/messages.ts';
import { BOTS_VIEW } from '../../host/names.ts';
import { withCancellableProgress, withViewProgress } from '../../host/progress.ts';
import { joinSentences } from '../../language/sentences.ts';
import { neverAborted, waitBriefly } from '../../network/abort.ts';
import { asError } from '../../network/failure.ts';
import type { MediaKind } from '../../media/kinds.ts';
import { namingBots, settleEach } from '../calling/botAction.ts';
import { botNameFor, readBotId } from '../calling/botTarget.ts';
import { recordingsMeant } from '../calling/caller.ts';
import type { Caller } from '../calling/caller.ts';
import { forPerson } from '../calling/command.ts';
import { downloadAlong } from './alongDownloads.ts';
import type { AlongParts } from './alongDownloads.ts';
import { ConnectionLostError } from './connectionLost.ts';
import { openSaved, revealFile } from './savedMedia.ts';
import type { Parts } from '../calling/parts.ts';
import { withPartLeft } from './partLeft.ts';
import type { PartLeftParts } from './partLeft.ts';
import { reportProgress } from './downloadProgress.ts';
import { NoTranscriptError, canBeTranscribed, transcribeRemedy } from './noTranscript.ts';
import { OnlyVideoError, downloadVideoButton } from './onlyVideo.ts';
import { errorCode } from '../calling/showError.ts';

/** What downloading for a person works with. */
export type BotDownloadParts = Pick<Parts, 'downloads' | 'store' | 'target' | 'log' | 'redactor'> &
  PartLeftParts &
  AlongParts;

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
 * @throws OnlyVideoError when there is no MP3 but a video
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
      video: await videoInstead(parts, media.botId, missingOf(media, reason)),
    })),
  );
  const videos = found.flatMap(({ video }) => (video ? [video] : []));
  const onlyVideo = found.find(({ video }) => video !== undefined)?.reason;
  if (onlyVideo) return new OnlyVideoError(onlyVideo, () => downloadFromMessage(parts, videos, destination));
  const told = failures.find(({ reason: failure }) => errorCode(failure) !== 'cancelled') ?? failures[0];
  if (told && canBeTranscribed(told.reason)) {
    const untranscribed = failures.filter(({ reason }) => canBeTranscribed(reason));
    return new NoTranscriptError(
      told.reason,
      untranscribed.map(({ item }) => item.botId),
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

/** How a video is looked for. */
export interface VideoSearch {
  /** How long to wait for one that Recall is still making; 0 when left out. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks for videos of what has no MP3. That there was no MP3 is what counts, so a failure here is only logged. */
export async function videoInstead(
  { downloads, log }: Pick<Parts, 'downloads' | 'log'>,
  botId: string,
  missing: readonly MissingMedia[],
  { patienceMs = 0, signal = neverAborted() }: VideoSearch = {},
): Promise<WantedMedia | undefined> {
  try {
    return await downloads.videoInstead(botId, missing, signal, patienceMs);
  } catch (error) {
    log.warn(`[download] ${botId}: its video could not be looked for: ${String(error)}`);
    return undefined;
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
  for (const { sentence, reason } of await downloadAlong(parts, botId, result, signal)) {
    const remedies = transcribeRemedy(reason, [botId]);
    const buttons = remedies.map(({ button }) => button);
    void messages
      .warn(`${botNameFor(parts, botId)}: ${sentence}`, ...buttons)
      .then((pressed) => remedies.find(({ button }) => button === pressed)?.run());
  }
}

function titleOf(parts: Pick<Parts, 'store'>, { kind, botId }: WantedMedia): string {
  return kind.words.of(botNameFor(parts, botId));
}

/**
 * Tells what a download came to, with the buttons to open and reveal it, and to download the video of what has no MP3.
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
  const video = kind.isMain ? await videoInstead(parts, botId, result.missing) : undefined;
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const download = downloadVideoButton();
  const buttons = [open, reveal, ...(video ? [download] : [])];
  const sentence = savedSentence(kind, result);
  const message =
    result.missing.length === 0
      ? messages.info(sentence, ...buttons)
      : messages.warn(joinSentences(sentence, missingSentence(kind, result)), ...buttons);
  const act = async (button: string | undefined): Promise<void> => {
    if (button === open) await openSaved(kind, result.saved);
    else if (button === reveal) await revealFile(first.path);
    else if (button === download && video) await downloadFromMessage(parts, [video], destination);
  };
  void message.then((button) => forPerson('message', () => act(button), parts));
}

function savedSentence({ words }: MediaKind, { saved }: BotDownloadResult): string {
  const [first] = saved;
  const bytes = formatBytes(saved.reduce((sum, { bytes: size }) => sum + size, 0));
  const isAllThere = saved.every(({ outcome }) => outcome === 'alreadyThere');
  if (saved.length === 1 && first) {
    return isAllThere
      ? vscode.l10n.t('{0} is already there.', basename(first.path))
      : vscode.l10n.t('Saved {0} ({1}).', basename(first.path), bytes);
  }
  return isAllThere ? words.alreadyThere(saved.length) : words.saved(saved.length, bytes);
}

function missingSentence({ words }: MediaKind, { missing }: BotDownloadResult): string {
  // A recording may lack several of its parts.
  const recordings = new Set(missing.map(({ recordingId }) => recordingId)).size;
  return words.without(recordings, missing[0]?.reason.message ?? '');
}

/** The URIs of what was saved: of what is written, that of the file by which it is known. */
export function urisOf(result: BotDownloadResult): vscode.Uri[] {
  return result.saved.map(({ path }) => vscode.Uri.file(path));
}
