import * as v from 'valibot';
import { parseJson } from '../network/json.ts';
import type { SpeakingSpan } from '../recall/speakerTimeline.ts';

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const details = v.object({
  speakers: v.array(v.object({ name: v.nullable(v.string()), start: seconds, end: seconds })),
});

/** Who spoke when, as the details beside an MP3 tell; undefined when they do not, or are no details. */
export function speakersInDetails(text: string): SpeakingSpan[] | undefined {
  const read = v.safeParse(details, parseJson(text));
  if (!read.success) return undefined;
  return read.output.speakers.flatMap(({ name, start, end }) =>
    end > start ? [{ speaker: name ?? undefined, startS: start, endS: end }] : [],
  );
}
