import * as l10n from '@vscode/l10n';
import filenamify from 'filenamify';
import { DownloadError } from '../errors.ts';

/** What a file name can be made of. */
export interface FileNameFields {
  /** When the meeting began; its date and time are shown in the local time zone. */
  readonly date: Date;
  /** The bot's name, or another name for the meeting. */
  readonly name: string;
  /** What the meeting goes by; the name when left out. */
  readonly title?: string;
  /** The bot's id. */
  readonly id: string;
  /** Such as `zoom`; empty when it is not known. */
  readonly platform?: string;
  /** Which of the bot's recordings this is, from 1; 1 when left out. */
  readonly recording?: number;
  /** How many recordings the bot has; 1 when left out. */
  readonly recordingCount?: number;
  /** Which part of the recording this is, from 1; 1 when left out. */
  readonly part?: number;
  /** How many parts the recording has; 1 when left out. */
  readonly partCount?: number;
}

/** The fields that a pattern may hold, in curly brackets. */
export const FILE_NAME_FIELDS = [
  'date',
  'time',
  'title',
  'name',
  'id',
  'platform',
  'recording',
  'part',
] as const;

type FieldName = (typeof FILE_NAME_FIELDS)[number];

const LONGEST_BYTES = 180;
const ID_LETTERS = 8;
const FALLBACK_NAME = 'recording';
const FIELD = /\{(\w+)\}/g;

/** The fields of a pattern that do not exist, each once, in their order. */
export function unknownFields(pattern: string): string[] {
  const names = [...pattern.matchAll(FIELD)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !isFieldName(name));
}

/**
 * Makes a file name, without its extension, that every system accepts: at most 180 bytes in UTF-8, nothing that
 * separates folders, controls a terminal or turns the reading direction, and never empty. A name that is too long
 * loses letters of `{title}` and `{name}` first, of the longer one before the other. Where there are several recordings or parts, their numbers are added at the end
 * unless the pattern has them: ` recording 2 part 1`.
 *
 * @throws DownloadError `unknownField` when the pattern holds a field that does not exist
 */
export function renderFileName(pattern: string, fields: FileNameFields): string {
  const unknown = unknownFields(pattern);
  if (unknown.length > 0) {
    const names = unknown.map((name) => `{${name}}`).join(', ');
    throw new DownloadError(
      'unknownField',
      l10n.t('The file name pattern holds unknown fields: {0}.', names),
    );
  }
  const ending = endingFor(pattern, fields);
  const room = LONGEST_BYTES - byteLength(ending);
  const name = cleanText(fields.name);
  const words = { name, title: fields.title === undefined ? name : cleanText(fields.title) };
  return portable(`${cleanName(fitted(pattern, fields, words, room), room)}${ending}`);
}

/** The parts of a name that are sentences of people, and may lose letters. */
type Words = Pick<Record<FieldName, string>, 'name' | 'title'>;

function fitted(pattern: string, fields: FileNameFields, words: Words, room: number): string {
  let filled = fill(pattern, fields, words);
  const longestFirst = (['title', 'name'] as const).toSorted(
    (a, b) => byteLength(words[b]) - byteLength(words[a]),
  );
  let short = words;
  for (const field of longestFirst) {
    const excess = byteLength(cleanText(filled)) - room;
    if (excess <= 0 || !pattern.includes(`{${field}}`)) continue;
    short = { ...short, [field]: shorten(words[field], Math.max(0, byteLength(words[field]) - excess)) };
    filled = fill(pattern, fields, short);
  }
  return filled;
}

/**
 * Makes any text fit for a file name, by the same rules as `renderFileName`.
 *
 * @param longestBytes in UTF-8
 */
export function cleanName(text: string, longestBytes = LONGEST_BYTES): string {
  const cleaned = withoutLeadingDots(cleanText(text));
  const name = portableOrFallback(shorten(cleaned, longestBytes));
  // A name reserved by Windows got a sign more.
  return byteLength(name) <= longestBytes ? name : portableOrFallback(shorten(cleaned, longestBytes - 1));
}

/**
 * A finished name made shorter, for a file system that takes less. Its last word stays if it is short: by default it is
 * the bot's id.
 *
 * @param longestBytes in UTF-8
 */
export function shortenedName(name: string, longestBytes: number): string {
  const ending = / [^ ]{1,12}$/.exec(name)?.[0] ?? '';
  const start = name.slice(0, name.length - ending.length);
  const room = longestBytes - byteLength(ending);
  return room > 0
    ? cleanName(`${shorten(start, room).trim()}${ending}`, longestBytes)
    : cleanName(name, longestBytes);
}

function portableOrFallback(text: string): string {
  return text.replace(/[. ]+$/, '') === '' ? FALLBACK_NAME : portable(text);
}

/** What Linux, macOS and Windows all accept; keeps the length but for one sign after a reserved name. */
function portable(name: string): string {
  return filenamify(name, { replacement: '-', maxLength: Number.MAX_SAFE_INTEGER });
}

function fill(pattern: string, fields: FileNameFields, words: Words): string {
  const values: Record<FieldName, string> = {
    date: localDate(fields.date),
    time: localTime(fields.date),
    ...words,
    id: shortId(fields.id),
    platform: fields.platform ?? '',
    recording: String(fields.recording ?? 1),
    part: String(fields.part ?? 1),
  };
  return pattern.replace(FIELD, (whole, field: string) => (isFieldName(field) ? values[field] : whole));
}

function endingFor(pattern: string, fields: FileNameFields): string {
  const { recording = 1, recordingCount = 1, part = 1, partCount = 1 } = fields;
  const ofRecordings =
    recordingCount > 1 && !pattern.includes('{recording}') ? ` recording ${recording}` : '';
  const ofParts = partCount > 1 && !pattern.includes('{part}') ? ` part ${part}` : '';
  return ofRecordings + ofParts;
}

function isFieldName(name: string): name is FieldName {
  return FILE_NAME_FIELDS.some((field) => field === name);
}

function localDate(date: Date): string {
  return `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1, 2)}-${digits(date.getDate(), 2)}`;
}

function localTime(date: Date): string {
  return `${digits(date.getHours(), 2)}-${digits(date.getMinutes(), 2)}`;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/[/\\|:]/g, '-')
    .replace(/[<>"*?]/g, '')
    .replace(/ {2,}/g, ' ')
    .normalize('NFC')
    .trim();
}

/**
 * Control characters, what turns the reading direction, and other marks without a shape. The joiner stays: emoji are
 * spelled with it.
 */
const INVISIBLE = /[\p{Cc}\p{Noncharacter_Code_Point}\uFFF0-\uFFFF]|(?!\u200d)\p{Cf}/gu;

/** A leading dot hides a file on Linux and macOS. */
function withoutLeadingDots(text: string): string {
  return text.replace(/^[. ]+/, '');
}

/** The longest start of a text that has at most `bytes` bytes and does not cut what is seen as one letter. */
function shorten(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let length = 0;
  let used = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    used += byteLength(segment);
    if (used > bytes) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** What stands for an ID in file names. */
export function shortId(id: string): string {
  return id.slice(0, ID_LETTERS);
}
