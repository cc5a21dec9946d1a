import * as v from 'valibot';

/** More than this many people are in no meeting whose names one would want to read. */
const MOST_NAMES = 500;
const LONGEST_NAME = 200;

const participant = v.object({ name: v.string() });

/**
 * Reads the names in a list of participants, in its order, each once (Recall docs, "Meeting Participants Events"). Who
 * has no name is left out, and so is everything else that is told of people, such as their addresses.
 *
 * @returns undefined when `answer` is no such list
 */
export function readParticipantNames(answer: unknown): string[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const names = answer.flatMap((entry: unknown) => {
    const read = v.safeParse(participant, entry);
    const name = read.success ? withoutAddress(read.output.name.slice(0, LONGEST_NAME)) : '';
    return name === '' ? [] : [name];
  });
  // Somebody who leaves and comes back is there twice.
  return [...new Set(names)].slice(0, MOST_NAMES);
}

/**
 * The name of a person without an e-mail address, which some join with or under, and which is not to be kept.
 *
 * @returns empty when nothing else is in it but what stands in brackets
 */
export function withoutAddress(name: string): string {
  const left = name.replace(/[<([{]?[^\s@<>()[\]{}]+@[^\s@<>()[\]{}]+\.[^\s@<>()[\]{}]+[>)\]}]?/g, ' ');
  const plain = left.replace(/\s+/g, ' ').trim();
  return left !== name && /^(?:\([^)]*\))?$/.test(plain) ? '' : plain;
}
