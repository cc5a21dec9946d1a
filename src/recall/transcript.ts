import * as v from 'valibot';

/** A word; of captions a whole sentence. Times in seconds from the start of the recording. */
export interface SpokenWord {
  readonly text: string;
  readonly startS: number | undefined;
  readonly endS: number | undefined;
}

/** What somebody said at one go. */
export interface SpokenTurn {
  /** As the platform tells the name, which is text of other people; undefined when it is not known who spoke. */
  readonly speaker: string | undefined;
  /** Not empty. */
  readonly words: readonly SpokenWord[];
}

const LONGEST_WORD = 10_000;
const LONGEST_NAME = 200;
/** Nobody speaks for longer at a time, so it is no time of a recording. */
const LONGEST_RECORDING_S = 7 * 24 * 3600;

const time = v.fallback(
  v.optional(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LONGEST_RECORDING_S))),
  undefined,
);
const timestamp = v.fallback(v.optional(v.object({ relative: time })), undefined);
const word = v.object({ text: v.string(), start_timestamp: timestamp, end_timestamp: timestamp });
const part = v.object({
  participant: v.fallback(
    v.optional(v.object({ name: v.fallback(v.optional(v.string()), undefined) })),
    undefined,
  ),
  words: v.array(v.unknown()),
});

/**
 * Reads the JSON of a downloaded transcript (Recall docs, "Download Schemas: JSON Transcript Download URL"). What in it
 * cannot be read is left out. The turns come in the order of their times; one without a time stays behind the one before
 * it.
 *
 * @returns undefined when `answer` is no transcript
 */
export function readTranscript(answer: unknown): SpokenTurn[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const parts = answer.map((entry: unknown) => v.safeParse(part, entry));
  // A list of other things, such as participants, is no transcript that nobody said anything in.
  if (parts.length > 0 && parts.every(({ success }) => !success)) return undefined;
  const turns = parts.flatMap(({ success, output }) => (success ? turnOf(output) : []));
  return inOrder(turns);
}

function turnOf({ participant, words }: v.InferOutput<typeof part>): SpokenTurn[] {
  const spoken = words.flatMap((entry) => {
    const read = v.safeParse(word, entry);
    const text = read.success ? read.output.text.slice(0, LONGEST_WORD).trim() : '';
    if (!read.success || text === '') return [];
    const { start_timestamp: start, end_timestamp: end } = read.output;
    return [{ text, startS: start?.relative, endS: end?.relative }];
  });
  const name = participant?.name?.slice(0, LONGEST_NAME).trim() ?? '';
  return spoken.length === 0 ? [] : [{ speaker: name === '' ? undefined : name, words: spoken }];
}

function inOrder(turns: readonly SpokenTurn[]): SpokenTurn[] {
  let last = 0;
  const timed = turns.map((turn) => {
    last = turn.words.find(({ startS }) => startS !== undefined)?.startS ?? last;
    return { turn, at: last };
  });
  return timed.toSorted((one, other) => one.at - other.at).map(({ turn }) => turn);
}
