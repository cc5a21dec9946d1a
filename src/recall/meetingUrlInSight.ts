import { findMeetingUrl } from './meetingUrl.ts';

/** The part of a text that somebody has before their eyes. */
export interface TextInSight {
  /** The selected text; empty when nothing is selected. */
  readonly selected: string;
  /** The lines on screen, by their numbers. */
  readonly lines: ReadonlyMap<number, string>;
  readonly cursor: { readonly line: number; readonly character: number };
}

/** A meeting link is no longer than this; it bounds what is looked at around the cursor. */
const LONGEST_LINK = 4000;
/** A longer line is data, not something that people read. */
const LONGEST_LINE = 2000;
/** Where a link begins, and not one that is inside another link. */
const LINK_START = /(?<![=&?%/\w-])(?:https?|zoommtg|zoomus|msteams):/gi;
/** How many characters of lines around the cursor are read, so that a full screen takes milliseconds. */
const MOST_CHARACTERS = 20_000;
/** Much cheaper than reading links, and true for each of them: one of these is in every platform's domain. */
const MAY_HOLD_LINK = /zoom|meet|teams|webex|goto/i;

/**
 * The meeting link that somebody most likely means: the one in the selection, else under the cursor, else in the
 * cursor's line, else in the line on screen that is nearest to it.
 *
 * @returns the link as Recall wants it; undefined when there is none in sight
 */
export function meetingUrlInSight({ selected, lines, cursor }: TextInSight): string | undefined {
  const own = lines.get(cursor.line) ?? '';
  return findMeetingUrl(selected) ?? findMeetingUrlAt(own, cursor.character) ?? nearest(lines, cursor.line);
}

function nearest(lines: ReadonlyMap<number, string>, line: number): string | undefined {
  const nearestFirst = [...lines]
    .filter(([, text]) => text.length <= LONGEST_LINE && MAY_HOLD_LINK.test(text))
    .toSorted(([one], [other]) => Math.abs(one - line) - Math.abs(other - line));
  let left = MOST_CHARACTERS;
  for (const [, text] of nearestFirst) {
    left -= text.length;
    const url = left < 0 ? undefined : findMeetingUrl(text);
    if (url !== undefined) return url;
  }
  return undefined;
}

/**
 * The meeting link of which a place in a line is part, or right beside.
 *
 * @param offset number of characters before the place
 */
export function findMeetingUrlAt(line: string, offset: number): string | undefined {
  const before =
    line
      .slice(Math.max(0, offset - LONGEST_LINK), offset)
      .split(/\s/)
      .at(-1) ?? '';
  const after = line.slice(offset, offset + LONGEST_LINK).split(/\s/, 1)[0] ?? '';
  if (before.length >= LONGEST_LINK || after.length >= LONGEST_LINK) return undefined;
  const run = before + after;
  if (!MAY_HOLD_LINK.test(run)) return undefined;
  const starts = [...run.matchAll(LINK_START)].map(({ index }) => index);
  const begin = starts.findLast((start) => start <= before.length) ?? 0;
  const end = starts.find((start) => start > Math.max(begin, before.length)) ?? run.length;
  return findMeetingUrl(run.slice(begin, end)) ?? findMeetingUrl(run);
}
