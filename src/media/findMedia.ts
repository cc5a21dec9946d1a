import type { Clock } from '../network/clock.ts';
import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { recallErrorCode } from '../recall/errors.ts';
import { recordingsInOrder } from './botMp3s.ts';
import { NoMediaError, reasonToTell } from './mediaErrors.ts';
import { hasFormatOf, shortcutOf } from './kinds.ts';
import type { MediaKind } from './kinds/kind.ts';
import {
  isRecorded,
  judgeItem,
  judgeMissingItem,
  judgeNoRecordings,
  judgeNotOver,
  newestUsable,
  stillProcessing,
} from './mediaReadiness.ts';
import type { MediaVerdict } from './mediaReadiness.ts';

/** Which media of a bot are wanted. */
export interface WantedMedia {
  readonly kind: MediaKind;
  readonly botId: string;
  /** Those of these recordings only; of all when left out. */
  readonly recordingIds?: readonly string[] | undefined;
}

/** One file of a bot that can be downloaded now. */
export interface ReadyMedia {
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

/** A recording, or a part of one, without the wanted media. */
export interface MissingMedia {
  /** Undefined when it is not about one of the bot's recordings. */
  readonly recordingId: string | undefined;
  readonly reason: NoMediaError;
}

/** A bot's media of one kind, oldest first, and why other recordings or parts have none. */
export interface FoundMedia {
  readonly bot: Bot;
  readonly ready: readonly ReadyMedia[];
  readonly missing: readonly MissingMedia[];
}

/** What the search works with. */
export interface FindMediaCollaborators {
  readonly client: Pick<RecallClient, 'getBot' | 'listMedia' | 'getMediaItem'>;
  readonly clock: Clock;
}

const FIRST_LOOK_AFTER_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;
// Processing usually takes seconds; what takes longer than this is better asked for again another day.
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * Finds all media of a bot that are of one kind: every recording, every page of its list. Waits while Recall is still making
 * them.
 *
 * @param onWaiting told once when the first wait begins
 * @throws NoMediaError when there is nothing to download, RecallError when the API could not be asked
 */
export async function findMedia(
  { client, clock }: FindMediaCollaborators,
  wanted: WantedMedia,
  onWaiting: () => void,
  signal: AbortSignal,
): Promise<FoundMedia> {
  const startedAt = clock.now();
  let pauseMs = FIRST_LOOK_AFTER_MS;
  for (let round = 0; ; round++) {
    const look = await lookAt(client, clock, wanted, signal);
    if (look.ready.length + look.missing.length > 0 && look.waiting.size === 0) return concluded(look);
    if (clock.now() - startedAt > LONGEST_WAIT_MS) return concluded(givenUp(wanted.kind, look));
    if (round === 0) onWaiting();
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}

/** What is ready is not held back by what may never be. */
function givenUp(kind: MediaKind, look: Look): Look {
  const waiting = [...look.waiting].map((recordingId) => ({ recordingId, reason: stillProcessing(kind) }));
  return { ...look, missing: [...waiting, ...look.missing] };
}

interface Look extends FoundMedia {
  /** The recordings that Recall still makes something of. */
  readonly waiting: ReadonlySet<string | undefined>;
}

async function lookAt(
  client: FindMediaCollaborators['client'],
  clock: Clock,
  { kind, botId, recordingIds }: WantedMedia,
  signal: AbortSignal,
): Promise<Look> {
  const bot = await client.getBot(botId, signal);
  if (bot.recordings.length === 0) return lookFrom(bot, [{ verdict: judgeNoRecordings(kind, bot) }]);
  const recordings = recordingsInOrder(bot);
  const judged = await Promise.all<Judged[]>(
    recordings.map(async (recording, index) => {
      if (recordingIds && !recordingIds.includes(recording.id)) return [];
      if (!isRecorded(bot, recording)) return [{ recording, verdict: judgeNotOver(kind) }];
      const items = await itemsOf(client, kind, recording, signal);
      if (items.length === 0)
        return [{ recording, verdict: judgeMissingItem(kind, bot, recording, clock.now()) }];
      return judgeItems(kind, recording, index + 1, recordings.length, items, clock.now());
    }),
  );
  const concerned = judged.flat();
  return lookFrom(bot, concerned.length > 0 ? concerned : [{ verdict: { kind: 'none', error: gone(kind) } }]);
}

interface Judged {
  readonly recording?: Recording;
  readonly verdict: MediaVerdict;
  readonly media?: ReadyMedia;
}

function judgeItems(
  kind: MediaKind,
  recording: Recording,
  recordingNumber: number,
  recordingCount: number,
  items: readonly MediaItem[],
  now: number,
): Judged[] {
  return items.map((item, index) => ({
    recording,
    verdict: judgeItem(kind, item, recording, now),
    media: {
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
    ready: judged.flatMap(({ verdict, media }) => (verdict.kind === 'ready' && media ? [media] : [])),
    missing: judged.flatMap(({ verdict, recording }) =>
      verdict.kind === 'none' ? [{ recordingId: recording?.id, reason: verdict.error }] : [],
    ),
    waiting: new Set(
      judged.flatMap(({ verdict, recording }) => (verdict.kind === 'wait' ? [recording?.id] : [])),
    ),
  };
}

function concluded(look: Look): FoundMedia {
  const told = reasonToTell(look.missing.map(({ reason }) => reason));
  if (look.ready.length === 0 && told) throw told;
  return { bot: look.bot, ready: look.ready, missing: look.missing };
}

/**
 * The media of a recording of one kind: the items of every page, and the shortcut's where the list does not have it,
 * oldest first; without other formats, such as raw audio, where there is an MP3 or MP4, and of several tries the one that
 * counts. Throws what the client throws.
 */
export async function itemsOf(
  client: Pick<RecallClient, 'listMedia'>,
  kind: MediaKind,
  recording: Recording,
  signal: AbortSignal,
): Promise<MediaItem[]> {
  const shortcut = shortcutOf(kind, recording);
  const listed = await listedItems(client, kind, recording, signal);
  const items = shortcut && !listed.some((item) => item.id === shortcut.id) ? [...listed, shortcut] : listed;
  const wanted = items.filter((item) => hasFormatOf(kind, item));
  // Raw audio beside an MP3 is of no interest; alone it is the reason why there is no MP3.
  const ordered = (wanted.length > 0 ? wanted : items).toSorted(
    (a, b) => timeOf(a.createdAt) - timeOf(b.createdAt),
  );
  if (kind.several === 'parts') return ordered;
  const best = newestUsable(ordered) ?? ordered.at(-1);
  return best ? [best] : [];
}

async function listedItems(
  client: Pick<RecallClient, 'listMedia'>,
  kind: MediaKind,
  recording: Recording,
  signal: AbortSignal,
): Promise<MediaItem[]> {
  try {
    return await client.listMedia(kind.word, recording.id, signal);
  } catch (error) {
    // An API without this list can still have told the item in the bot itself.
    if (recallErrorCode(error) === 'notFound' && shortcutOf(kind, recording)) return [];
    throw error;
  }
}

/**
 * A newly signed URL of a bot's item: from the item itself, or from the bot's answer where the item cannot be asked for.
 *
 * @throws NoMediaError `deleted` when there is none any more, RecallError when the API could not be asked
 */
export async function freshMediaUrl(
  client: FindMediaCollaborators['client'],
  { kind, botId }: WantedMedia,
  artifactId: string,
  signal: AbortSignal,
): Promise<string> {
  const item = await itemIfThere(client, kind, artifactId, signal);
  const url = item ? item.downloadUrl : await shortcutUrl(client, kind, botId, artifactId, signal);
  if (url === undefined) throw gone(kind);
  return url;
}

function gone({ words }: MediaKind): NoMediaError {
  return new NoMediaError('deleted', words.gone());
}

/** One item of a kind; undefined when Recall does not have it. Throws what the client throws. */
export async function itemIfThere(
  client: Pick<RecallClient, 'getMediaItem'>,
  kind: MediaKind,
  artifactId: string,
  signal: AbortSignal,
): Promise<MediaItem | undefined> {
  try {
    return await client.getMediaItem(kind.word, artifactId, signal);
  } catch (error) {
    if (recallErrorCode(error) === 'notFound') return undefined;
    throw error;
  }
}

async function shortcutUrl(
  client: FindMediaCollaborators['client'],
  kind: MediaKind,
  botId: string,
  artifactId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const bot = await client.getBot(botId, signal);
  const shortcuts = bot.recordings.map((recording) => shortcutOf(kind, recording));
  return shortcuts.find((item) => item?.id === artifactId)?.downloadUrl;
}
