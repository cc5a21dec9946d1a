import { RecallError } from '../../../src/recall/errors.ts';
import type { RecallClient } from '../../../src/recall/client.ts';
import type { Bot, MediaItem, MediaWord } from '../../../src/recall/bot.ts';

/** The part of the API that MP3s are found with; each answer is asked for anew. */
export interface FakeMedia {
  bot: () => Bot;
  /** The pages' items by recording; a recording that is missing here answers "not found". */
  items: Record<string, () => readonly MediaItem[]>;
  readonly asked: string[];
  readonly client: Pick<RecallClient, 'getBot' | 'listMedia' | 'getMediaItem'>;
}

/** Answers with a bot; the list of each recording holds what the bot's shortcut tells, unless `items` says otherwise. */
export function fakeMedia(bot: () => Bot): FakeMedia {
  const media: FakeMedia = {
    bot,
    items: {},
    asked: [],
    client: {
      getBot: async (botId) => {
        media.asked.push(`bot ${botId}`);
        return Promise.resolve().then(() => media.bot());
      },
      listMedia: async (word, recordingId) => {
        media.asked.push(`${word} of ${recordingId}`);
        return Promise.resolve().then(() =>
          itemsOf(media, recordingId).filter(({ format }) => fits(word, format)),
        );
      },
      getMediaItem: async (word, id) => {
        media.asked.push(`${word} ${id}`);
        const all = Object.keys(media.items).flatMap((recordingId) => itemsOf(media, recordingId));
        const item = all.find((candidate) => candidate.id === id && fits(word, candidate.format));
        return item ? Promise.resolve(item) : Promise.reject(notFound());
      },
    },
  };
  return media;
}

function fits(word: MediaWord, format: string | undefined): boolean {
  return (format === 'mp4') === (word === 'video_mixed');
}

/** What the API answers when it does not know something. */
export function notFound(): RecallError {
  return new RecallError('notFound', 'Recall does not know this.', { status: 404 });
}

function itemsOf(media: FakeMedia, recordingId: string): MediaItem[] {
  const items = media.items[recordingId];
  if (!items) throw notFound();
  return [...items()];
}
