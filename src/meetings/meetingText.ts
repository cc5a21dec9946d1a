import { withoutProofpoint } from './proofpoint.ts';

/** A text in which links can be looked for. */
export interface ReadableText {
  readonly text: string;
  /** Whether something was undone that may have been a part of the link after all. */
  readonly isGuess: boolean;
}

/** A property of a calendar file, at the start of a line and without a space behind its name, as people would write it. */
const calendarLine = /^(?:BEGIN:V[A-Z]+|[A-Z][A-Z-]{2,40}(?:;[A-Z-]+=[^:\r\n]{0,200})?:\S)/m;
const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  equals: '=',
  quest: '?',
  sol: '/',
  colon: ':',
  num: '#',
  period: '.',
};

/** Undoes what mail programs, calendars, HTML and JSON do to the characters of a link. Takes time in proportion to the text. */
export function readableText(text: string): ReadableText {
  const decoded = withoutQuotedPrintable(unfolded(text));
  return { text: withoutProofpoint(withoutEntities(decoded.text)), isGuess: decoded.isGuess };
}

/** Joins the lines that a calendar file was folded into (RFC 5545, 3.1). */
function unfolded(text: string): string {
  return calendarLine.test(text) ? text.replace(/\r?\n[ \t]/g, '') : text;
}

/** Undoes quoted-printable (RFC 2045, 6.7): for sure when a text says or shows that it is in it, else in queries only. */
function withoutQuotedPrintable(text: string): ReadableText {
  const isSure =
    /content-transfer-encoding:\s{0,10}quoted-printable/i.test(text) ||
    (text.includes('=3D') && /[\w%&=]=\r?\n/.test(text));
  if (isSure) {
    const joined = text.replace(/=[ \t]{0,10}\r?\n/g, '');
    return { text: joined.replace(/=([0-9A-F]{2})/gi, (_, code: string) => byteOf(code)), isGuess: false };
  }
  const guessed = text.replace(/([?&][\w.-]{1,40}=)3D(?=[\w%])/g, '$1');
  return { text: guessed, isGuess: guessed !== text };
}

function byteOf(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function withoutEntities(text: string): string {
  return text
    .replace(/\\u0026/gi, '&')
    .replace(/\\u003d/gi, '=')
    .replace(/(?<!\\)\\+\//g, '/')
    .replace(/&(?:amp;)+/gi, '&')
    .replace(/&#(?:(\d{1,6})|x([0-9a-f]{1,5}));/gi, (whole, decimal?: string, hex?: string) =>
      characterOf(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal), whole),
    )
    .replace(
      /&(equals|quest|sol|colon|num|period);/gi,
      (whole, name: string) => namedCharacters[name.toLowerCase()] ?? whole,
    )
    .replace(/&(?:lt|gt|quot|apos|nbsp);/gi, ' ');
}

function characterOf(code: number, whole: string): string {
  if (code < 0x20 || code > 0x10_ffff) return ' ';
  const character = String.fromCodePoint(code);
  // What surrounds links in HTML ends them.
  if (/[<>"'\s\u00a0]/.test(character)) return ' ';
  return character === '\ufffd' ? whole : character;
}
