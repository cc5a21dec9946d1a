import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { BotRecord, SavedMedia } from '../bots/botRecords.ts';
import { newestStatus } from '../bots/botStore.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { hasFormatOf, mp3Of, wasAskedFor } from './kinds.ts';
import { MP3 } from './kinds/mp3.ts';
import { isExpired } from './mediaReadiness.ts';

/** One MP3 that a bot has, had or may get, as far as is known here: a recording, or a part of one. */
export interface BotMp3 {
  readonly recordingId: string;
  /** Undefined when Recall does not tell of it any more. */
  readonly recording: Recording | undefined;
  /** 1 for the bot's first recording. */
  readonly recordingNumber: number;
  /** 1 for the recording's first part. */
  readonly partNumber: number;
  /** Whether its recording has other parts. */
  readonly isPart: boolean;
  /** Undefined while Recall has told of none. */
  readonly artifactId: string | undefined;
  /** The file, when it is on this computer. */
  readonly saved: SavedMedia | undefined;
}

/** How many of a bot's MP3s are on this computer, of all that are there or can still be had. */
export interface SavedShare {
  readonly saved: number;
  readonly total: number;
}

const LOST_STATUSES: readonly (string | undefined)[] = ['failed', 'deleted'];

/** The bot's recordings, oldest first: the order in which they are numbered everywhere. */
export function recordingsInOrder({ recordings }: Pick<Bot, 'recordings'>): Recording[] {
  const begin = (recording: Recording): number => timeOf(recording.startedAt ?? recording.createdAt);
  return recordings.toSorted((a, b) => begin(a) - begin(b));
}

/**
 * The bot's MP3s in order, at least one for each recording. Recall tells one MP3 with a recording; further parts are
 * known from what was found and saved on downloading, and so are recordings that are gone from Recall.
 *
 * @param onDisk those of the saved MP3s that count as being there
 */
export function mp3sOf({ bot, record }: KnownBot, onDisk: readonly SavedMedia[]): BotMp3[] {
  const recordings = recordingsInOrder(bot);
  const told = recordings.map(({ id }) => id);
  const recordingIds = new Set([...told, ...savedOf(MP3, record).map(({ recordingId }) => recordingId)]);
  return [...recordingIds].flatMap((recordingId, index) => {
    const recording = recordings[index];
    const parts = partsOf(recordingId, recording && mp3Of(recording), record);
    return parts.map(({ artifactId, partNumber }) => ({
      recordingId,
      recording,
      recordingNumber: index + 1,
      partNumber,
      isPart: parts.length > 1,
      artifactId,
      saved: onDisk.find((mp3) => mp3.recordingId === recordingId && mp3.artifactId === artifactId),
    }));
  });
}

/** Whether the MP3 can be downloaded, or may be made yet. @param now ms since the epoch */
export function canBeHad(bot: Bot, { recording, artifactId }: BotMp3, now: number): boolean {
  if (!recording || newestStatus(bot) === 'media_expired' || isExpired(recording, now)) return false;
  if (LOST_STATUSES.includes(recording.status?.code)) return false;
  const told = mp3Of(recording);
  if (artifactId === undefined) return wasAskedFor(MP3, bot) !== false;
  return artifactId !== told?.id || hasMp3(told);
}

/** How many of the MP3s are on this computer. A bot is saved when that is all of them, and at least one. */
export function savedShare(bot: Bot, mp3s: readonly BotMp3[], now: number): SavedShare {
  const saved = mp3s.filter((mp3) => mp3.saved !== undefined).length;
  const missing = mp3s.filter((mp3) => mp3.saved === undefined && canBeHad(bot, mp3, now)).length;
  return { saved, total: saved + missing };
}

/** Whether every MP3 that is there or can still be had is on this computer, and at least one is. */
export function isAllSaved({ saved, total }: SavedShare): boolean {
  return saved > 0 && saved === total;
}

interface Part {
  readonly artifactId: string | undefined;
  readonly partNumber: number;
}

function partsOf(recordingId: string, told: MediaItem | undefined, record: BotRecord): Part[] {
  const found = record.parts
    .filter((part) => part.recordingId === recordingId)
    .toSorted((a, b) => a.partNumber - b.partNumber);
  const saved = savedOf(MP3, record).filter((mp3) => mp3.recordingId === recordingId);
  const known = [...found, ...saved].map(({ artifactId }) => artifactId);
  // Beside an MP3, audio that is none is no part of the recording.
  const isShown = told !== undefined && (known.length === 0 || hasMp3(told));
  const artifactIds = [...new Set(isShown ? [...known, told.id] : known)];
  if (artifactIds.length === 0) return [{ artifactId: undefined, partNumber: 1 }];
  let last = 0;
  return artifactIds.map((artifactId) => {
    last = found.find((part) => part.artifactId === artifactId)?.partNumber ?? last + 1;
    return { artifactId, partNumber: last };
  });
}

function hasMp3(item: MediaItem): boolean {
  return !LOST_STATUSES.includes(item.status?.code) && hasFormatOf(MP3, item);
}
