import { canBeHad, mp3sOf } from './botMp3s.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { standInKinds } from './kinds.ts';
import { isTold } from './mediaReadiness.ts';

/**
 * Whether nothing is lost when a bot's media goes at Recall: of each recording there is the MP3 here, or what stands
 * in for it, and of at least one there is something.
 *
 * @param onDisk those of the saved files that are still there
 * @param now milliseconds since the epoch
 */
export function isWholeCopy(known: KnownBot, onDisk: readonly SavedMedia[], now: number): boolean {
  const { bot, record } = known;
  const standIns = standInKinds();
  const substitutes = standIns.flatMap((kind) => savedOf(kind, record));
  const paths = new Set(onDisk.map(({ path }) => path));
  return (
    onDisk.length > 0 &&
    mp3sOf(known, onDisk).every((mp3) => {
      if (mp3.saved) return true;
      const { recordingId, recording } = mp3;
      const ofRecording = substitutes.filter((saved) => saved.recordingId === recordingId);
      if (ofRecording.length > 0) return ofRecording.every(({ path }) => paths.has(path));
      const isOffered = recording && standIns.some((kind) => isTold(kind, recording, now));
      return !canBeHad(bot, mp3, now) && isOffered !== true;
    })
  );
}
