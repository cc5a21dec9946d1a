/** A transcript of a ready-made recording. */
export type TranscriptSpec = TranscriptStateSpec & TranscriptContentSpec;

/** A transcript that somebody asks for later with `create_transcript`: what will come of it. */
export type OrderedTranscriptSpec = {
  /** `done` if left out, else for example `failed`, or `processing` if nothing ever comes. */
  readonly status?: string;
  readonly subCode?: string | null;
  /** How long it is `processing`, in simulated milliseconds; as the meeting's script says if left out. */
  readonly afterMs?: number;
} & TranscriptContentSpec;

/** All that a ready-made transcript is beside its content. */
export interface TranscriptStateSpec {
  readonly id?: string;
  /**
   * As answers show it: an object with one key, the provider's name. With `meeting_captions` made-up content is
   * in sentences, with any other in words. If left out, what the bot was asked for, else `recallai_async`.
   */
  readonly provider?: Readonly<Record<string, unknown>>;
  /** Null if left out. */
  readonly diarization?: Readonly<Record<string, unknown>> | null;
  /** If left out, `done` when the call is over, else `processing`; `deleted` with its recording. */
  readonly status?: string;
  readonly subCode?: string | null;
  /** ISO 8601; if left out, with the recording's start, or for `recallai_async` when the call is over. */
  readonly createdAt?: string;
  /** ISO 8601: when it is what `status` says, and `processing` is over; when the call is over if left out. */
  readonly readyAt?: string;
  /** Whether answers hold a `download_url`; if left out, they do once it is done. */
  readonly url?: 'present' | 'null';
  /** Fields that replace those of the answer. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** The file: turns in the order given, or any JSON; if left out, sentences that fill the recording. */
export type TranscriptContentSpec =
  | { readonly turns?: readonly TranscriptTurnSpec[]; readonly json?: never }
  | { readonly json: unknown; readonly turns?: never };

/** One part of a transcript. */
export interface TranscriptTurnSpec {
  /** Null: somebody spoke before the bot came. */
  readonly speaker: TranscriptSpeakerSpec | null;
  readonly words: readonly TranscriptWordSpec[];
  /** Fields beside `participant` and `words`, for example `language_code`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Who says a part. */
export interface TranscriptSpeakerSpec {
  /** Distinct within a recording only; made-up participants count from 100. */
  readonly id: number;
  /** Null if the platform tells none. */
  readonly name: string | null;
  /** Not if left out; null if the platform does not tell. */
  readonly isHost?: boolean | null;
}

/** A word, or a whole sentence of captions. Times in seconds from the start of the recording; null if not told. */
export interface TranscriptWordSpec {
  readonly text: string;
  readonly start: number | null;
  readonly end: number | null;
  /** Null: its times are not told by the clock, although the start of the recording is known. */
  readonly absolute?: null;
}
