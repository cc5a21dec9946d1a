import { LONGEST_TITLE } from '../recall/bot.ts';
import type { Bot } from '../recall/bot.ts';
import { TITLE_METADATA_KEY } from '../recall/client.ts';
import { meetingLabel, withoutSecrets } from '../meetings/meetingUrl.ts';
import type { KnownBot } from './botStore.ts';
import { oneLine } from '../language/oneLine.ts';

/** A bot, and the title that somebody gave its meeting on this computer. */
export type TitledBot = Pick<KnownBot, 'bot'> & { readonly record: Pick<KnownBot['record'], 'title'> };

/**
 * The title of a bot's meeting on one line: as it was named by hand, else as it was sent along, else as the platform told
 * it with the newest recording that has one.
 *
 * @returns undefined when nobody has said what the meeting is called
 */
export function meetingTitle({ bot, record }: TitledBot): string | undefined {
  const titles = [
    record.title,
    bot.metadata[TITLE_METADATA_KEY],
    ...bot.recordings.map(({ title }) => title).toReversed(),
  ];
  return titles.map((title) => oneLine(title ?? '')).find((title) => title !== '');
}

/** What a bot goes by: its meeting's title, else its own name where that is not the default one, else its meeting. */
export function botLabel(known: TitledBot, defaultName: string): string {
  const { bot } = known;
  const named = meetingTitle(known) ?? ownName(bot, defaultName);
  if (named !== undefined) return named;
  const { platform, meetingId, url } = bot.meeting;
  if (platform !== undefined) return oneLine(meetingLabel(platform, meetingId));
  if (url !== undefined && url !== '') return oneLine(withoutSecrets(url));
  return oneLine(bot.name ?? bot.id);
}

/** The name of a bot on one line; undefined when it is the one that all bots get, which tells nothing of one. */
export function ownName({ name }: Bot, defaultName: string): string | undefined {
  const shown = oneLine(name ?? '');
  return shown === '' || name === defaultName ? undefined : shown;
}

/** A title that somebody typed or pasted, as it is kept: on one line, and short enough for a bot's metadata. */
export function keptTitle(text: string): string {
  return oneLine(text.slice(0, LONGEST_TITLE));
}
