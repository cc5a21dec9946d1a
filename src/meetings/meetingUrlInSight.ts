import { MAY_HOLD_MEETING_LINK } from './mayHoldMeetingLink.ts';
import { meetingLinkAt } from './meetingLinksInLine.ts';
import { findMeetingUrl } from './meetingUrl.ts';

/** The part of a text that somebody has before their eyes. */
export interface TextInSight {
  /** The selected text; empty when nothing is selected. */
  readonly selected: string;
  /** The lines on screen, by their numbers. */
  readonly lines: ReadonlyMap<number, string>;
  readonly cursor: { readonly line: number; readonly character: number };
}

/** A longer line is data, not something that people read. */
const LONGEST_LINE = 2000;
/** How many characters of lines around the cursor are read, so that a full screen takes milliseconds. */
const MOST_CHARACTERS = 20_000;

/**
 * The meeting link that somebody most likely means: the one in the selection, else under the cursor, else in the
 * cursor's line, else in the line on screen that is nearest to it.
 *
 * @returns the link as Recall wants it; undefined when there is none in sight
 */
export function meetingUrlInSight({ selected, lines, cursor }: TextInSight): string | undefined {
  const own = lines.get(cursor.line) ?? '';
  return findMeetingUrl(selected) ?? meetingLinkAt(own, cursor.character)?.url ?? nearest(lines, cursor.line);
}

function nearest(lines: ReadonlyMap<number, string>, line: number): string | undefined {
  const nearestFirst = [...lines]
    .filter(([, text]) => text.length <= LONGEST_LINE && MAY_HOLD_MEETING_LINK.test(text))
    .toSorted(([one], [other]) => Math.abs(one - line) - Math.abs(other - line));
  let left = MOST_CHARACTERS;
  for (const [, text] of nearestFirst) {
    left -= text.length;
    const url = left < 0 ? undefined : findMeetingUrl(text);
    if (url !== undefined) return url;
  }
  return undefined;
}
