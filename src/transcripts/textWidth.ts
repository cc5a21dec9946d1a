const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;
/** Most texts: what is wide comes later in Unicode. */
const NARROW_ONLY = /^[\0-\u10ff]*$/;
/** Scripts that put no spaces between words. */
const WITHOUT_SPACES = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]`;
const ENDS_WITHOUT_SPACE = new RegExp(`${WITHOUT_SPACES}$`, 'u');
const STARTS_WITHOUT_SPACE = new RegExp(`^${WITHOUT_SPACES}`, 'u');
const CLOSING_MARKS = /^[\p{Pe}\p{Pf}.,;:!?…。，、！？；：%]+$/u;

/** Whether every UTF-16 code unit of a text takes one column. */
export function isNarrow(text: string): boolean {
  return NARROW_ONLY.test(text);
}

/** How wide a text is, in columns: a character of Chinese, Japanese or Korean takes two. */
export function columnsOf(text: string): number {
  if (isNarrow(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Puts two pieces of a text together, with a space between them where their script wants one. */
export function joinText(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  if (/^[a-z]/i.test(after)) return `${before} ${after}`;
  const isOneRun = ENDS_WITHOUT_SPACE.test(before) && STARTS_WITHOUT_SPACE.test(after);
  return isOneRun || CLOSING_MARKS.test(after) ? before + after : `${before} ${after}`;
}
