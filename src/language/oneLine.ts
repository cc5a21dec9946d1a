const LONGEST = 200;

/** What controls a terminal or turns the text. Joiners do not: emoji and words of some scripts are spelled with them. */
const CONTROLS = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu;
/** A joiner that joins nothing. */
const LOOSE_JOINERS = /(?<=^|\s)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/g;

/** Text of a server on one line, without control and bidirectional characters, cut to a sensible length. */
export function oneLine(text: string): string {
  const line = text
    // A hyphen that shows at the end of a line only.
    .replaceAll('\u00ad', '')
    .replace(CONTROLS, ' ')
    .replace(LOOSE_JOINERS, '')
    .trim();
  return line.length > LONGEST ? `${beginningOf(line, LONGEST)}…` : line;
}

/** The beginning of a text, of at most so many UTF-16 code units; no character of two is cut in half. */
export function beginningOf(text: string, length: number): string {
  const beginning = text.slice(0, length);
  return beginning.length < text.length ? beginning.replace(/[\uD800-\uDBFF]$/, '') : beginning;
}
