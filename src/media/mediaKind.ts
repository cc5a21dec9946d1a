import type { MixedMedia, Recording } from '../recall/bot.ts';
import type { MixedMediaKind } from '../recall/client.ts';

/** What Recall calls the format of a kind of media; the files' extension as well. */
export const MEDIA_FORMATS = {
  audio_mixed: 'mp3',
  video_mixed: 'mp4',
} as const satisfies Record<MixedMediaKind, string>;

/** The kind of media that a file with this extension holds. */
export function mediaKindOf(extension: string): MixedMediaKind {
  return extension === MEDIA_FORMATS.video_mixed ? 'video_mixed' : 'audio_mixed';
}

/** Whether a word is a kind of media that this version knows. */
export function isMixedMediaKind(word: string): word is MixedMediaKind {
  return word in MEDIA_FORMATS;
}

/** The item that the bot's own answer tells of a recording, if any. */
export function shortcutOf(kind: MixedMediaKind, recording: Recording): MixedMedia | undefined {
  return kind === 'audio_mixed' ? recording.audioMixed : recording.videoMixed;
}
