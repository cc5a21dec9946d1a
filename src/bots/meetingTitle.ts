import { LONGEST_TITLE } from '../recall/bot.ts';
import type { Bot } from '../recall/bot.ts';
import { TITLE_METADATA_KEY } from '../recall/client.ts';
import { meetingLabel, withoutSecrets } from '../meetings/meetingUrl.ts';
import type { KnownBot } from './botStore.ts';
import { beginningOf, oneLine } from '../language/oneLine.ts';

/** A bot, and the title that somebody gave its meeting on this computer. */
export type TitledBot = Pick<KnownBot, 'bot'> & {
  readonly record: Pick<KnownBot['record'], 'title' | 'toldTitle'>;
};

/**
 * The title of a bot's meeting on one line: as it was named by hand, else as it was sent along, else as the platform told
 * it with the newest recording that has one, also when Recall has forgotten that by now.
 *
 * @returns undefined when nobody has said what the meeting is called
 */
export function meetingTitle({ bot, record }: TitledBot): string | undefined {
  const titles = [record.title, bot.metadata[TITLE_METADATA_KEY], toldTitle(bot), record.toldTitle];
  return titles.map((title) => oneLine(title ?? '')).find((title) => title !== '');
}

/** What the platform calls a bot's meeting, by the newest recording that has a title. */
export function toldTitle({ recordings }: Bot): string | undefined {
  return recordings.findLast(({ title }) => oneLine(title ?? '') !== '')?.title;
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

/** What `recall.botName` says where nobody has set it: what bots had before, and those of colleagues have. */
// eslint-disable-next-line own/untranslated-text -- it is the same in every language
export const FIRST_BOT_NAME = 'Meeting Notetaker';

/** The name of a bot on one line; undefined when it is one that all bots get, which tells nothing of one. */
export function ownName({ name }: Bot, defaultName: string): string | undefined {
  const shown = oneLine(name ?? '');
  return shown === '' || name === defaultName || name === FIRST_BOT_NAME ? undefined : shown;
}

/** A title that somebody typed or pasted, as it is kept: on one line, and short enough for a bot's metadata. */
export function keptTitle(text: string): string {
  return oneLine(beginningOf(text, LONGEST_TITLE));
}
