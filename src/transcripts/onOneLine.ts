const BREAKS_LINE = /[^\S ]|[\p{Cc}\p{Zl}\p{Zp}]| {2}|^ | $/u;

/** A text on one line, with one space for whatever breaks or widens it. */
export function onOneLine(text: string): string {
  return BREAKS_LINE.test(text) ? text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim() : text;
}
