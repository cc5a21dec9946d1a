import * as v from 'valibot';
import * as vscode from 'vscode';
import { isOver } from '../../bots/botStore.ts';
import { savedOf } from '../../bots/botRecords.ts';
import { messages } from '../../host/messages.ts';
import { withCancellableProgress } from '../../host/progress.ts';
import { inFolderOf } from '../../host/workspaceTarget.ts';
import { formatDuration } from '../../language/duration.ts';
import { formatFirst } from '../../language/formats.ts';
import { decidedDestination } from '../../media/destination.ts';
import type { DestinationForBot } from '../../media/destination.ts';
import type { WantedMedia } from '../../media/findMedia.ts';
import { MP3 } from '../../media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../media/kinds/transcript.ts';
import { transcribableRecordings, transcribe } from '../../media/transcription.ts';
import { neverAborted } from '../../network/abort.ts';
import { recordedMs } from '../../recall/bot.ts';
import type { Recording } from '../../recall/bot.ts';
import { ensureApiKey } from '../account/apiKeyFlow.ts';
import { namingBots, settleEach } from '../calling/botAction.ts';
import { botNameFor, botTargets, readBotId } from '../calling/botTarget.ts';
import type { Caller } from '../calling/caller.ts';
import { recordingsMeant } from '../calling/caller.ts';
import { readScriptArgument } from '../calling/scriptArgument.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { downloadWithProgress } from '../downloading/botDownloads.ts';
import { urisOf } from '../downloading/scriptDownload.ts';
import type { DownloadParts } from './downloadMedia.ts';

/** What having recordings transcribed works with. */
export type TranscribeParts = DownloadParts & Pick<Parts, 'client' | 'records' | 'onDisk'>;

/** What of a bot is to be transcribed. */
interface Untranscribed {
  readonly wanted: WantedMedia;
  /** Those without a transcript, which cost something; the others are only saved. */
  readonly toOrder: readonly Recording[];
}

const MOST_NAMES = 10;

/**
 * Recall: Transcribe…. It costs money, so that a person is asked each time, and a script has to say that somebody was.
 * Answers with the URIs of the transcripts.
 */
export function transcribeBots(parts: TranscribeParts): CommandHandler<vscode.Uri[]> {
  return (caller) =>
    caller.kind === 'script'
      ? transcribeForScript(parts, caller.argument)
      : transcribeForPerson(parts, caller);
}

const scriptArgument = v.object({ botId: v.string(), confirmed: v.literal(true) });

async function transcribeForScript(parts: TranscribeParts, argument: unknown): Promise<vscode.Uri[]> {
  const needed = vscode.l10n.t(
    'The argument has to be an object with botId, and with confirmed: true, since transcription costs money.',
  );
  const botId = readBotId(readScriptArgument(scriptArgument, argument, needed).botId);
  const { wanted, toOrder } = await untranscribed(parts, botId, []);
  const destination = (await besideMp3(parts, botId)) ?? parts.target.withoutAsking();
  const signal = neverAborted();
  for (const { id } of toOrder) await transcribe(parts, id, signal);
  return urisOf(await parts.downloads.download(wanted, destination, { signal, outage: 'tell' }));
}

async function transcribeForPerson(
  parts: TranscribeParts,
  caller: Caller,
): Promise<vscode.Uri[] | undefined> {
  if (!(await ensureApiKey(parts))) return undefined;
  const botIds = await botTargets(caller, parts, {
    title: vscode.l10n.t('Transcribe the recording of which bot?'),
    offers: ({ bot }) => isOver(bot) && transcribableRecordings(bot, parts.clock.now()).length > 0,
  });
  if (!botIds) return undefined;
  const all = await Promise.all(
    botIds.map((botId) =>
      untranscribed(
        parts,
        botId,
        recordingsMeant(caller, botId).map(({ recordingId }) => recordingId),
      ),
    ),
  );
  if (!(await isPaymentFine(parts, all))) return undefined;
  const destinations = await destinationsFor(parts, botIds);
  if (!destinations) return undefined;
  const { results, failures } = await settleEach(all, (one) =>
    orderAndSave(parts, one, destinations(one.wanted.botId)),
  );
  const [first] = failures;
  if (!first) return results.flat();
  const names = failures.map(({ item }) => botNameFor(parts, item.wanted.botId));
  throw botIds.length > 1 ? namingBots(first.reason, names) : first.reason;
}

/** @param recordingIds of which recordings; of all when empty */
async function untranscribed(
  { client, store, clock }: TranscribeParts,
  botId: string,
  recordingIds: readonly string[],
): Promise<Untranscribed> {
  const bot = await client.getBot(botId);
  store.put([bot]);
  const isMeant = ({ id }: Recording): boolean => recordingIds.length === 0 || recordingIds.includes(id);
  return {
    wanted: { kind: TRANSCRIPT, botId, ...(recordingIds.length > 0 && { recordingIds }) },
    toOrder: transcribableRecordings(bot, clock.now()).filter(isMeant),
  };
}

/** Asks once, about everything that would have to be paid for. What is there already is not asked about. */
async function isPaymentFine(parts: TranscribeParts, all: readonly Untranscribed[]): Promise<boolean> {
  const toPay = all.filter(({ toOrder }) => toOrder.length > 0);
  const [first] = toPay;
  if (!first) return true;
  const recordings = toPay.flatMap(({ toOrder }) => toOrder);
  const names = toPay.map(({ wanted }) => botNameFor(parts, wanted.botId));
  const question =
    toPay.length === 1
      ? vscode.l10n.t('Transcribe “{0}” ({1})?', names[0] ?? '', lengthOf(recordings))
      : vscode.l10n.t('Transcribe the recordings of {0} meetings ({1})?', toPay.length, lengthOf(recordings));
  const price = vscode.l10n.t('Recall bills transcription by the hour of recording.');
  const detail = toPay.length === 1 ? price : `${formatFirst(names, MOST_NAMES)}\n\n${price}`;
  const button = vscode.l10n.t('Transcribe');
  return (await messages.askAbout(question, detail, button)) === button;
}

/** How long they are together, as far as that is known. */
function lengthOf(recordings: readonly Recording[]): string {
  const lengths = recordings.map(recordedMs);
  const known = lengths.filter((length) => length !== undefined);
  if (known.length === 0) return vscode.l10n.t('length not known');
  const sum = formatDuration(known.reduce((total, length) => total + length, 0));
  return known.length === lengths.length ? sum : vscode.l10n.t('at least {0}', sum);
}

/** Beside the MP3s that are on disk; for all others the person is asked before anything is paid for. */
async function destinationsFor(
  parts: TranscribeParts,
  botIds: readonly string[],
): Promise<((botId: string) => DestinationForBot) | undefined> {
  const beside = new Map<string, DestinationForBot>();
  for (const botId of botIds) {
    const destination = await besideMp3(parts, botId);
    if (destination) beside.set(botId, destination);
  }
  const others = botIds.filter((botId) => !beside.has(botId));
  const asked = others.length > 0 ? await parts.target.ask(others.length) : undefined;
  if (others.length > 0 && !asked) return undefined;
  return (botId) => beside.get(botId) ?? asked ?? parts.target.withoutAsking();
}

async function besideMp3(
  { records, onDisk }: Pick<Parts, 'records' | 'onDisk'>,
  botId: string,
): Promise<DestinationForBot | undefined> {
  const [mp3] = await onDisk(savedOf(MP3, await records().get(botId)));
  return mp3 && inFolderOf(mp3.path);
}

/**
 * The place is decided before anything is paid for, so that no question waits for the end, and the next window can go on.
 * Waiting can be cancelled; Recall makes the transcript all the same, and Download Transcript gets it later.
 */
async function orderAndSave(
  parts: TranscribeParts,
  { wanted, toOrder }: Untranscribed,
  destination: DestinationForBot,
): Promise<vscode.Uri[]> {
  const place = decidedDestination(await parts.downloads.decide(wanted, destination));
  if (toOrder.length > 0) {
    const title = vscode.l10n.t('Having {0} transcribed', botNameFor(parts, wanted.botId));
    await withCancellableProgress(title, async (_report, signal) => {
      for (const { id } of toOrder) await transcribe(parts, id, signal);
    });
  }
  const shown = { place: 'notification', outage: 'sitOut' } as const;
  return urisOf(await downloadWithProgress(parts, wanted, place, shown));
}
