import type { SavedMedia } from '../../bots/botRecords.ts';
import type { FileFormat } from '../../download/fileFormats.ts';
import type { TextFile } from '../../download/writeTexts.ts';
import type { Bot, MediaWord } from '../../recall/bot.ts';
import type { Icon } from '../icon.ts';
import type { MissingReason, MissingRemedy } from '../mediaErrors.ts';
import type { WrittenRecording } from '../transcriptFiles.ts';
import type { TranscriptSource } from '../transcriptSource.ts';

/**
 * A kind of media that Recall makes of a recording: everything in which kinds differ. What has to be found, loaded, noted,
 * shown and opened goes through the table `mediaKinds`, so that a further kind is a further entry.
 */
export interface MediaKind {
  /** The API's word: the list and the item are asked for under it, and a recording's shortcut has its name. */
  readonly word: MediaWord;
  /** What its files are. What the API calls the format of an item, if it has any, is their extension. */
  readonly file: FileFormat | WrittenFile;
  /** What several items of one recording are: parts of it, or several tries of which the newest good one counts. */
  readonly several: 'parts' | 'tries';
  /** How the line of a bot looks that stands for its saved files. Only of kinds of which one may. */
  readonly line?: MediaLine;
  /** Words for the context value of a bot in the tree, which menus match. */
  readonly abilities: MediaAbilities;
  /** Ids of commands, as in package.json. */
  readonly commands: { readonly download: string; readonly open: string };
  /** Whether it is what bots are sent for: a bot's state is told by it, and it is loaded unasked. Of one kind only. */
  readonly isMain: boolean;
  /** Whether its files stand for what the main kind is missing: they are offered, shown and dragged in its place. */
  readonly standsInForMain: boolean;
  /** Why there is none, and Recall will make none by itself. */
  readonly whyNone: {
    /** Of a recording that has no item of it at all. */
    missing(bot: Bot): MissingReason;
    /** Of a recording that has it in another format only. */
    otherFormat(format: string): MissingReason;
  };
  /** What may be done where there is none, though the recording is there. */
  readonly remedy?: MissingRemedy;
  /** How a person has it made. Of kinds whose remedy is an order. */
  readonly order?: MediaOrder;
  /** How bots are asked for it when they are sent. Of what is made unasked it is left out. */
  readonly asked?: AskedMedia;
  /** What is opened in the place of a saved file, and the id of VS Code's editor for it; undefined when it is not there. */
  document?(saved: SavedMedia): { readonly path: string; readonly editor: string } | undefined;
  /** Whole sentences and titles in the display language. */
  readonly words: MediaWords;
}

/** The kind that bots are sent for. */
export interface MainKind extends MediaKind {
  readonly file: FileFormat;
  readonly line: MediaLine;
  readonly asked: AskedMedia;
  readonly states: MediaStates;
}

/** How bots are asked for media of a kind when they are sent. */
export interface AskedMedia {
  /** The API's word for it in `recording_config` (Recall docs, "Create Bot"). */
  readonly output: string;
  /** What the API is told with that word; undefined when it is not wanted. */
  told(wishes: MediaWishes): Readonly<Record<string, unknown>> | undefined;
  /** Why a bot has none that was not asked for it. */
  whyNotAsked(): MissingReason;
  /** A sentence in the display language: Recall did not agree to make it. */
  notAgreed(): string;
  /** Whether it is saved together with the main kind where it was asked for. */
  readonly goesAlong: boolean;
}

/** How a person has Recall make what there is none of. */
export interface MediaOrder {
  /** Id of the command, as in package.json. It asks first where that costs something. */
  readonly command: string;
  /** In the display language. */
  button(): string;
}

/** What a person wants of new bots beside what all of them are for. */
export interface MediaWishes {
  readonly transcript: TranscriptSource | undefined;
}

/** Files that are written of a text that Recall has, instead of loaded byte for byte. */
export interface WrittenFile {
  /** Of the file by which it is known whether it is there; the others have the same name. */
  readonly extension: string;
  /** A longer text is refused, in bytes. */
  readonly longestText: number;
  /** Throws when the text is not what it should be. */
  filesOf(text: string, of: WrittenRecording): readonly [TextFile, ...TextFile[]];
}

/** What can be done with a bot's media of one kind, as words for menus. */
export interface MediaAbilities {
  readonly canDownload: `canDownload${string}`;
  /** Downloading it is what a person is likely to want next. Not of what goes along with other files. */
  readonly nextDownload?: `next${string}Download`;
  readonly saved: 'saved' | `${string}Saved`;
}

/** One of these words. */
export type MediaAbility = NonNullable<MediaAbilities[keyof MediaAbilities]> | MediaLine['ability'];

/** A line that stands for saved files of a kind: those of the main kind, or what is shown in their place. */
export interface MediaLine {
  /** A click opens them. */
  readonly ability: 'saved' | `${string}Instead`;
  readonly icon: Icon;
  /** What stands behind the bot, in the display language. */
  state(): string;
}

/** How the media that bots are sent for stand at Recall, in the display language. */
export interface MediaStates {
  // A few words behind a bot or a recording.
  /** @param left how long there is left, in words */
  deletedIn(left: string): string;
  making(): string;
  ready(): string;
  failed(): string;
  notAsked(): string;
  none(): string;
  /** Sentences about a bot. @param bot its name */
  readyOf(bot: string): string;
  /** @param when in words */
  deletedOn(bot: string, when: string): string;
  /** The same where others of the bot are on this computer. */
  someDeletedOn(bot: string, when: string): string;
}

/** The texts about a kind of media. */
export interface MediaWords {
  // Why it cannot be had.
  notOver(): string;
  failed(): string;
  gone(): string;
  /** @param recordings how many have none */
  without(recordings: number, reason: string): string;

  // On its way here.
  stillProcessing(): string;
  /** Behind a bot whose download waits for Recall. */
  waitingForRecall(): string;
  /** The same in a notification. */
  stillMaking(): string;
  download(): string;
  saveTitle(): string;
  /** The title of a download. @param bot the bot's name */
  of(bot: string): string;
  /** For VS Code's save dialog. */
  fileType(): string;
  folderOnDiskOnly(): string;
  downloadWhich(): string;

  // When it is here.
  alreadyThere(count: number): string;
  /** @param bytes in words */
  saved(count: number, bytes: string): string;
  /** Where its file is, among those of other kinds. Where left out, the path says it by itself. */
  savedAs?(path: string): string;
  open(): string;
  openWhich(): string;
  onThisComputer(): string;
  notOnThisComputer(): string;
}
