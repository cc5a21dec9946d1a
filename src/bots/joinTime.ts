import * as l10n from '@vscode/l10n';
/** When a bot is to join, as read from what a person typed, or why that cannot be. */
export type JoinTime =
  | {
      readonly kind: 'time';
      readonly at: Date;
      /** Whether it is more than 10 minutes ahead: only then Recall keeps a bot ready for it. */
      readonly guaranteed: boolean;
    }
  | {
      readonly kind: 'problem';
      /** A sentence or two for the user. */
      readonly reason: string;
    };

const GUARANTEED_AFTER_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
const LAST_YEAR = 9999;

interface TimeOfDay {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

interface Day {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
}

/** A reading; undefined when the text is not of the form that was looked for. */
type Reading = Date | { readonly problem: string } | undefined;

/**
 * Reads "in 30 minutes", "14:30", "tomorrow at 9am", "Monday 10:00" or an ISO 8601 time. Times without a zone are in the
 * time zone of this computer; a weekday is its next one, and "next Monday" said on a Monday is a week ahead. Days are
 * counted by the calendar, so that a change of the clocks in between does not shift the time.
 *
 * @param now what "in" and "tomorrow" are counted from, and what must be before the result
 */
export function readJoinTime(text: string, now: Date): JoinTime {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const reading =
    readTwoWays(plain) ?? readDuration(plain, now) ?? readIsoTime(plain) ?? readDayAndTime(plain, now);
  if (reading === undefined) return { kind: 'problem', reason: notATime(now) };
  if (!(reading instanceof Date)) return { kind: 'problem', reason: reading.problem };
  const aheadMs = reading.getTime() - now.getTime();
  if (Number.isNaN(aheadMs) || reading.getFullYear() > LAST_YEAR) {
    return { kind: 'problem', reason: l10n.t('That is too far ahead.') };
  }
  if (aheadMs <= 0) return { kind: 'problem', reason: inThePast(plain, reading) };
  return { kind: 'time', at: reading, guaranteed: isGuaranteed(reading, now) };
}

/** Whether a time is more than 10 minutes ahead: only then Recall keeps a bot ready for it. */
export function isGuaranteed(joinAt: Date, now: Date): boolean {
  return joinAt.getTime() - now.getTime() > GUARANTEED_AFTER_MS;
}

/** "14h" is a time of day in one country and a duration in another. */
function readTwoWays(text: string): Reading {
  const hours = /^(\d{1,2}) ?h$/.exec(text)?.[1];
  if (hours === undefined || Number(hours) > 23) return undefined;
  return {
    problem: l10n.t({
      message: '"{0}" can be read in two ways. Write "{1}:00" or "in {1} hours".',
      args: [text, String(Number(hours))],
      comment: 'What is in quotes is understood in English only: leave it as it is',
    }),
  };
}

const UNIT_MINUTES: Record<string, number> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 };
const AMOUNT = String.raw`(\d{1,6}(?:[.,]\d{1,3})?|(?:half )?an?(?= ))`;
const UNIT = String.raw`(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)`;

/** "in 30 minutes", "1 h 30 min", "+2h", "in half an hour". Whole days and weeks keep the time of day. */
function readDuration(text: string, now: Date): Reading {
  const part = `${AMOUNT} ?${UNIT}`;
  const whole = new RegExp(String.raw`^(?:in |\+ ?)?${part}(?:(?:,? and |,? ?)${part})*$`);
  if (!whole.test(text)) return undefined;
  const at = new Date(now);
  let minutes = 0;
  for (const [, amountText = '', unitText = ''] of text.matchAll(new RegExp(`${part}(?![a-z])`, 'g'))) {
    const amount = amountOf(amountText);
    const unit = unitText.charAt(0);
    if ('dw'.includes(unit) && Number.isInteger(amount))
      at.setDate(at.getDate() + amount * (unit === 'w' ? 7 : 1));
    else minutes += amount * (UNIT_MINUTES[unit] ?? 0);
  }
  return new Date(at.getTime() + minutes * MINUTE_MS);
}

function amountOf(text: string): number {
  if (text.startsWith('half')) return 0.5;
  return text.startsWith('a') ? 1 : Number(text.replace(',', '.'));
}

/** `2026-03-02T09:00:00Z`, `2026-03-02 09:00`, `2026-03-02T09:00+01:00`. */
function readIsoTime(text: string): Reading {
  const match = /^(\d{4})-(\d{2})-(\d{2})(.*)$/.exec(text);
  if (!match) return undefined;
  const [, year, month, date, rest = ''] = match;
  const day = { year: Number(year), month: Number(month) - 1, day: Number(date) };
  if (!isDay(day)) return { problem: l10n.t('There is no such day.') };
  if (rest === '') return { problem: noTimeOfDay() };
  const parts =
    /^(?:t|,? (?:at )?)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(z|[+-]\d{2}(?::?\d{2})?)?$/.exec(rest);
  const time = readTimeOfDay(parts?.[1] ?? '', false);
  if (!parts || !time) return undefined;
  if ('problem' in time) return time;
  return parts[2] === undefined ? localTime(day, time) : zonedTime(day, time, parts[2]);
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY_WORD = String.raw`(today|tomorrow|(?:next |this )?(?:${WEEKDAYS.join('|')}|sun|mon|tues?|wed|thu(?:rs?)?|fri|sat))`;
const DAY_FIRST = new RegExp(String.raw`^(?:on )?${DAY_WORD}\b,? ?(?:at )?(.*)$`);
const DAY_LAST = new RegExp(String.raw`^(?:at )?(.*?),? (?:on )?${DAY_WORD}$`);

/** "14:30", "tomorrow at 9am", "Monday 10:00", "9:30 pm on Friday". */
function readDayAndTime(text: string, now: Date): Reading {
  const dayFirst = DAY_FIRST.exec(text);
  const dayLast = dayFirst ? undefined : DAY_LAST.exec(text);
  const word = dayFirst?.[1] ?? dayLast?.[2];
  const timeText = dayFirst?.[2] ?? dayLast?.[1] ?? text.replace(/^at /, '');
  if (word !== undefined && timeText === '') return { problem: noTimeOfDay() };
  const time = readTimeOfDay(timeText, word !== undefined);
  if (!time || 'problem' in time) return time;
  const aheadDays = word === undefined ? 0 : daysAhead(word, now);
  const at = localTime(dayAfter(now, aheadDays), time);
  const isWeekdayPast = word !== undefined && word !== 'today' && aheadDays === 0 && isPast(at, now);
  return isWeekdayPast ? localTime(dayAfter(now, 7), time) : at;
}

function isPast(at: Date | { readonly problem: string }, now: Date): boolean {
  return at instanceof Date && at.getTime() <= now.getTime();
}

function daysAhead(word: string, now: Date): number {
  if (word === 'today') return 0;
  if (word === 'tomorrow') return 1;
  const name = word.replace(/^(next|this) /, '').slice(0, 3);
  const weekday = WEEKDAYS.findIndex((candidate) => candidate.startsWith(name));
  const days = (weekday - now.getDay() + 7) % 7;
  return days === 0 && word.startsWith('next ') ? 7 : days;
}

function dayAfter(now: Date, days: number): Day {
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() };
}

/** @param mayBeBareHour whether "9" alone is a time, as in "tomorrow 9" */
function readTimeOfDay(
  text: string,
  mayBeBareHour: boolean,
): TimeOfDay | { readonly problem: string } | undefined {
  if (text === 'noon') return { hours: 12, minutes: 0, seconds: 0 };
  // Also 14h30 and, where a day is named, 14h.
  const plain = text.replace(
    /^(\d{1,2}) ?h ?(\d{2})?$/,
    (_, hour: string, minute = '00') => `${hour}:${String(minute)}`,
  );
  const match = /^(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?)? ?([ap])?(?:\.?m\.?)?$/.exec(plain);
  if (!match) return undefined;
  const [, hourText, minuteText, secondText, half] = match;
  if (half === undefined && (plain.includes('m') || (minuteText === undefined && !mayBeBareHour)))
    return undefined;
  const [hours, minutes, seconds] = [hourText, minuteText, secondText].map((part) => Number(part ?? 0));
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  const isValid =
    (half === undefined ? hours < 24 : hours >= 1 && hours <= 12) && minutes < 60 && seconds < 60;
  if (!isValid) return { problem: l10n.t('There is no time of day {0}.', text) };
  if (half === undefined) return { hours, minutes, seconds };
  return { hours: (hours % 12) + (half === 'p' ? 12 : 0), minutes, seconds };
}

/** The time on this computer's clock; a problem when the clock skips it. The first of two when the clock repeats it. */
function localTime({ year, month, day }: Day, time: TimeOfDay): Date | { readonly problem: string } {
  const at = new Date(year, month, day, time.hours, time.minutes, time.seconds);
  if (at.getHours() === time.hours && at.getMinutes() === time.minutes) return at;
  const clock = `${time.hours}:${String(time.minutes).padStart(2, '0')}`;
  return { problem: l10n.t('There is no {0} on that day: the clocks go forward then.', clock) };
}

function zonedTime(day: Day, time: TimeOfDay, zone: string): Date | { readonly problem: string } {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (Number(hours) > 23 || Number(minutes) > 59)
    return { problem: l10n.t('There is no time zone {0}.', zone) };
  const utc = Date.UTC(day.year, day.month, day.day, time.hours, time.minutes, time.seconds);
  return new Date(utc - offset * MINUTE_MS);
}

function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day;
}

const noTimeOfDay = () => l10n.t('Add the time of day, for example 9:00.');

function notATime(now: Date): string {
  const { year, month, day } = dayAfter(now, 7);
  const example = [year, month + 1, day].map((part) => String(part).padStart(2, '0')).join('-');
  return l10n.t({
    message:
      'This is not a time. Try "in 30 minutes", "14:30", "tomorrow 9:00", "Monday 10:00" or "{0} 09:00".',
    args: [example],
    comment: 'What is in quotes is understood in English only: leave it as it is',
  });
}

function inThePast(text: string, at: Date): string {
  const isTimeOnly = /^(at )?(\d|noon)/.test(text) && !/^\d{4}-/.test(text);
  const clock = `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
  return isTimeOnly
    ? l10n.t({
        message: 'It is past {0} today. For tomorrow, write "tomorrow {0}".',
        args: [clock],
        comment: 'What is in quotes is understood in English only: leave it as it is',
      })
    : l10n.t('This time has passed.');
}
