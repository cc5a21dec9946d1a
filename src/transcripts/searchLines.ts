import { foldedText } from '../language/foldedText.ts';
import { joinText } from './textWidth.ts';
import type { TranscriptLine } from './transcriptLines.ts';

/** A place where all the words were said that were looked for. */
export interface SpokenHit {
  /** When the first of them was begun, in seconds from the start of the recording. */
  readonly startS: number;
  /** Of the line in which the first word is; undefined when it is not known. */
  readonly speaker: string | undefined;
  /** The lines that hold the words. */
  readonly text: string;
}

/** Words that are further apart than this have nothing to do with each other. */
const MOST_LINES = 4;

/** The words of a text that is looked for, folded. */
export function wordsOf(query: string): string[] {
  return [...new Set(foldedText(query).split(/\s+/).filter(Boolean))];
}

/**
 * Finds where all of the words were said near each other, in any order, whatever their accents and case.
 *
 * @param lines in the order of their times
 * @param words folded, as {@link wordsOf} gives them; without any nothing is found
 */
export function searchLines(lines: readonly TranscriptLine[], words: readonly string[]): SpokenHit[] {
  if (words.length === 0) return [];
  const folded = lines.map(({ text }) => foldedText(text));
  const hits: SpokenHit[] = [];
  for (let first = 0; first < lines.length; first++) {
    if (!words.some((word) => folded[first]?.includes(word))) continue;
    const last = lastLineWithAll(folded, words, first);
    const line = lines[first];
    if (last === undefined || !line) continue;
    const text = lines.slice(first, last + 1).reduce((joined, { text: next }) => joinText(joined, next), '');
    hits.push({ startS: line.startS, speaker: line.speaker, text });
    first = last;
  }
  return hits;
}

/** The line up to which all words were said; undefined when they are not near. */
function lastLineWithAll(
  folded: readonly string[],
  words: readonly string[],
  first: number,
): number | undefined {
  const missing = new Set(words);
  for (let index = first; index < Math.min(folded.length, first + MOST_LINES); index++) {
    for (const word of missing) if (folded[index]?.includes(word)) missing.delete(word);
    if (missing.size === 0) return index;
  }
  return undefined;
}
