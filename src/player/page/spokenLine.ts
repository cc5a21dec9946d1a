import type { ShownLine } from '../protocol.ts';

/**
 * The number of the line that is spoken at a time, from 0: of several the one that began last, and in a silence the last
 * one that was spoken; undefined before the first.
 *
 * @param lines in the order of their starts
 * @param seconds from the start of the recording
 */
export function spokenLine(lines: readonly ShownLine[], seconds: number): number | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.startS ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : low - 1;
}

/** A line with its time and speaker, as it is copied: `0:12 Ana: Let us start.` */
export function copiedLine(time: string, speaker: string, text: string): string {
  return `${time} ${speaker}: ${text}`;
}
