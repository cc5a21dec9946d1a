import * as l10n from '@vscode/l10n';
import { botGroup, botTime } from '../bots/botStore.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { firstDayOfWeek, formatDate } from '../language/formats.ts';

/** Bots that stand together in a list by days: those that go on, those to come, and the others by when they began. */
export interface BotDay {
  /** The same for as long as the same is meant, such as `today` or `2026-11`. */
  readonly id: string;
  readonly label: string;
  /** Whether it is of these days; what is not is many, and seldom looked for. */
  readonly isRecent: boolean;
  /** At least one, in the order of the list. */
  readonly bots: readonly KnownBot[];
}

/** One place of the list by days, without what stands there. */
type Day = Omit<BotDay, 'bots'>;

/**
 * The bots of a list by days: Live, Scheduled, Today, Yesterday, This week, then months; only those that have some.
 *
 * @param bots in the order of the list, which is kept
 * @param now milliseconds since the epoch; days begin by the clock of this computer
 */
export function byDay(bots: readonly KnownBot[], now: number): BotDay[] {
  const starts = startsOf(now);
  const days = new Map<string, { readonly day: Day; readonly bots: KnownBot[] }>();
  for (const known of bots) {
    const day = dayOf(known, starts);
    const there = days.get(day.id);
    if (there) there.bots.push(known);
    else days.set(day.id, { day, bots: [known] });
  }
  return [...days.values()].map(({ day, bots: own }) => ({ ...day, bots: own }));
}

/** When the day began by the clock of this computer. Both in ms since the epoch. */
export function startOfDay(now: number): number {
  return midnight(now, 0);
}

/** When the next day begins by the clock of this computer. Both in ms since the epoch. */
export function nextMidnight(now: number): number {
  return midnight(now, 1);
}

/** When the days of now begin, in ms since the epoch. */
interface Starts {
  readonly today: number;
  readonly yesterday: number;
  readonly week: number;
}

function startsOf(now: number): Starts {
  const sinceWeekBegan = (new Date(now).getDay() - firstDayOfWeek() + 7) % 7;
  return { today: startOfDay(now), yesterday: midnight(now, -1), week: midnight(now, -sinceWeekBegan) };
}

/** Days differ in length where clocks are put forward and back, so they are counted and not added up. */
function midnight(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function dayOf(known: KnownBot, { today, yesterday, week }: Starts): Day {
  const group = botGroup(known.bot);
  if (group === 'live') return { id: 'live', label: l10n.t('Live'), isRecent: true };
  if (group === 'scheduled') return { id: 'scheduled', label: l10n.t('Scheduled'), isRecent: true };
  const time = botTime(known);
  if (!Number.isFinite(time)) return { id: 'undated', label: l10n.t('Without a date'), isRecent: false };
  if (time >= today) return { id: 'today', label: l10n.t('Today'), isRecent: true };
  if (time >= yesterday) return { id: 'yesterday', label: l10n.t('Yesterday'), isRecent: true };
  if (time >= week) return { id: 'week', label: l10n.t('This week'), isRecent: true };
  const date = new Date(time);
  const month = `${date.getMonth() + 1}`.padStart(2, '0');
  return { id: `${date.getFullYear()}-${month}`, label: formatDate('month', time), isRecent: false };
}

/** When a bot's meeting is or was, in full; undefined when that is not known. */
export function dayInFull(known: KnownBot): string | undefined {
  const time = botTime(known);
  return Number.isFinite(time) ? formatDate('dayInFull', time) : undefined;
}
