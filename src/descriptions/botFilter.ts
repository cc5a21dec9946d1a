import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { allSaved } from '../bots/botRecords.ts';
import { botTime, newestStatus } from '../bots/botStore.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { foldedText, withoutSigns } from '../language/foldedText.ts';
import { meetingTitle, ownName } from '../bots/meetingTitle.ts';
import { peopleOf } from '../bots/people.ts';
import { platformName } from '../meetings/platforms.ts';
import { brieflyWhy, statusWords } from '../recall/statusWords.ts';
import { describeWithoutLooking } from './botDescription.ts';

/** What bots are looked for by. Everything in it has to hold. */
export interface BotFilter {
  /** Without accents, in lower case; each has to be found somewhere. */
  readonly words: readonly string[];
  /** Milliseconds since the epoch: the bot's time is not before it. */
  readonly from: number;
  /** Milliseconds since the epoch: the bot's time is before it. */
  readonly before: number;
  /** Whether files of it were saved on this computer; undefined = either way. */
  readonly saved: boolean | undefined;
}

/** What passing depends on, beside the bot itself. */
export interface FilterSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The name that bots get here by default: it tells nothing of one. */
  readonly defaultName: string;
}

/** A date that is to bound the bots cannot be read. */
export class BadFilterError extends Error {
  override readonly name = 'BadFilterError';
  readonly code = 'badFilter';
}

/**
 * Reads what somebody typed: words in any order, `before:` and `after:` with a date such as 2026-11-01, 2026-11 or 2026,
 * `saved` and `not:saved`. The day that is named counts for `after:`, and no more for `before:`.
 *
 * @throws BadFilterError
 */
export function readFilter(text: string): BotFilter {
  const terms = withoutSigns(text).split(/\s+/).filter(Boolean);
  const words: string[] = [];
  let from = Number.NEGATIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  let saved: boolean | undefined;
  for (const term of terms) {
    const plain = foldedText(term).trim();
    const [, bound, date] = /^(before|after):(.*)$/.exec(plain) ?? [];
    if (bound === 'before') before = Math.min(before, dayIn(term, date));
    else if (bound === 'after') from = Math.max(from, dayIn(term, date));
    else if (plain === 'saved') saved = true;
    else if (plain === 'not:saved') saved = false;
    else if (!/^\p{M}*$/u.test(plain)) words.push(plain);
  }
  return { words, from, before, saved };
}

/** As {@link readFilter}, but what cannot be read as a date counts as a word: for what somebody may still be typing. */
export function readFilterSoFar(text: string): BotFilter {
  try {
    return readFilter(text);
  } catch (error) {
    if (!(error instanceof BadFilterError)) throw error;
    return { ...readFilter(''), words: foldedText(text).split(/\s+/).filter(Boolean) };
  }
}

/** Whether a filter says nothing, so that every bot passes. */
export function isBlank({ words, from, before, saved }: BotFilter): boolean {
  return words.length === 0 && !Number.isFinite(from) && !Number.isFinite(before) && saved === undefined;
}

/**
 * Whether the filter lets a bot through. Words are looked for in its title, the names of people, its own name, platform,
 * meeting, state in words, ID, and the names of its saved files.
 */
export function passesFilter(
  known: KnownBot,
  { words, from, before, saved }: BotFilter,
  around: FilterSurroundings,
): boolean {
  if (Number.isFinite(from) || Number.isFinite(before)) {
    const time = botTime(known);
    if (!(Number.isFinite(time) && time >= from && time < before)) return false;
  }
  if (saved !== undefined && allSaved(known.record).length > 0 !== saved) return false;
  if (words.length === 0) return true;
  const text = textOf(known, around);
  const id = known.bot.id.toLowerCase();
  return words.every((word) => text.includes(word) || isOfId(word, id));
}

/** A short word is in one ID of many by chance. */
const SHORTEST_PART_OF_ID = 6;

function isOfId(word: string, id: string): boolean {
  return word.length >= SHORTEST_PART_OF_ID ? id.includes(word) : id === word;
}

/** What time alone changes in the words of a bot may be this old, in ms. */
const TEXT_LASTS_MS = 60_000;

// An entry of the store is never changed, only replaced, and thousands are looked through at each key.
const texts = new WeakMap<KnownBot, { readonly madeAt: number; readonly text: string }>();

function textOf(known: KnownBot, around: FilterSurroundings): string {
  const { now } = around;
  const made = texts.get(known);
  if (made && Math.abs(now - made.madeAt) < TEXT_LASTS_MS) return made.text;
  const text = foldedText(allTexts(known, around).join('\n'));
  texts.set(known, { madeAt: now, text });
  return text;
}

function allTexts(known: KnownBot, { now, defaultName }: FilterSurroundings): string[] {
  const { bot, record } = known;
  const { platform, meetingId, url } = bot.meeting;
  const status = newestStatus(bot);
  return [
    meetingTitle(known),
    ...peopleOf(known),
    ownName(bot, defaultName),
    meetingId,
    url,
    platform,
    platform === undefined ? undefined : platformName(platform),
    status,
    statusWords(status, bot.joinAt).label,
    brieflyWhy(bot.statusChanges),
    describeWithoutLooking(known, { now, defaultName }).status,
    ...allSaved(record).map(({ path }) => basename(path)),
  ].filter((part) => part !== undefined);
}

/** When the day begins, or the month or year, by the clock of this computer. */
function dayIn(term: string, date = ''): number {
  const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(date) ?? [];
  const time = new Date(Number(year), Number(month) - 1, Number(day));
  const isThere = time.getMonth() === Number(month) - 1 && time.getDate() === Number(day);
  if (isThere) return time.getTime();
  throw new BadFilterError(
    l10n.t('“{0}” has no date that can be read. Write it like before:2026-11-01 or after:2026-11.', term),
  );
}
