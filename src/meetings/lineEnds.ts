/** What begins a line that can only go on with a link; a list or a rule in a text does not. */
const goesOn = /^(?:[?&=%#]|[/_-](?=\w))/;
/** One word of the characters of links, alone in its line. */
const loneWord = /^[\w%&=?.~+/#@!$-]{1,2000}$/;
/** Rather the rest of a passcode than a name or the beginning of a sentence. */
const unlikeWord = /[\d&=%]|.[A-Z]|^[a-z]/;
/** What stands alone between two links. */
const joiningWord = /^(?:or|and|oder|und|ou|et)$/;
/** A line that ends in the beginning of a link. */
const endsInLink = /https?:[^\s<>"]{0,500}\r?\n[ \t]{0,20}$/i;

/**
 * Whether a link may go on behind the place where it seems to end: it was shortened, or the next line looks like the
 * rest of it.
 *
 * @param link as it stands in the text
 * @param end number of characters of the text up to the end of the link
 */
export function mayBeCutAfter(link: string, text: string, end: number): boolean {
  if (link.endsWith('..') || text.startsWith('\u2026', end)) return true;
  const lineEnd = /^[ \t]{0,20}\r?\n[ \t]{0,20}/.exec(text.slice(end, end + 50))?.[0];
  if (lineEnd === undefined) return false;
  const start = end + lineEnd.length;
  const next =
    text
      .slice(start, start + 2001)
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? '';
  if (next === '' || /^https?:/i.test(next)) return false;
  return goesOn.test(next) || (loneWord.test(next) && unlikeWord.test(next) && !joiningWord.test(next));
}

/**
 * Whether what looks like a link without `https://` may be the end of one that begins in the line before.
 *
 * @param start number of characters of the text up to the link
 */
export function mayBeCutBefore(link: string, text: string, start: number): boolean {
  return !/^https?:/i.test(link) && endsInLink.test(text.slice(Math.max(0, start - 600), start));
}
