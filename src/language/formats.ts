import { displayLocales, textLocales } from './displayLanguage.ts';

const DATE_STYLES = {
  timeOfDay: { hour: 'numeric', minute: '2-digit' },
  timeWithSeconds: { hour: 'numeric', minute: 'numeric', second: 'numeric' },
  dayAndTime: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
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

// Making a format costs far more than using it, and a list has hundreds of times.
interface Formats {
  readonly locales: readonly string[];
  readonly dates: Partial<Record<DateStyle, Intl.DateTimeFormat>>;
  readonly numbers: Map<number, Intl.NumberFormat>;
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
