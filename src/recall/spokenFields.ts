import * as v from 'valibot';
import { withoutAddress } from './participants.ts';

const LONGEST_NAME = 200;
/** Nobody speaks for longer at a time, so it is no time of a recording. */
const LONGEST_RECORDING_S = 7 * 24 * 3600;

/** A timestamp of what was said, as seconds from the start of the recording; undefined when it is none. */
export const optionalSeconds = v.fallback(
  v.pipe(
    v.object({
      relative: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LONGEST_RECORDING_S)),
    }),
    v.transform(({ relative }): number | undefined => relative),
  ),
  undefined,
);

/** The name of a participant, as the platform tells it, without an address; undefined when it tells none. */
export const optionalName = v.fallback(
  v.pipe(
    v.object({ name: v.string() }),
    v.transform(({ name }) => speakerName(name.slice(0, LONGEST_NAME))),
  ),
  undefined,
);

/** Of somebody who is there under nothing but an address it is what stands before the at sign: people are kept apart. */
function speakerName(name: string): string | undefined {
  const plain = withoutAddress(name) || (/[^\s<([{@]+(?=@)/.exec(name)?.[0] ?? '');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(plain) ? plain : undefined;
}
