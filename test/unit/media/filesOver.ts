import type { TextDownloader } from '../../../src/download/textDownload.ts';
import type { BotStore } from '../../../src/bots/botStore.ts';
import { MediaFiles } from '../../../src/media/mediaFiles.ts';
import type { MediaFilesCollaborators } from '../../../src/media/mediaFiles.ts';

const noTexts: TextDownloader = { download: () => Promise.reject(new Error('No text was to be loaded.')) };

/** Brings media to disk over these downloaders. People are as known as they are, and links lead to `play:`. */
export function filesOver(
  store: BotStore,
  downloader: MediaFilesCollaborators['downloader'],
  textDownloader = noTexts,
): MediaFiles {
  return new MediaFiles({
    ...{ store, downloader, textDownloader },
    defaultBotName: () => 'Meeting Notetaker',
    lookForPeople: () => Promise.resolve(),
    playLink: (recordingId, seconds) => `play:${recordingId}/${seconds}`,
  });
}
