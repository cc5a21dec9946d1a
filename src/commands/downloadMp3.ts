import { basename } from 'node:path';
import * as vscode from 'vscode';
import { mayHaveMp3 } from '../bots/botDescription.ts';
import { formatPercent, formatRemaining } from '../bots/format.ts';
import type { BotDownloadProgress, BotDownloadResult, DestinationForBot } from '../bots/mediaDownloads.ts';
import { formatBytes } from '../download/errors.ts';
import { withCancellableProgress } from '../host/progress.ts';
import type { ReportProgress } from '../host/progress.ts';
import { messages } from '../host/messages.ts';
import { joinSentences } from '../language/sentences.ts';
import { ensureApiKey } from './apiKeyFlow.ts';
import { botNameFor, botTargets, readBotId } from './botTarget.ts';
import type { Caller } from './caller.ts';
import type { CommandHandler } from './command.ts';
import { openMp3Of, revealFile } from './mp3Files.ts';
import type { Parts } from './parts.ts';

type DownloadParts = Pick<
  Parts,
  'downloads' | 'target' | 'store' | 'list' | 'keys' | 'transport' | 'clock' | 'log'
>;

/** Recall: Download MP3. Answers with the URIs of all MP3s of the bots that are on disk now. */
export function downloadMp3(parts: DownloadParts): CommandHandler<vscode.Uri[]> {
  return (caller) =>
    caller.kind === 'script' ? downloadForScript(parts, caller.argument) : downloadForPerson(parts, caller);
}

/** How a script wants an MP3 downloaded. */
export interface ScriptDownload {
  /** The workspace's own place when left out. */
  readonly destination?: DestinationForBot | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads the MP3s of a bot without a question, and shows nothing.
 *
 * @param botId checked here
 * @throws InvalidArgumentError, NoFolderError, or what the downloads throw
 */
export async function downloadForScript(
  { downloads, target }: Pick<Parts, 'downloads' | 'target'>,
  botId: unknown,
  { destination, signal = neverAborted() }: ScriptDownload = {},
): Promise<vscode.Uri[]> {
  const id = readBotId(botId);
  const place = destination ?? target.withoutAsking();
  return urisOf(await downloads.download(id, place, signal, () => undefined));
}

async function downloadForPerson(parts: DownloadParts, caller: Caller): Promise<vscode.Uri[] | undefined> {
  if (!(await ensureApiKey(parts))) return undefined;
  const botIds = await botTargets(caller, parts, question());
  return botIds && downloadBots(parts, botIds);
}

/**
 * Downloads the MP3s of several bots side by side, for a person: asks where to, shows progress, tells the end.
 *
 * @returns undefined when the person backed out
 */
export async function downloadBots(
  parts: Pick<Parts, 'downloads' | 'store' | 'target'>,
  botIds: readonly string[],
): Promise<vscode.Uri[] | undefined> {
  const destination = await parts.target.ask();
  if (!destination) return undefined;
  const settled = await Promise.allSettled(
    botIds.map((botId) => downloadWithProgress(parts, botId, destination)),
  );
  const failed = settled.find((result) => result.status === 'rejected');
  // One pop-up for all: the others stand in the log and in the tree.
  if (failed) throw failed.reason instanceof Error ? failed.reason : new Error(String(failed.reason));
  return settled.flatMap((result) => (result.status === 'fulfilled' ? urisOf(result.value) : []));
}

/** Downloads a bot's MP3s under a notification with progress, and tells at the end what was saved. */
async function downloadWithProgress(
  parts: Pick<Parts, 'downloads' | 'store'>,
  botId: string,
  destination: DestinationForBot,
): Promise<BotDownloadResult> {
  const title = vscode.l10n.t('MP3 of {0}', botNameFor(parts, botId));
  const result = await withCancellableProgress(title, (report, signal) =>
    parts.downloads.download(botId, destination, signal, (progress) => {
      reportProgress(progress, report);
    }),
  );
  tellSaved(result);
  return result;
}

function reportProgress(progress: BotDownloadProgress, report: ReportProgress): void {
  switch (progress.kind) {
    case 'queued':
      report(vscode.l10n.t('Looking for recordings…'));
      return;
    case 'waitingForRecall':
      report(vscode.l10n.t('Recall is still making the MP3. Waiting for it…'));
      return;
    case 'downloading':
      reportDownload(progress, report);
  }
}

function reportDownload(
  download: Extract<BotDownloadProgress, { kind: 'downloading' }>,
  report: ReportProgress,
): void {
  const { file, files, progress } = download;
  const { receivedBytes, totalBytes } = progress;
  const percent = formatPercent(receivedBytes, totalBytes);
  const received = formatBytes(receivedBytes);
  const remaining =
    progress.kind === 'receiving' && progress.remainingMs !== undefined
      ? vscode.l10n.t('{0} left', formatRemaining(progress.remainingMs))
      : undefined;
  const parts = [
    files > 1 ? vscode.l10n.t('File {0} of {1}', file, files) : undefined,
    percent,
    totalBytes === undefined ? received : vscode.l10n.t('{0} of {1}', received, formatBytes(totalBytes)),
    progress.kind === 'waiting' ? vscode.l10n.t('Connection lost, trying again') : remaining,
  ];
  const share =
    totalBytes === undefined ? undefined : ((file - 1 + receivedBytes / totalBytes) / files) * 100;
  report(parts.filter((part) => part !== undefined).join(' · '), share);
}

/** Tells what a download came to, with the buttons to open and reveal it. Does not wait for an answer. */
export function tellSaved(result: BotDownloadResult): void {
  const [first] = result.saved;
  if (!first) return;
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const sentence = savedSentence(result);
  const message =
    result.missing.length === 0
      ? messages.info(sentence, open, reveal)
      : messages.warn(joinSentences(sentence, missingSentence(result)), open, reveal);
  void message.then(async (button) => {
    if (button === open) await openMp3Of(result.saved);
    else if (button === reveal) await revealFile(first.path);
  });
}

function savedSentence({ saved }: BotDownloadResult): string {
  const [first] = saved;
  const bytes = formatBytes(saved.reduce((sum, { bytes: size }) => sum + size, 0));
  const isAllThere = saved.every(({ outcome }) => outcome === 'alreadyThere');
  if (saved.length === 1 && first) {
    return isAllThere
      ? vscode.l10n.t('{0} is already there.', basename(first.path))
      : vscode.l10n.t('Saved {0} ({1}).', basename(first.path), bytes);
  }
  return isAllThere
    ? vscode.l10n.t('All {0} MP3s are already there.', saved.length)
    : vscode.l10n.t('Saved {0} MP3s ({1}).', saved.length, bytes);
}

function missingSentence({ missing }: BotDownloadResult): string {
  const reason = missing[0]?.message ?? '';
  return missing.length === 1
    ? vscode.l10n.t('One recording has no MP3: {0}', reason)
    : vscode.l10n.t('{0} recordings have no MP3: {1}', missing.length, reason);
}

function question(): Parameters<typeof botTargets>[2] {
  return {
    title: vscode.l10n.t('Download the MP3 of which bot?'),
    placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
    offers: ({ bot }) => mayHaveMp3(bot),
  };
}

function urisOf(result: BotDownloadResult): vscode.Uri[] {
  return result.saved.map(({ path }) => vscode.Uri.file(path));
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
