import * as v from 'valibot';
import { optionalName, optionalSeconds } from './spokenFields.ts';

/** A time in which one person spoke. In seconds from the start of the recording. */
export interface SpeakingSpan {
  /** As the platform tells the name, which is text of other people; undefined when it is not known who spoke. */
  readonly speaker: string | undefined;
  readonly startS: number;
  /** After the start. */
  readonly endS: number;
}

const span = v.object({
  participant: optionalName,
  start_timestamp: optionalSeconds,
  end_timestamp: optionalSeconds,
});

/**
 * Reads a speaker timeline: who spoke when (Recall docs, "Meeting Participants Events"). A time without an end lasts until
 * the next one begins; what takes no time is left out.
 *
 * @returns in the order of their starts; undefined when `answer` is no such list
 */
export function readSpeakerTimeline(answer: unknown): SpeakingSpan[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const begun = answer
    .flatMap((entry: unknown) => {
      const read = v.safeParse(span, entry);
      if (!read.success || read.output.start_timestamp === undefined) return [];
      const { participant, start_timestamp: startS, end_timestamp: endS } = read.output;
      return [{ speaker: participant, startS, endS }];
    })
    .toSorted((one, other) => one.startS - other.startS);
  if (begun.length === 0 && answer.length > 0) return undefined;
  return begun.flatMap(({ speaker, startS, endS }, index) => {
    const end = endS ?? nextStart(begun, index);
    return end !== undefined && end > startS ? [{ speaker, startS, endS: end }] : [];
  });
}

/** When somebody begins to speak after the one at `index` has. */
function nextStart(begun: readonly { readonly startS: number }[], index: number): number | undefined {
  const own = begun[index]?.startS ?? Infinity;
  for (let next = index + 1; next < begun.length; next++) {
    const start = begun[next]?.startS ?? own;
    if (start > own) return start;
  }
  return undefined;
}
