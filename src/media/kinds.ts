import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/sentences.ts';
import { MP3_FILE, MP4_FILE } from '../download/fileFormats.ts';
import type { FileFormat } from '../download/fileFormats.ts';
import type { TextFile } from '../download/writeTexts.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import { captionsSupport, mixedMp3Support, platformName } from '../meetings/platforms.ts';
import type { Bot, MediaItem, MediaWord, Recording } from '../recall/bot.ts';
import type { Icon } from './icon.ts';
import type { MissingReason, MissingRemedy } from './mediaErrors.ts';
import { TRANSCRIPT_OUTPUT, isFromCaptions, transcriptRequest } from './transcriptSource.ts';
import type { TranscriptSource } from './transcriptSource.ts';
import { transcriptFiles } from './transcriptFiles.ts';
import type { WrittenRecording } from './transcriptFiles.ts';

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
  /** A few words behind a bot or a recording. */
  making(): string;
  ready(): string;
  failed(): string;
  notAsked(): string;
  none(): string;
  /** @param left how long there is left, in words */
  deletedIn(left: string): string;
  /** Sentences about a bot. @param bot its name */
  readyOf(bot: string): string;
  /** @param when in words */
  deletedOn(bot: string, when: string): string;
  /** The same where others of the bot are on this computer. */
  someDeletedOn(bot: string, when: string): string;
}

/** The texts about a kind of media. */
export interface MediaWords {
  notOver(): string;
  failed(): string;
  gone(): string;
  stillProcessing(): string;
  /** Behind a bot whose download waits for Recall. */
  waitingForRecall(): string;
  /** The same in a notification. */
  stillMaking(): string;
  /** Where its file is, among those of other kinds. Where left out, the path says it by itself. */
  savedAs?(path: string): string;
  /** The title of a download. @param bot the bot's name */
  of(bot: string): string;
  /** @param bytes in words */
  saved(count: number, bytes: string): string;
  alreadyThere(count: number): string;
  /** @param recordings how many have none */
  without(recordings: number, reason: string): string;
  notOnThisComputer(): string;
  onThisComputer(): string;
  downloadWhich(): string;
  openWhich(): string;
  open(): string;
  download(): string;
  /** For VS Code's save dialog. */
  fileType(): string;
  saveTitle(): string;
  folderOnDiskOnly(): string;
}

/** The mixed audio of a recording as MP3: what bots are sent for. */
export const MP3: MainKind = {
  word: 'audio_mixed',
  file: MP3_FILE,
  line: {
    ability: 'saved',
    icon: { codicon: 'file-media', color: 'charts.green' },
    state: () => l10n.t('Saved'),
  },
  abilities: {
    canDownload: 'canDownload',
    nextDownload: 'nextDownload',
    saved: 'saved',
  },
  commands: { download: 'recall.downloadMp3', open: 'recall.openMp3' },
  isMain: true,
  standsInForMain: false,
  several: 'parts',
  whyNone: {
    missing: (bot) => {
      const { platform } = bot.meeting;
      const sentence = l10n.t('Recall made no MP3 of this recording.');
      if (platform === undefined || mixedMp3Support(platform) !== 'doubtful')
        return { code: 'noMp3', sentence };
      const doubt = l10n.t('Recall may not make MP3s of {0} meetings.', platformName(platform));
      return { code: 'noMp3', sentence: joinSentences(sentence, doubt) };
    },
    otherFormat: (format) => ({
      code: 'rawOnly',
      sentence: l10n.t('The audio of this recording exists as {0} only, not as MP3.', format),
    }),
  },
  remedy: 'standIn',
  asked: {
    output: 'audio_mixed_mp3',
    told: () => ({}),
    whyNotAsked: () => ({
      code: 'mp3NotRequested',
      sentence: l10n.t(
        'This bot was sent without asking for an MP3, so there is none. Bots sent with Recall: Send Bot ask for it.',
      ),
    }),
    notAgreed: () => l10n.t('Recall did not agree to make an MP3: this bot will not produce one.'),
    goesAlong: false,
  },
  states: {
    making: () => l10n.t('Making the MP3'),
    ready: () => l10n.t('MP3 ready'),
    failed: () => l10n.t('MP3 failed'),
    notAsked: () => l10n.t('No MP3 asked for'),
    none: () => l10n.t('No MP3'),
    deletedIn: (left) => l10n.t('MP3 deleted in {0}', left),
    readyOf: (bot) => l10n.t('The MP3 of {0} is ready.', bot),
    deletedOn: (bot, when) =>
      l10n.t('Recall deletes the MP3 of {0} for good on {1}. It is not on this computer yet.', bot, when),
    someDeletedOn: (bot, when) =>
      l10n.t(
        'Recall deletes MP3s of {0} for good on {1}. Not all of them are on this computer yet.',
        bot,
        when,
      ),
  },
  words: {
    notOver: () =>
      l10n.t('The recording is not over yet. The MP3 can be downloaded when the bot has left the call.'),
    failed: () => l10n.t('Recall could not make the MP3 of this recording.'),
    gone: () => l10n.t('Recall no longer offers this MP3. It may have been deleted, or have expired.'),
    stillProcessing: () => l10n.t('Recall is still making the MP3 after an hour. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the MP3'),
    stillMaking: () => l10n.t('Recall is still making the MP3. Waiting for it…'),
    of: (bot) => l10n.t('MP3 of {0}', bot),
    saved: (count, bytes) => l10n.t('Saved {0} MP3s ({1}).', count, bytes),
    alreadyThere: (count) => l10n.t('All {0} MP3s are already there.', count),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no MP3: {0}', reason)
        : l10n.t('{0} recordings have no MP3: {1}', recordings, reason),
    notOnThisComputer: () =>
      l10n.t('The MP3 of this bot is not on this computer. Download it with Recall: Download MP3.'),
    onThisComputer: () => l10n.t('Bots with an MP3 on this computer'),
    downloadWhich: () => l10n.t('Download the MP3 of which bot?'),
    openWhich: () => l10n.t('Open the MP3 of which bot?'),
    open: () => l10n.t('Open MP3'),
    download: () => l10n.t('Download MP3'),
    fileType: () => l10n.t('MP3 audio'),
    saveTitle: () => l10n.t('Save MP3'),
    folderOnDiskOnly: () => l10n.t('An MP3 can be saved to a folder on disk only.'),
  },
};

const noVideo = (): MissingReason => ({
  code: 'noVideo',
  sentence: l10n.t('Recall made no video of this recording.'),
});

/** The mixed video of a recording. Large, so it is loaded when somebody asks for it only. */
export const VIDEO: MediaKind & { readonly file: FileFormat } = {
  word: 'video_mixed',
  file: MP4_FILE,
  line: {
    ability: 'videoInstead',
    icon: { codicon: 'play-circle', color: 'charts.green' },
    state: () => l10n.t('Video saved'),
  },
  abilities: {
    canDownload: 'canDownloadVideo',
    nextDownload: 'nextVideoDownload',
    saved: 'videoSaved',
  },
  commands: { download: 'recall.downloadVideo', open: 'recall.openVideo' },
  isMain: false,
  standsInForMain: true,
  several: 'parts',
  whyNone: { missing: noVideo, otherFormat: noVideo },
  words: {
    notOver: () =>
      l10n.t('The recording is not over yet. The video can be downloaded when the bot has left the call.'),
    failed: () => l10n.t('Recall could not make the video of this recording.'),
    gone: () => l10n.t('Recall no longer offers this video. It may have been deleted, or have expired.'),
    stillProcessing: () => l10n.t('Recall is still making the video after an hour. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the video'),
    stillMaking: () => l10n.t('Recall is still making the video. Waiting for it…'),
    savedAs: (path) => l10n.t('Video saved as {0}', path),
    of: (bot) => l10n.t('Video of {0}', bot),
    saved: (count, bytes) => l10n.t('Saved {0} videos ({1}).', count, bytes),
    alreadyThere: (count) => l10n.t('All {0} videos are already there.', count),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no video: {0}', reason)
        : l10n.t('{0} recordings have no video: {1}', recordings, reason),
    notOnThisComputer: () =>
      l10n.t('The video of this bot is not on this computer. Download it with Recall: Download Video.'),
    onThisComputer: () => l10n.t('Bots with a video on this computer'),
    downloadWhich: () => l10n.t('Download the video of which bot?'),
    openWhich: () => l10n.t('Open the video of which bot?'),
    open: () => l10n.t('Open Video'),
    download: () => l10n.t('Download Video'),
    fileType: () => l10n.t('MP4 video'),
    saveTitle: () => l10n.t('Save Video'),
    folderOnDiskOnly: () => l10n.t('A video can be saved to a folder on disk only.'),
  },
};

/** Ten hours have some 20 MB. */
export const LONGEST_TRANSCRIPT_BYTES = 300_000_000;

const transcribeHint = (): string => l10n.t('Recall: Transcribe… has one made.');

const noTranscript = (...further: readonly string[]): MissingReason => ({
  code: 'noTranscript',
  sentence: joinSentences(l10n.t('Recall made no transcript of this recording.'), ...further),
});

/**
 * The transcript of a recording: WebVTT beside its MP3, and Markdown to read. A recording can have several, of which the
 * newest good one counts.
 */
export const TRANSCRIPT: MediaKind = {
  word: 'transcript',
  file: { extension: 'vtt', longestText: LONGEST_TRANSCRIPT_BYTES, filesOf: transcriptFiles },
  several: 'tries',
  abilities: {
    canDownload: 'canDownloadTranscript',
    saved: 'transcriptSaved',
  },
  commands: { download: 'recall.downloadTranscript', open: 'recall.openTranscript' },
  isMain: false,
  standsInForMain: false,
  document: ({ beside: [path] = [] }) =>
    path === undefined ? undefined : { path, editor: 'vscode.markdown.preview.editor' },
  whyNone: {
    missing: (bot) => {
      const { platform } = bot.meeting;
      if (!isFromCaptions(bot)) return noTranscript(transcribeHint());
      const sentence = l10n.t(
        'There are no captions of this recording. They may have been off in the meeting or in its organisation.',
      );
      if (platform === undefined || captionsSupport(platform) !== 'doubtful')
        return { code: 'noCaptions', sentence: joinSentences(sentence, transcribeHint()) };
      const doubt = l10n.t('Recall may not get captions of {0} meetings.', platformName(platform));
      return { code: 'noCaptions', sentence: joinSentences(sentence, doubt, transcribeHint()) };
    },
    otherFormat: () => noTranscript(),
  },
  remedy: 'order',
  order: { command: 'recall.transcribe', button: () => l10n.t('Transcribe…') },
  asked: {
    output: TRANSCRIPT_OUTPUT,
    told: ({ transcript }) => transcript && transcriptRequest(transcript),
    whyNotAsked: () => ({
      code: 'transcriptNotRequested',
      sentence: joinSentences(
        l10n.t('This bot was sent without asking for a transcript, so there is none.'),
        transcribeHint(),
      ),
    }),
    notAgreed: () => l10n.t('Recall did not agree to make a transcript: this bot will not produce one.'),
    goesAlong: true,
  },
  words: {
    notOver: () =>
      l10n.t(
        'The recording is not over yet. The transcript can be downloaded when the bot has left the call.',
      ),
    failed: () => l10n.t('Recall could not make the transcript of this recording.'),
    gone: () => l10n.t('Recall no longer offers this transcript. It may have been deleted, or have expired.'),
    stillProcessing: () => l10n.t('Recall is still making the transcript after an hour. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the transcript'),
    stillMaking: () => l10n.t('Recall is still making the transcript. Waiting for it…'),
    savedAs: (path) => l10n.t('Transcript saved as {0}', path),
    of: (bot) => l10n.t('Transcript of {0}', bot),
    saved: (count, bytes) => l10n.t('Saved {0} transcripts ({1}).', count, bytes),
    alreadyThere: (count) => l10n.t('All {0} transcripts are already there.', count),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no transcript: {0}', reason)
        : l10n.t('{0} recordings have no transcript: {1}', recordings, reason),
    notOnThisComputer: () =>
      l10n.t(
        'The transcript of this bot is not on this computer. Download it with Recall: Download Transcript.',
      ),
    onThisComputer: () => l10n.t('Bots with a transcript on this computer'),
    downloadWhich: () => l10n.t('Download the transcript of which bot?'),
    openWhich: () => l10n.t('Open the transcript of which bot?'),
    open: () => l10n.t('Open Transcript'),
    download: () => l10n.t('Download Transcript'),
    fileType: () => l10n.t('WebVTT transcript'),
    saveTitle: () => l10n.t('Save Transcript'),
    folderOnDiskOnly: () => l10n.t('A transcript can be saved to a folder on disk only.'),
  },
};

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
