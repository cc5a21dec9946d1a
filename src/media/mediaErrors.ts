/** Why there is nothing of a kind to download, now or ever. Scripts may rely on these words. */
export type NoMediaCode =
  | 'recordingNotOver'
  | 'nothingRecorded'
  | 'stillProcessing'
  | 'mp3NotRequested'
  | 'noMp3'
  | 'noVideo'
  | 'noTranscript'
  | 'noCaptions'
  | 'transcriptNotRequested'
  | 'unreadable'
  | 'rawOnly'
  | 'failed'
  | 'deleted'
  | 'expired'
  | 'notSaved';

/** Reasons for having no MP3 that say nothing against a video. What is gone or not over has neither. */
const VIDEO_MAY_EXIST: ReadonlySet<NoMediaCode> = new Set<NoMediaCode>([
  'mp3NotRequested',
  'noMp3',
  'rawOnly',
  'failed',
  'stillProcessing',
]);

/** Reasons for having no transcript that say nothing against having one made. */
const TRANSCRIPT_CAN_BE_MADE: ReadonlySet<NoMediaCode> = new Set<NoMediaCode>([
  'transcriptNotRequested',
  'noTranscript',
  'noCaptions',
]);

/** There is nothing to download. `message` is a sentence for the user that says exactly why. */
export class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
  readonly code: NoMediaCode;

  constructor(code: NoMediaCode, message: string) {
    super(message);
    this.code = code;
  }

  /** Whether there may be a video, when this is why there is no MP3. */
  get videoMayExist(): boolean {
    return VIDEO_MAY_EXIST.has(this.code);
  }

  /** Whether Recall can be asked to make the transcript that is missing. */
  get transcriptCanBeMade(): boolean {
    return TRANSCRIPT_CAN_BE_MADE.has(this.code);
  }
}

/** Of several reasons the one that leaves something to be done; undefined when there is no reason. */
export function reasonToTell(reasons: readonly NoMediaError[]): NoMediaError | undefined {
  return reasons.find(({ videoMayExist }) => videoMayExist) ?? reasons[0];
}
