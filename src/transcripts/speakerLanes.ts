import type { SpeakingSpan } from '../recall/speakerTimeline.ts';
import type { TranscriptLine } from './transcriptLines.ts';

/** When one person spoke: `spans` are start and end in seconds from the start of the recording, in order, apart. */
export interface SpeakerLane {
  /** Undefined for whoever is not known, and for all that have no lane of their own. */
  readonly speaker: string | undefined;
  /** Whether it is of all those. */
  readonly isOthers: boolean;
  readonly spans: readonly (readonly [startS: number, endS: number])[];
}

/** More lanes than this take the place of the text. The last one is for everybody else. */
const MOST_LANES = 8;
/** A shorter silence is a breath. */
const BREATH_S = 1;

/** Who spoke when, a lane for each person; those who spoke most have one of their own, in the order of their first words. */
export function speakerLanes(spans: readonly SpeakingSpan[]): SpeakerLane[] {
  const bySpeaker = Map.groupBy(spans, ({ speaker }) => speaker);
  const mostFirst = [...bySpeaker.keys()]
    .filter((speaker) => speaker !== undefined)
    .toSorted((one, other) => secondsIn(bySpeaker.get(other)) - secondsIn(bySpeaker.get(one)));
  const isCrowd = mostFirst.length + (bySpeaker.has(undefined) ? 1 : 0) > MOST_LANES;
  const own = new Set(isCrowd ? mostFirst.slice(0, MOST_LANES - 1) : mostFirst);
  const lanes = Map.groupBy(spans, ({ speaker }) =>
    speaker !== undefined && own.has(speaker) ? speaker : undefined,
  );
  const named = [...lanes].filter(([speaker]) => speaker !== undefined);
  const others = lanes.get(undefined);
  return [...named, ...(others ? [[undefined, others] as const] : [])].map(([speaker, spoken]) => ({
    speaker,
    isOthers: isCrowd && speaker === undefined,
    spans: joined(spoken),
  }));
}

/** Who spoke when, as far as lines of a transcript tell. */
export function spansOf(lines: readonly TranscriptLine[]): SpeakingSpan[] {
  return lines.map(({ speaker, startS, endS }) => ({ speaker, startS, endS }));
}

function secondsIn(spans: readonly SpeakingSpan[] = []): number {
  return spans.reduce((sum, { startS, endS }) => sum + endS - startS, 0);
}

function joined(spans: readonly SpeakingSpan[]): [number, number][] {
  const whole: [number, number][] = [];
  for (const { startS, endS } of spans.toSorted((one, other) => one.startS - other.startS)) {
    const last = whole.at(-1);
    if (last && startS - last[1] < BREATH_S) last[1] = Math.max(last[1], endS);
    else whole.push([startS, endS]);
  }
  return whole;
}
