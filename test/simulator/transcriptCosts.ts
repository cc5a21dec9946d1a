import { recordedSeconds } from './botModel.ts';
import type { BotRegistry } from './botRegistry.ts';
import { isCaptions } from './transcripts.ts';

/** What the paid transcripts come to that somebody asked for. Captions are free, and ready-made ones are a gift. */
export interface TranscriptCosts {
  /** How many were asked for, on sending a bot or afterwards, whatever came of them. */
  readonly ordered: number;
  /** How many of them were done, the deleted ones included; failed ones cost nothing. */
  readonly billed: number;
  /** How long the recordings of the billed ones are, together. */
  readonly billedSeconds: number;
}

/** Adds them up. @param now simulated milliseconds since the epoch */
export function transcriptCosts(registry: BotRegistry, now: number): TranscriptCosts {
  const ordered = registry
    .artifacts('transcript')
    .filter(({ artifact: { transcript } }) => transcript?.ordered === true && !isCaptions(transcript));
  const billed = ordered.filter(({ artifact }) =>
    artifact.statuses.some(({ code, at }) => code === 'done' && at <= now),
  );
  return {
    ordered: ordered.length,
    billed: billed.length,
    billedSeconds: billed.reduce((total, { recording }) => total + recordedSeconds(recording, now), 0),
  };
}
