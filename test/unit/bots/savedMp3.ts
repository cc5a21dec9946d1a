import type { SavedMedia } from '../../../src/bots/botRecords.ts';

/** The saved MP3 of the recording with this number in `botAnswer`; a further part of it with an id of its own. */
export function savedMp3(number: number, artifactId = `audio-${number}`): SavedMedia {
  return { recordingId: `recording-${number}`, artifactId, path: `/recordings/${artifactId}.mp3`, bytes: 1 };
}
