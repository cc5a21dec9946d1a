import * as vscode from 'vscode';
import type { SavedMedia } from '../../bots/botRecords.ts';
import { settings } from '../../host/settings.ts';
import type { WantedMedia } from '../../media/findMedia.ts';
import { alongKinds } from '../../media/kinds.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import type { BotDownloadResult } from '../../media/mediaDownloads.ts';
import { inFolderOf } from '../../host/workspaceTarget.ts';
import type { Parts } from '../calling/parts.ts';
import { errorCode, errorSentence } from '../calling/showError.ts';

/** Why something that goes along could not be had. */
export interface AlongProblem {
  /** For the user. */
  readonly sentence: string;
  readonly reason: unknown;
  /** Of what kind it is; undefined of the details. */
  readonly kind: MediaKind | undefined;
}

/** What saving along works with. */
export type AlongParts = Pick<Parts, 'downloads' | 'store' | 'details' | 'onDisk'>;

/**
 * Saves beside a bot's MP3s what else it was asked for when it was sent, such as the transcript; waits while Recall is
 * still making that, and for the end of outages. Never throws.
 *
 * @param saved the MP3s
 * @returns what could not be had
 */
export async function downloadAlong(
  parts: AlongParts,
  botId: string,
  { saved }: BotDownloadResult,
  signal: AbortSignal,
): Promise<AlongProblem[]> {
  const bot = parts.store.get(botId)?.bot;
  const [first] = saved;
  if (!bot || !first) return [];
  const recordingIds = [...new Set(saved.map(({ recordingId }) => recordingId))];
  const problems = await Promise.all([
    ...alongKinds(bot).map((kind) => problemWith(parts, { kind, botId, recordingIds }, first.path, signal)),
    problemWithDetails(parts, botId, saved, signal),
  ]);
  return problems.filter((problem) => problem !== undefined);
}

/** The details are written where the settings of the MP3's folder say so. */
async function problemWithDetails(
  { details, onDisk }: AlongParts,
  botId: string,
  saved: readonly SavedMedia[],
  signal: AbortSignal,
): Promise<AlongProblem | undefined> {
  const wanted = saved.filter(({ path }) => settings.saveDetails(vscode.Uri.file(path)));
  if (wanted.length === 0) return undefined;
  try {
    await details.write(botId, await onDisk(wanted), signal);
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown, kind?: MediaKind): AlongProblem | undefined {
  return errorCode(error) === 'cancelled'
    ? undefined
    : { sentence: errorSentence(error), reason: error, kind };
}

async function problemWith(
  { downloads }: AlongParts,
  wanted: WantedMedia,
  mp3Path: string,
  signal: AbortSignal,
): Promise<AlongProblem | undefined> {
  try {
    const manner = { signal, outage: 'sitOut' } as const;
    const { missing } = await downloads.download(wanted, inFolderOf(mp3Path), manner);
    const [first] = missing;
    if (!first) return undefined;
    const sentence = wanted.kind.words.without(missing.length, first.reason.message);
    return { sentence, reason: first.reason, kind: wanted.kind };
  } catch (error) {
    return problemOf(error, wanted.kind);
  }
}
