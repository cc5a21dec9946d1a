import type { Participant, TimedStatus } from './botModel.ts';

/** What an artifact of kind `transcript` has beside its states. */
export interface Transcript {
  /** One key, the provider's name, with what it was told. */
  readonly provider: Readonly<Record<string, unknown>>;
  /** As it was asked for; null if nothing was said. */
  readonly diarization: Readonly<Record<string, unknown>> | null;
  readonly content: TranscriptContent;
  /** Whether somebody asked the simulator for it; one that a ready-made bot came with costs nothing. */
  readonly ordered: boolean;
}

/** What the file holds: turns, any JSON, or sentences made up for the recording when somebody reads them. */
export type TranscriptContent =
  { readonly turns: readonly TranscriptTurn[] } | { readonly json: unknown } | 'madeUp';

/** One part of the file. */
export interface TranscriptTurn {
  /** Null: somebody spoke before the bot came. */
  readonly participant: Participant | null;
  readonly words: readonly TranscriptWord[];
  /** Fields beside those of every part. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A word, or a sentence of captions. Times in seconds from the start of the recording; null is not told. */
export interface TranscriptWord {
  readonly text: string;
  readonly start: number | null;
  readonly end: number | null;
  /** Whether the times are told by the clock as well, where the start of the recording is known. */
  readonly byTheClock: boolean;
}

/** What comes of a transcript that somebody asks for afterwards. */
export interface OrderedTranscript {
  readonly code: string;
  readonly subCode: string | null;
  /** How long it is `processing`, in simulated milliseconds; undefined: as the meeting's script says. */
  readonly afterMs?: number;
  readonly content: TranscriptContent;
}

/** What comes of a transcript. */
export interface TranscriptEnd {
  readonly code: string;
  readonly subCode: string | null;
  /** When it is no longer `processing`, in simulated milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The states of a transcript: `processing`, what comes of it, and `deleted` when its recording expires.
 * @param createdAt and `expiresAt`: simulated milliseconds since the epoch; null: it never expires
 */
export function transcriptStatuses(
  createdAt: number,
  end: TranscriptEnd,
  expiresAt: number | null,
): TimedStatus[] {
  const made: TimedStatus[] = [{ code: 'processing', subCode: null, at: createdAt }, end];
  if (expiresAt === null) return made;
  return [
    ...made.filter(({ at }) => at < expiresAt),
    { code: 'deleted', subCode: null, at: Math.max(createdAt, expiresAt) },
  ];
}

/** Whether it is the platform's captions: whole sentences, at no charge. */
export function isCaptions({ provider }: Pick<Transcript, 'provider'>): boolean {
  return 'meeting_captions' in provider;
}
