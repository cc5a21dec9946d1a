import { extname } from 'node:path';
import type { BotRecord } from '../bots/botRecords.ts';
import { savedOf } from '../bots/botRecords.ts';
import { MP3 } from './kinds/mp3.ts';
import { TRANSCRIPT } from './kinds/transcript.ts';

/** What was saved with an MP3, as absolute paths. */
export interface BesideMp3 {
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
  for (const record of records) {
    const mp3 = savedOf(MP3, record).find((saved) => saved.path === path);
    if (!mp3) continue;
    const { recordingId, artifactId, beside = [] } = mp3;
    const part = record.parts.find((one) => one.artifactId === artifactId)?.partNumber ?? 1;
    const transcript = savedOf(TRANSCRIPT, record).find((saved) => saved.recordingId === recordingId);
    return {
      transcript: part === 1 ? transcript?.path : undefined,
      details: beside.find((file) => extname(file) === '.json'),
    };
  }
  return { transcript: undefined, details: undefined };
}
