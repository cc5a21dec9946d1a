import type { DownloadOutcome, DownloadRequest } from '../download/download.ts';
import type { TextDownloader } from '../download/textDownload.ts';
import { blankRecord } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import type { Bot, Recording } from '../recall/bot.ts';
import type { MediaKind, WrittenFile } from './kinds/kind.ts';

/** What bringing an item of media to disk works with. */
export interface MediaFilesCollaborators {
  readonly downloader: { download(request: DownloadRequest): Promise<DownloadOutcome> };
  readonly textDownloader: TextDownloader;
  readonly store: BotStore;
  /** The name that bots get here by default: no meeting is called by it when anything says more. */
  readonly defaultBotName: () => string;
  /** Asks who took part, where that is not known, for as long as one would wait for it. */
  readonly lookForPeople: (botId: string) => Promise<unknown>;
  /** A link that plays a recording from a second on. */
  readonly playLink: (recordingId: string, seconds: number) => string;
}

/** An item of media that is wanted on disk, and where. */
export interface MediaFileRequest extends Omit<DownloadRequest, 'file'> {
  readonly kind: MediaKind;
  readonly bot: Bot;
  readonly recording: Recording;
}

/** How it ended well. */
export type MediaFileOutcome = Pick<SavedMedia, 'path' | 'bytes' | 'beside' | 'isText'> &
  Pick<DownloadOutcome, 'kind'>;

/** Brings items of media to disk: loaded byte for byte, or written of a text, as their kind wants it. */
export class MediaFiles {
  readonly #with: MediaFilesCollaborators;

  constructor(collaborators: MediaFilesCollaborators) {
    this.#with = collaborators;
  }

  /** @throws DownloadError in the user's words, or what `resolveSource` throws */
  bring({ kind: { file }, ...request }: MediaFileRequest): Promise<MediaFileOutcome> {
    return 'filesOf' in file
      ? this.#write(file, request)
      : this.#with.downloader.download({ ...request, file });
  }

  async #write(
    file: WrittenFile,
    { bot, recording, resolveSource, folder, name, signal }: Omit<MediaFileRequest, 'kind'>,
  ): Promise<MediaFileOutcome> {
    const { store, textDownloader, defaultBotName, lookForPeople, playLink } = this.#with;
    await lookForPeople(bot.id);
    const { beside, ...outcome } = await textDownloader.download({
      ...{ resolveSource, folder, name, signal },
      maxBytes: file.longestText,
      filesOf: (text) =>
        file.filesOf(text, {
          known: store.get(bot.id) ?? { bot, record: blankRecord(bot.id) },
          recording,
          defaultBotName: defaultBotName(),
          playFrom: (seconds) => playLink(recording.id, seconds),
        }),
    });
    return { ...outcome, beside: [...beside], isText: true };
  }
}
