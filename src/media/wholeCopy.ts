import { canBeHad, mp3sOf } from './botMp3s.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { hasVideo } from './videoInstead.ts';

/**
 * Whether nothing is lost when a bot's media goes at Recall: of each recording there is the MP3 here, or the video in its
 * place, and of at least one there is something.
 *
 * @param onDisk those of the saved MP3s and videos that are still there
 * @param now milliseconds since the epoch
 */
export function isWholeCopy(known: KnownBot, onDisk: readonly SavedMedia[], now: number): boolean {
  const { bot, record } = known;
  const paths = new Set(onDisk.map(({ path }) => path));
  return (
    onDisk.length > 0 &&
    mp3sOf(known, onDisk).every((mp3) => {
      if (mp3.saved) return true;
      const videos = record.savedVideos.filter(({ recordingId }) => recordingId === mp3.recordingId);
      if (videos.length > 0) return videos.every(({ path }) => paths.has(path));
      return !canBeHad(bot, mp3, now) && !(mp3.recording && hasVideo(mp3.recording, now));
    })
  );
}
