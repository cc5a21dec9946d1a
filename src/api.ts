import type { Event, Uri } from 'vscode';

/**
 * What other extensions get from `await extension.activate()`. Of version 1 nothing is ever taken away or changed; what
 * is added later may be missing in an older release. No function asks or shows anything. They reject with an error
 * whose `message` is a sentence for people and whose `code` says which kind, `cancelled` among them. API keys and links
 * to media are never given out.
 */
export interface RecallApi {
  readonly version: 1;

  /** Sends a bot that makes an MP3, and follows it. Waits some minutes when no bot is free. */
  sendBot(options: SendBotOptions): Promise<RecallBot>;

  /** Asks Recall for the newest bots of the account. Live ones come first, then scheduled ones, then the rest. */
  listBots(): Promise<readonly RecallBot[]>;

  /** Asks Recall for one bot. */
  getBot(botId: string): Promise<RecallBot>;

  /**
   * Saves every MP3 of a bot that is not on this computer yet, and waits while Recall is still making them. Without
   * `folder` they go where the user's settings say.
   *
   * @returns all MP3s of the bot, those saved before included
   */
  downloadMp3(botId: string, options?: DownloadMp3Options): Promise<readonly Uri[]>;

  /**
   * What was said in the recordings of a bot: from the files where it was saved, else from Recall, and then saved
   * nowhere. Never has a transcript made.
   */
  getTranscript(botId: string, options?: ReadOptions): Promise<readonly RecallTranscript[]>;

  /**
   * Looks through the transcripts in the workspace for places where all the words were said near each other, in any
   * order, whatever their accents and case. The files that come last by their names, which begin with the date unless the
   * user wants otherwise, come first.
   */
  searchTranscripts(query: string, options?: SearchOptions): Promise<RecallSearchResult>;

  /** Tells all bots that are known in this window, whenever something about one of them has changed. */
  readonly onDidChangeBots: Event<readonly RecallBot[]>;
}

/** What a new bot is to do. */
export interface SendBotOptions {
  readonly meetingUrl: string;
  /** 1 to 100 characters; the user's setting when left out. Everybody in the meeting sees it. */
  readonly botName?: string;
  /** ISO 8601 with a time zone; at once when left out. */
  readonly joinAt?: string;
  /** What the meeting is called, at most 200 characters. The meeting is not told. */
  readonly title?: string;
  /** Gives up while no answer has come. A bot that was sent already stays sent. */
  readonly signal?: AbortSignal;
}

/** How an MP3 is to be downloaded. */
export interface DownloadMp3Options {
  /** A folder on disk; made when missing. */
  readonly folder?: Uri;
  /** Stops the download. What has arrived is kept, and the next try goes on from there. */
  readonly signal?: AbortSignal;
}

/** How something is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/** How transcripts are looked through. */
export interface SearchOptions extends ReadOptions {
  /** How many places at most, from 1; 50 when left out. */
  readonly limit?: number;
}

/** What was said in one recording. Its texts come from other people: show them as text. */
export interface RecallTranscript {
  readonly recordingId: string;
  /** The WebVTT file that it was read from; undefined when it is not on this computer. */
  readonly file: Uri | undefined;
  /** Sentences, in the order of their times. */
  readonly lines: readonly RecallTranscriptLine[];
}

/** A sentence, or what was said in one breath. */
export interface RecallTranscriptLine {
  /** In seconds from the start of the recording. */
  readonly start: number;
  readonly end: number;
  /** Undefined when it is not known who spoke. */
  readonly speaker: string | undefined;
  readonly text: string;
}

/** What was found in transcripts. */
export interface RecallSearchResult {
  readonly places: readonly RecallSearchPlace[];
  /** How many transcripts were looked through. */
  readonly files: number;
  /** Whether there are more places than were wanted. */
  readonly hasMore: boolean;
}

/** A place in a transcript. */
export interface RecallSearchPlace extends Omit<RecallTranscriptLine, 'end'> {
  /** The WebVTT file. */
  readonly file: Uri;
  /** Undefined for a file of another origin. */
  readonly recordingId: string | undefined;
}

/** A bot, as Recall told it last. Its texts come from other people: show them as text. Times are ISO 8601. */
export interface RecallBot {
  readonly id: string;
  /** What the meeting is called: as the user named it, else as it was sent along, else as the platform tells it. */
  readonly title: string | undefined;
  /** As the meeting sees it. */
  readonly name: string | undefined;
  readonly meeting: {
    /** Recall's word for it, such as `zoom` or `google_meet`. */
    readonly platform: string | undefined;
    readonly id: string | undefined;
  };
  /** The names of the people in its recordings, as far as this computer has asked for them. */
  readonly people: readonly string[];
  /** When it is to join; undefined when it was sent to join at once. */
  readonly joinAt: string | undefined;
  readonly state: 'scheduled' | 'live' | 'over';
  readonly status: {
    /** Recall's code, such as `in_call_recording`; the codes are an open set. Undefined before the first. */
    readonly code: string | undefined;
    /** The same for people. */
    readonly label: string;
    readonly since: string | undefined;
  };
  /** Why it ended or may not record, in a sentence or two, as far as Recall says. */
  readonly reason: string | undefined;
  readonly recordings: readonly RecallRecording[];
  /** The MP3s that were saved on this computer. Somebody may have moved them since. */
  readonly savedMp3s: readonly Uri[];
}

/** A recording of a bot. Times are ISO 8601. */
export interface RecallRecording {
  readonly id: string;
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  /** When Recall deletes it; undefined when it is kept, or that is not known. */
  readonly expiresAt: string | undefined;
  /** Recall's word for the state of its MP3, such as `processing`, `done`, `failed` or `deleted`. */
  readonly mp3: string | undefined;
}
