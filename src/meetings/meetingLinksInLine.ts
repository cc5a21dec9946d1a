import { MAY_HOLD_MEETING_LINK } from './mayHoldMeetingLink.ts';
import { findMeetingUrl } from './meetingUrl.ts';

/** A meeting link where it stands in a line. */
export interface LinkInLine {
  /** The link as Recall wants it, which may differ from what stands there. */
  readonly url: string;
  /** Number of characters before the link. */
  readonly start: number;
  /** Number of characters up to the link's end. */
  readonly end: number;
}

/** A meeting link is no longer than this; it bounds what is looked at around a place. */
const LONGEST_LINK = 4000;
/** A line is read up to here. */
const LONGEST_LINE = 20_000;
/** Where a link begins, and not one that is inside another link. */
const LINK_START = /(?<![=&?%/\w-])(?:https?|zoommtg|zoomus|msteams):/gi;
const LINK_TEXT = /[\p{L}\p{N}][^<>"'`()[\]{}|]*/gu;
const CLOSING_MARKS = /[.,:;!?*]+$/;

/** The meeting links in a line, from the left. Costs next to nothing for a line without one. */
export function meetingLinksInLine(line: string): LinkInLine[] {
  if (!MAY_HOLD_MEETING_LINK.test(line)) return [];
  return [...line.slice(0, LONGEST_LINE).matchAll(/\S+/g)]
    .filter(({ 0: run, index }) => run.length <= LONGEST_LINK && index + run.length < LONGEST_LINE)
    .flatMap(({ 0: run, index }) => linksInRun(run, index));
}

/**
 * The meeting link of which a place in a line is part, or right beside.
 *
 * @param offset number of characters before the place
 */
export function meetingLinkAt(line: string, offset: number): LinkInLine | undefined {
  const before =
    line
      .slice(Math.max(0, offset - LONGEST_LINK), offset)
      .split(/\s/)
      .at(-1) ?? '';
  const after = line.slice(offset, offset + LONGEST_LINK).split(/\s/, 1)[0] ?? '';
  if (before.length >= LONGEST_LINK || after.length >= LONGEST_LINK) return undefined;
  const links = linksInRun(before + after, offset - before.length);
  return links.findLast(({ start }) => start <= offset) ?? links[0];
}

/** The meeting links in characters without a space between them, of which the first has the offset `at`. */
function linksInRun(run: string, at: number): LinkInLine[] {
  if (!MAY_HOLD_MEETING_LINK.test(run)) return [];
  const starts = [0, ...[...run.matchAll(LINK_START)].map(({ index }) => index).filter((start) => start > 0)];
  return starts.flatMap((start, index) => {
    const text = run.slice(start, starts[index + 1]);
    const url = findMeetingUrl(text);
    return url === undefined ? [] : [{ url, ...placeIn(text, at + start) }];
  });
}

/** The place of the link in a text that holds one, without the marks around it. */
function placeIn(text: string, at: number): { start: number; end: number } {
  const link = [...text.matchAll(LINK_TEXT)].find(([part]) => MAY_HOLD_MEETING_LINK.test(part));
  const start = at + (link?.index ?? 0);
  return { start, end: start + (link?.[0] ?? text).replace(CLOSING_MARKS, '').length };
}
