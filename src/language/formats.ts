import * as l10n from '@vscode/l10n';
import { displayLocales, textLocales } from './displayLanguage.ts';

const DATE_STYLES = {
  timeOfDay: { hour: 'numeric', minute: '2-digit' },
  timeWithSeconds: { hour: 'numeric', minute: 'numeric', second: 'numeric' },
  weekdayAndTime: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  dayAndTime: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  dayInFull: {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  },
  // Days stand under months of one calendar, whichever the language is used to.
  month: { calendar: 'gregory', year: 'numeric', month: 'long' },
  dateAndTime: {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  },
  appointment: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How much of a time is shown. */
export type DateStyle = keyof typeof DATE_STYLES;

/** A point in time in the display language and the time zone of this computer. @param time ms since the epoch */
export function formatDate(style: DateStyle, time: number): string {
  const formats = formatsInUse();
  formats.dates[style] ??= new Intl.DateTimeFormat([...formats.locales], DATE_STYLES[style]);
  return formats.dates[style].format(time);
}

/** A number in the display language, without thousands separators. @param digits how many after the point */
export function formatNumber(value: number, digits = 0): string {
  const { locales, numbers } = formatsInUse();
  const format =
    numbers.get(digits) ??
    new Intl.NumberFormat([...locales], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    });
  numbers.set(digits, format);
  return format.format(value);
}

// Functions, since the language is not known yet when this file is loaded.
const UNITS: readonly ((value: string) => string)[] = [
  (value) => l10n.t('{0} bytes', value),
  (value) => l10n.t('{0} KB', value),
  (value) => l10n.t('{0} MB', value),
  (value) => l10n.t('{0} GB', value),
  (value) => l10n.t('{0} TB', value),
];

/** A number of bytes in words, in steps of 1000: `999 bytes`, `1.5 KB`, `43 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes === 1) return l10n.t('1 byte');
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const number = formatNumber(value, unit > 0 && value < 9.95 ? 1 : 0);
  return UNITS[unit]?.(number) ?? number;
}

/** A number of things in the display language, such as `3,480`. */
export function formatCount(count: number): string {
  const formats = formatsInUse();
  formats.count ??= new Intl.NumberFormat([...formats.locales], { maximumFractionDigits: 0 });
  return formats.count.format(count);
}

/** The day on which weeks begin where the display language is spoken: 0 is Sunday, 6 Saturday. */
export function firstDayOfWeek(): number {
  const formats = formatsInUse();
  formats.firstDayOfWeek ??= weekOf(formats.locales[0]).firstDay % 7;
  return formats.firstDayOfWeek;
}

/** Whole percent. @param share 0 to 1 */
export function formatShare(share: number): string {
  const formats = formatsInUse();
  formats.percent ??= new Intl.NumberFormat([...formats.locales], { style: 'percent' });
  return formats.percent.format(share);
}

/** "in 5 minutes", "in 1 second", for the middle of a text. */
export function formatIn(amount: number, unit: 'second' | 'minute' | 'hour'): string {
  const formats = formatsInUse();
  formats.relative ??= new Intl.RelativeTimeFormat([...textLocales()]);
  return formats.relative.format(amount, unit);
}

/** "Ana, Ben and 3 more", for the middle of a text. */
export function formatList(items: readonly string[]): string {
  const formats = formatsInUse();
  formats.list ??= new Intl.ListFormat([...textLocales()]);
  return formats.list.format(items);
}

/** "Ana, Ben, and 3 others": at most `most` of the items, and how many there are beside. */
export function formatFirst(items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  const others = items.length - shown.length;
  return formatList(others > 0 ? [...shown, l10n.t('{0} others', formatCount(others))] : shown);
}

// Making a format costs far more than using it, and a list has hundreds of times.
interface Formats {
  readonly locales: readonly string[];
  readonly dates: Partial<Record<DateStyle, Intl.DateTimeFormat>>;
  readonly numbers: Map<number, Intl.NumberFormat>;
  count?: Intl.NumberFormat;
  firstDayOfWeek?: number;
  percent?: Intl.NumberFormat;
  relative?: Intl.RelativeTimeFormat;
  list?: Intl.ListFormat;
}

let formatsMade: Formats | undefined;

function formatsInUse(): Formats {
  const locales = displayLocales();
  if (formatsMade?.locales !== locales) formatsMade = { locales, dates: {}, numbers: new Map() };
  return formatsMade;
}

/** What TypeScript's library does not know yet: Monday is 1 there, and Sunday 7. */
interface LocaleWithWeek extends Intl.Locale {
  getWeekInfo?(): { readonly firstDay: number };
}

function weekOf(tag: string | undefined): { readonly firstDay: number } {
  const locale: LocaleWithWeek = new Intl.Locale(tag ?? 'en');
  return locale.getWeekInfo?.() ?? { firstDay: 1 };
}
