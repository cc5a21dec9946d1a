import { extname } from 'node:path';
import type { BotRecord, SavedMedia } from '../bots/botRecords.ts';
import { savedOf } from '../bots/botRecords.ts';
import { MP3 } from './kinds/mp3.ts';
import { TRANSCRIPT } from './kinds/transcript.ts';

/** What an MP3 is, and what was saved with it, as absolute paths. */
export interface BesideMp3 {
  /** The item of Recall's that it holds, which stays the same whatever the file is called. */
  readonly artifactId: string | undefined;
  /** How long it was when it was saved. */
  readonly bytes: number | undefined;
  readonly transcript: string | undefined;
  readonly details: string | undefined;
}

/**
 * What was saved with an MP3, as far as records tell, whatever it had to be called. A transcript begins with its recording,
 * so it belongs to the first part of that only.
 *
 * @param path of the MP3
 */
export function savedBeside(records: readonly BotRecord[], path: string): BesideMp3 {
  const found = findMp3(records, path);
  if (!found) return { artifactId: undefined, bytes: undefined, transcript: undefined, details: undefined };
  const { record, mp3 } = found;
  const { recordingId, artifactId, bytes, beside = [] } = mp3;
  const transcript = savedOf(TRANSCRIPT, record).find((saved) => saved.recordingId === recordingId);
  return {
    ...{ artifactId, bytes },
    transcript: isFirstPart(record, mp3) ? transcript?.path : undefined,
    details: beside.find((file) => extname(file) === '.json'),
  };
}

/** Whether an MP3 begins with its recording, as what is told of times in that does. */
export function isFirstPart(
  { parts }: Pick<BotRecord, 'parts'>,
  { artifactId }: Pick<SavedMedia, 'artifactId'>,
): boolean {
  return (parts.find((part) => part.artifactId === artifactId)?.partNumber ?? 1) === 1;
}

/** The MP3 that was saved at a path, and the record that tells of it; undefined when none does. */
export function findMp3(
  records: readonly BotRecord[],
  path: string,
): { readonly record: BotRecord; readonly mp3: SavedMedia } | undefined {
  for (const record of records) {
    const mp3 = savedOf(MP3, record).find((saved) => saved.path === path);
    if (mp3) return { record, mp3 };
  }
  return undefined;
}
