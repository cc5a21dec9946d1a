import { renderFileName } from '../download/naming/fileName.ts';
import { blankRecord } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { botTime } from '../bots/botStore.ts';
import { meetingTitle, ownName } from '../bots/meetingTitle.ts';
import { platformName } from '../meetings/platforms.ts';
import type { Bot } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import type { ReadyMedia } from './findMedia.ts';

/** Which of a bot's files is to be named, as far as its name says so. */
export type NamedMedia = Pick<
  ReadyMedia,
  'recording' | 'recordingNumber' | 'recordingCount' | 'partNumber' | 'partCount'
>;

/** What a file name is made from. */
export interface FileNameSource {
  /** As the API tells it now. */
  readonly bot: Bot;
  /** The same as it is known here: that still has what Recall tells no more. Undefined for a bot that is not known. */
  readonly known: KnownBot | undefined;
  /** Undefined while it is not known which file it is. */
  readonly media?: NamedMedia | undefined;
  /** A name that somebody chose, in the place of the title. */
  readonly chosen?: string | undefined;
  /** The name that bots get here by default: no file is called by it when anything says more. */
  readonly defaultBotName: string;
  /** Milliseconds since the epoch, for a bot without any time. */
  readonly now: number;
}

/**
 * The name of one of a bot's files, without its extension.
 *
 * @throws DownloadError `unknownField` when the pattern holds a field that does not exist
 */
export function fileNameOf(pattern: string, source: FileNameSource): string {
  const { bot, known, media, chosen, now } = source;
  const platform = platformOf(source);
  const times = [
    timeOf(media?.recording.startedAt),
    timeOf(media?.recording.createdAt),
    known ? botTime(known) : Number.NaN,
  ];
  return renderFileName(pattern, {
    date: new Date(times.find((time) => Number.isFinite(time)) ?? now),
    name: bot.name ?? '',
    title: chosen ?? titleOf(source),
    id: bot.id,
    platform,
    ...(media && {
      recording: media.recordingNumber,
      recordingCount: media.recordingCount,
      part: media.partNumber,
      partCount: media.partCount,
    }),
  });
}

/** In words; empty when it is not known. Recall clears the meeting some days after the call. */
function platformOf({ bot, known }: FileNameSource): string {
  const platform = bot.meeting.platform ?? known?.bot.meeting.platform;
  return platform === undefined ? '' : platformName(platform);
}

/** The meeting's title, else what else tells it apart; the bot's name where nothing does. */
function titleOf(source: FileNameSource): string {
  const { bot, known, defaultBotName } = source;
  const record = known?.record ?? blankRecord(bot.id);
  const title =
    meetingTitle({ bot, record }) ?? (known && meetingTitle(known)) ?? ownName(bot, defaultBotName);
  return title ?? (platformOf(source) || (bot.name ?? ''));
}
