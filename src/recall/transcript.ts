import * as v from 'valibot';
import { optionalName, optionalSeconds } from './spokenFields.ts';

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

const word = v.object({ text: v.string(), start_timestamp: optionalSeconds, end_timestamp: optionalSeconds });
const part = v.object({ participant: optionalName, words: v.array(v.unknown()) });

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
    return [{ text, startS: start, endS: end }];
  });
  return spoken.length === 0 ? [] : [{ speaker: participant, words: spoken }];
}

function inOrder(turns: readonly SpokenTurn[]): SpokenTurn[] {
  let last = 0;
  const timed = turns.map((turn) => {
    last = turn.words.find(({ startS }) => startS !== undefined)?.startS ?? last;
    return { turn, at: last };
  });
  return timed.toSorted((one, other) => one.at - other.at).map(({ turn }) => turn);
}
