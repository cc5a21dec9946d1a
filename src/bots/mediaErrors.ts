/** Why there is no MP3 to download, now or ever. Scripts may rely on these words. */
export type NoMediaCode =
  | 'recordingNotOver'
  | 'nothingRecorded'
  | 'stillProcessing'
  | 'mp3NotRequested'
  | 'noMp3'
  | 'rawOnly'
  | 'failed'
  | 'deleted'
  | 'expired'
  | 'notSaved';

/** There is nothing to download. `message` is a sentence for the user that says exactly why. */
export class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
  readonly code: NoMediaCode;

  constructor(code: NoMediaCode, message: string) {
    super(message);
    this.code = code;
  }
}
