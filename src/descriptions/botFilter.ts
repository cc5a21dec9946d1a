import { platformName } from '../meetings/platforms.ts';
import { brieflyWhy, statusWords } from '../recall/statusWords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { meetingTitle } from '../bots/meetingTitle.ts';
import { newestStatus } from '../bots/botStore.ts';

/** Whether a bot has every word of `text` in its title, name, meeting, platform, status or id; upper and lower case are one. */
export function matchesFilter(known: KnownBot, text: string): boolean {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { bot } = known;
  const { platform, meetingId, url } = bot.meeting;
  const status = newestStatus(bot);
  const haystack = [
    meetingTitle(known),
    bot.id,
    bot.name,
    meetingId,
    url,
    platform,
    platform === undefined ? undefined : platformName(platform),
    status,
    statusWords(status, bot.joinAt).label,
    brieflyWhy(bot.statusChanges),
  ]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLocaleLowerCase();
  return words.every((word) => haystack.includes(word));
}
