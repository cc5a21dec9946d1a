/** Why there is no MP3 to download, now or ever. Scripts may rely on these words. */
export type NoMp3Code =
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
export class NoMp3Error extends Error {
  override readonly name = 'NoMp3Error';
  readonly code: NoMp3Code;

  constructor(code: NoMp3Code, message: string) {
    super(message);
    this.code = code;
  }
}
