import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import type { AskedMedia, MediaKind, MediaWishes } from './kinds/kind.ts';
import { MP3 } from './kinds/mp3.ts';
import { TRANSCRIPT } from './kinds/transcript.ts';
import { VIDEO } from './kinds/video.ts';

/** Every kind of media, in the order in which a bot's begun downloads come first. The main kind is the first. */
export const mediaKinds: readonly MediaKind[] = [MP3, VIDEO, TRANSCRIPT];

/** All but the main kind. */
export function furtherKinds(): readonly MediaKind[] {
  return mediaKinds.filter(({ isMain }) => !isMain);
}

/** The kind that the API calls so; undefined for a word of a later version. */
export function kindOfWord(word: string): MediaKind | undefined {
  return mediaKinds.find((kind) => kind.word === word);
}

/** The kind whose files have this extension; undefined when there is none. */
export function kindOfExtension(extension: string): MediaKind | undefined {
  return mediaKinds.find(({ file }) => file.extension === extension);
}

/** What a new bot is asked for. */
export function outputsFor(wishes: MediaWishes): Readonly<Record<string, unknown>> {
  const asked = mediaKinds.flatMap(({ asked: one }) =>
    one ? [[one.output, one.told(wishes)] as const] : [],
  );
  return Object.fromEntries(asked.filter(([, told]) => told !== undefined));
}

/** Whether the bot was asked for media of a kind when it was sent; undefined when that is not known. */
export function wasAskedFor(
  { asked }: MediaKind,
  { requested }: Pick<Bot, 'requested'>,
): boolean | undefined {
  return asked && requested && asked.output in requested;
}

/** The kinds that a new bot was asked for, and does not make by Recall's answer. */
export function askedInVain(outputs: Readonly<Record<string, unknown>>, answer: Bot): AskedMedia[] {
  return mediaKinds.flatMap((kind) =>
    kind.asked && kind.asked.output in outputs && wasAskedFor(kind, answer) === false ? [kind.asked] : [],
  );
}

/** The kinds that a bot was asked for beside the main one, and that are saved with it. */
export function alongKinds(bot: Pick<Bot, 'requested'>): readonly MediaKind[] {
  return furtherKinds().filter((kind) => kind.asked?.goesAlong === true && wasAskedFor(kind, bot) === true);
}

/** The kinds whose files stand in where the main kind is missing, the best first. */
export function standInKinds(): readonly MediaKind[] {
  return mediaKinds.filter(({ standsInForMain }) => standsInForMain);
}

/** Whether an item has the format of its kind, as far as the API tells. Raw audio is in the same list as MP3s. */
export function hasFormatOf({ file }: MediaKind, { format }: Pick<MediaItem, 'format'>): boolean {
  return format === undefined || format === file.extension;
}

/** The item that the bot's own answer tells of a recording, if any. */
export function shortcutOf({ word }: MediaKind, { media }: Recording): MediaItem | undefined {
  return media[word];
}

/** The same of its MP3. */
export function mp3Of(recording: Recording): MediaItem | undefined {
  return shortcutOf(MP3, recording);
}
