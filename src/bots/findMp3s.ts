import * as l10n from '@vscode/l10n';
import type { Clock } from '../network/clock.ts';
import type { Bot, MixedMedia, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { recallErrorCode } from '../recall/errors.ts';
import { recordingsInOrder } from './botMp3s.ts';
import { NoMp3Error } from './mp3Errors.ts';
import {
  isStillRecorded,
  judgeItem,
  judgeMissingItem,
  judgeNoRecordings,
  judgeNotOver,
} from './mp3Readiness.ts';
import type { Mp3Verdict } from './mp3Readiness.ts';

/** One MP3 of a bot that can be downloaded now. */
export interface ReadyMp3 {
  readonly recording: Recording;
  readonly artifactId: string;
  /** 1 for the bot's first recording. */
  readonly recordingNumber: number;
  /** How many recordings the bot has. */
  readonly recordingCount: number;
  /** 1 for the recording's first part. */
  readonly partNumber: number;
  /** How many parts the recording has. */
  readonly partCount: number;
}

/** A bot's MP3s, oldest first, and why other recordings or parts have none. */
export interface FoundMp3s {
  readonly bot: Bot;
  readonly ready: readonly ReadyMp3[];
  readonly missing: readonly NoMp3Error[];
}

/** What the search works with. */
export interface FindMp3sCollaborators {
  readonly client: Pick<RecallClient, 'getBot' | 'listMixedMedia' | 'getMixedMedia'>;
  readonly clock: Clock;
}

const FIRST_LOOK_AFTER_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;
// Processing usually takes seconds; what takes longer than this is better asked for again another day.
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * Finds all MP3s of a bot: every recording, every page of its mixed audio. Waits while Recall is still making them.
 *
 * @param onWaiting told once when the first wait begins
 * @throws NoMp3Error when there is nothing to download, RecallError when the API could not be asked
 */
export async function findMp3s(
  { client, clock }: FindMp3sCollaborators,
  botId: string,
  onWaiting: () => void,
  signal: AbortSignal,
): Promise<FoundMp3s> {
  const startedAt = clock.now();
  let pauseMs = FIRST_LOOK_AFTER_MS;
  for (let round = 0; ; round++) {
    const look = await lookAt(client, clock, botId, signal);
    if (look.ready.length + look.missing.length > 0 && !look.mustWait) return concluded(look);
    if (clock.now() - startedAt > LONGEST_WAIT_MS) return concluded(givenUp(look));
    if (round === 0) onWaiting();
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}

/** What is ready is not held back by what may never be. */
function givenUp(look: Look): Look {
  return { ...look, missing: [stillProcessing(), ...look.missing] };
}

interface Look extends FoundMp3s {
  readonly mustWait: boolean;
}

async function lookAt(
  client: FindMp3sCollaborators['client'],
  clock: Clock,
  botId: string,
  signal: AbortSignal,
): Promise<Look> {
  const bot = await client.getBot(botId, signal);
  if (bot.recordings.length === 0) return lookFrom(bot, [{ verdict: judgeNoRecordings(bot) }]);
  const recordings = recordingsInOrder(bot);
  const judged = await Promise.all(
    recordings.map(async (recording, index) => {
      if (isStillRecorded(bot, recording)) return [{ verdict: judgeNotOver() }];
      const items = await audioItems(client, recording, signal);
      if (items.length === 0) return [{ verdict: judgeMissingItem(bot, recording, clock.now()) }];
      return judgeItems(recording, index + 1, recordings.length, items, clock.now());
    }),
  );
  return lookFrom(bot, judged.flat());
}

interface Judged {
  readonly verdict: Mp3Verdict;
  readonly mp3?: ReadyMp3;
}

function judgeItems(
  recording: Recording,
  recordingNumber: number,
  recordingCount: number,
  items: readonly MixedMedia[],
  now: number,
): Judged[] {
  return items.map((item, index) => ({
    verdict: judgeItem(item, recording, now),
    mp3: {
      recording,
      artifactId: item.id,
      recordingNumber,
      recordingCount,
      partNumber: index + 1,
      partCount: items.length,
    },
  }));
}

function lookFrom(bot: Bot, judged: readonly Judged[]): Look {
  return {
    bot,
    ready: judged.flatMap(({ verdict, mp3 }) => (verdict.kind === 'ready' && mp3 ? [mp3] : [])),
    missing: judged.flatMap(({ verdict }) => (verdict.kind === 'none' ? [verdict.error] : [])),
    mustWait: judged.some(({ verdict }) => verdict.kind === 'wait'),
  };
}

function concluded(look: Look): FoundMp3s {
  const [firstReason] = look.missing;
  if (look.ready.length === 0 && firstReason) throw firstReason;
  return { bot: look.bot, ready: look.ready, missing: look.missing };
}

/**
 * The mixed audio of a recording: the items of every page, and the shortcut's where the list does not have it, oldest
 * first; without raw audio where there is an MP3. Throws what the client throws.
 */
export async function audioItems(
  client: Pick<RecallClient, 'listMixedMedia'>,
  recording: Recording,
  signal: AbortSignal,
): Promise<MixedMedia[]> {
  const shortcut = recording.audioMixed;
  const listed = await listedItems(client, recording, signal);
  const items = shortcut && !listed.some((item) => item.id === shortcut.id) ? [...listed, shortcut] : listed;
  const mp3s = items.filter((item) => item.format === undefined || item.format === 'mp3');
  // Raw audio beside an MP3 is of no interest; alone it is the reason why there is no MP3.
  return (mp3s.length > 0 ? mp3s : items).toSorted((a, b) => timeOf(a.createdAt) - timeOf(b.createdAt));
}

async function listedItems(
  client: Pick<RecallClient, 'listMixedMedia'>,
  recording: Recording,
  signal: AbortSignal,
): Promise<MixedMedia[]> {
  try {
    return await client.listMixedMedia('audio_mixed', recording.id, signal);
  } catch (error) {
    // An API without this list can still have told the item in the bot itself.
    if (recallErrorCode(error) === 'notFound' && recording.audioMixed) return [];
    throw error;
  }
}

/**
 * A newly signed URL of an MP3: from the item itself, or from the bot's answer where the item cannot be asked for.
 *
 * @throws NoMp3Error `deleted` when there is none any more, RecallError when the API could not be asked
 */
export async function freshMp3Url(
  client: FindMp3sCollaborators['client'],
  botId: string,
  artifactId: string,
  signal: AbortSignal,
): Promise<string> {
  const item = await itemOrUndefined(client, artifactId, signal);
  const url = item ? item.downloadUrl : await shortcutUrl(client, botId, artifactId, signal);
  if (url === undefined) {
    throw new NoMp3Error(
      'deleted',
      l10n.t('Recall no longer offers this MP3. It may have been deleted, or have expired.'),
    );
  }
  return url;
}

async function itemOrUndefined(
  client: FindMp3sCollaborators['client'],
  artifactId: string,
  signal: AbortSignal,
): Promise<MixedMedia | undefined> {
  try {
    return await client.getMixedMedia('audio_mixed', artifactId, signal);
  } catch (error) {
    if (recallErrorCode(error) === 'notFound') return undefined;
    throw error;
  }
}

async function shortcutUrl(
  client: FindMp3sCollaborators['client'],
  botId: string,
  artifactId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const bot = await client.getBot(botId, signal);
  return bot.recordings.find((recording) => recording.audioMixed?.id === artifactId)?.audioMixed?.downloadUrl;
}

/** The verdict on an MP3 that takes too long. */
export function stillProcessing(): NoMp3Error {
  return new NoMp3Error(
    'stillProcessing',
    l10n.t('Recall is still making the MP3 after an hour. Try again later.'),
  );
}
